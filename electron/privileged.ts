// The one step with root's rights: binds the service to this process, which inherits nothing and outlives its asker.
//   privileged.cjs UID look|control|change [OPTION...]
import { authorities } from './contract/privileged.ts';
import { createEngine } from './engine/engine.ts';
import { keepResult } from './engine/kept-result.ts';
import { createPlatform } from './platform/index.ts';
import { leaveSession } from './platform/leave-session.ts';
import { letRead } from './platform/let-read.ts';
import { rootOnly } from './platform/root-only.ts';
import { rootStateFolder } from './platform/state-folder.ts';
import { linesOf } from './privileged/lines.ts';
import { mostBytes } from './privileged/request.ts';
import { layDown, takeAway } from './privileged/results.ts';
import { servePrivileged } from './privileged/serve.ts';

const socket = 'unix:///var/run/docker.sock';
const usage = 64;

const [forUid = '', word = '', ...named] = process.argv.slice(2);
const authority = authorities.find((known) => known === word);
const isNamed = named.length <= 100 && named.every((key) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(key));
if (authority === undefined || !/^(-|\d{1,10})$/.test(forUid) || !isNamed) process.exit(usage);
if (process.getuid?.() !== 0 || process.geteuid?.() !== 0) process.exit(usage);

// A terminal that is closed or an asker who died does not end what was begun.
for (const signal of ['SIGHUP', 'SIGINT', 'SIGPIPE', 'SIGTTOU'] as const) process.on(signal, () => undefined);
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
// What is made without a mode of its own is for root alone.
process.umask(0o077);
leaveSession();

const lines = linesOf(process.stdin, mostBytes);
const laidDown = forUid === '-' ? null : `/run/afloat/outcome-${forUid}.json`;

void servePrivileged({
  authorized: { authority, named },
  readLine: lines.next,
  write: (line) => void process.stdout.write(line),
  createEngine: (authorized) =>
    createEngine(rootOnly(createPlatform({ stateFolder: rootStateFolder })), {
      host: socket,
      context: null,
      configFile: null,
      manager: null,
      authorized,
    }),
  async leave(outcome) {
    if (laidDown === null) return;
    if (outcome === null) await takeAway(laidDown);
    else await layDown(laidDown, outcome, (path) => letRead(path, Number(forUid)));
  },
  keep: (outcome) => keepResult(rootStateFolder, outcome),
})
  // A surprise ends without a document, which the asker takes for what it is.
  .then(() => 0, bug)
  .then((code) => process.stdout.write('', () => process.exit(code)));

function bug(error: unknown): number {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 70;
}
