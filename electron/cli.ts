// The command line twin: gives the commands this process and, only when one needs it, the engine.
import { readFile, writeFile } from 'node:fs/promises';
import { runCli } from './cli/run.ts';
import { versionOn } from './contract/version.ts';
import type { CliSurroundings, Output, Signal } from './cli/surroundings.ts';

declare const __AFLOAT_VERSION__: string;
declare const __AFLOAT_ELECTRON__: string;

// Without a listener a closed pipe would end the process in the middle of a transaction.
const unread = new Set<() => void>();
let unwritten: string | null = null;
function stdoutFailed(error: NodeJS.ErrnoException): void {
  // Whoever closes a pipe has read enough.
  if (error.code !== 'EPIPE') unwritten ??= error.code ?? error.message;
  unread.forEach((listener) => listener());
}
process.stdout.on('error', stdoutFailed);
process.stderr.on('error', () => undefined);

const output = (stream: NodeJS.WriteStream, failed: (error: Error) => void): Output => ({
  isTty: Boolean(stream.isTTY),
  // Told to the write itself as well, because the event may come after the last one of them is out.
  write: (text) => void stream.write(text, (error) => (error ? failed(error) : undefined)),
});

const signals: Readonly<Partial<Record<NodeJS.Signals, Signal>>> = {
  SIGINT: 'interrupt',
  SIGTERM: 'end',
  SIGHUP: 'end',
};

async function readAll(): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts);
}

async function readLine(): Promise<string | null> {
  const { createInterface } = await import('node:readline');
  const lines = createInterface({ input: process.stdin });
  try {
    for await (const line of lines) return line;
    return null;
  } finally {
    lines.close();
  }
}

const version = versionOn(process.versions['electron'], {
  version: __AFLOAT_VERSION__,
  pinnedElectron: __AFLOAT_ELECTRON__,
});

const around: CliSurroundings = {
  argv: process.argv.slice(2),
  env: process.env,
  version,
  stdout: output(process.stdout, stdoutFailed),
  stderr: output(process.stderr, () => undefined),
  stdin: {
    get isTty() {
      return Boolean(process.stdin.isTTY);
    },
    read: readAll,
    readLine,
  },
  readFile,
  // `wx` follows no link that somebody else may have put there.
  writeFile: (path, text, replace) => writeFile(path, text, { mode: 0o600, flag: replace ? 'w' : 'wx' }),
  ownFacts: async () => (await import('./platform/own-facts.ts')).ownFactsHere(version),
  onSignal(listener) {
    const listeners = Object.entries(signals).map(([name, signal]) => [name, () => listener(signal)] as const);
    for (const [name, listen] of listeners) process.on(name, listen);
    return () => listeners.forEach(([name, listen]) => process.off(name, listen));
  },
  onStdoutClosed(listener) {
    unread.add(listener);
    return () => void unread.delete(listener);
  },
  flushed: () => new Promise((resolve) => process.stdout.write('', () => resolve(unwritten))),
  leave: (code) => process.exit(code),
  async createEngine(options) {
    const [{ createEngine }, { createPlatform }] = await Promise.all([
      import('./engine/engine.ts'),
      import('./platform/index.ts'),
    ]);
    return createEngine(createPlatform({ terminal: true }), options);
  },
  async openSandbox(values) {
    const [
      { createEngine },
      { configForSandbox },
      { createPlatform },
      { createSandbox },
      { findEngine },
      { mkdtemp, rm },
    ] = await Promise.all([
      import('./engine/engine.ts'),
      import('./engine/drill-copy.ts'),
      import('./platform/index.ts'),
      import('./platform/sandbox-daemon.ts'),
      import('./platform/find-engine.ts'),
      import('node:fs/promises'),
    ]);
    const programs = findEngine(process.env);
    if ('missing' in programs) return { ok: false, problem: { kind: 'sandbox.missing', what: programs.missing } };
    // Short, because a socket's path holds 107 bytes at most.
    const parent = await mkdtemp('/tmp/afloat-');
    const removed = () => rm(parent, { recursive: true, force: true });
    const made = await createSandbox({ programs: programs.found, parent, config: configForSandbox(values), seeds: [] });
    if (!made.ok) {
      await removed();
      return made;
    }
    // What is kept of this daemon goes with it.
    const platform = createPlatform({ stateFolder: `${parent}/state` });
    platform.adopt(made.value);
    const { endpoint } = made.value;
    const engine = createEngine(platform, { host: endpoint, context: null, configFile: null, manager: null });
    const end = async (): Promise<void> => {
      await engine.close();
      await made.value.end();
      await removed();
    };
    return { ok: true, value: { engine, end } };
  },
  async backupPath(configPath, id, asRoot) {
    const [{ backupPath }, { createPlatform }, { rootStateFolder }] = await Promise.all([
      import('./engine/backups.ts'),
      import('./platform/index.ts'),
      import('./platform/state-folder.ts'),
    ]);
    return backupPath(asRoot ? rootStateFolder : createPlatform().stateFolder, configPath, id);
  },
};

void runCli(around).then((code) => process.exit(code));
