// Has the one privileged step carried out through pkexec, behind the system's own question for a password.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Outcome, Step } from '../contract/outcome.ts';
import { seenLine, type Authority, type PrivilegedLine, type StatusDocument } from '../contract/privileged.ts';
import { fail, ok, type Problem, type Result } from '../contract/problem.ts';
import type { Allowed, Rights } from '../contract/rights.ts';
import type { Elevation } from '../engine/elevation.ts';
import { samePlace } from './identify.ts';
import { run } from './run.ts';
import { hasSystemd } from './systemd.ts';
import { askInTerminal } from './terminal-agent.ts';

const programs: Readonly<Record<Authority, string>> = {
  look: '/usr/lib/afloat/afloat-look',
  control: '/usr/lib/afloat/afloat-control',
  change: '/usr/lib/afloat/afloat-change',
};
const pkexec = '/usr/bin/pkexec';
const pkcheck = '/usr/bin/pkcheck';
const systemSocket = '/var/run/docker.sock';
const probeLimitMs = 5_000;
/** A status document holds every container and the whole file. */
const mostBytes = 64 * 1024 * 1024;

export type ElevateOptions = {
  /** True where polkit may ask in the terminal that we were started from, if no agent of a desktop is there. */
  readonly terminal: boolean;
  /** Where it is kept what was heard. */
  readonly stateFolder: string;
  /** Where root lays down what nobody was there to hear. */
  readonly laidDown?: string;
};

export const createElevation = ({ terminal, stateFolder, laidDown = '/run/afloat' }: ElevateOptions): Elevation => ({
  async rights({ endpoint }, { managerKind, access }) {
    const path = endpoint.startsWith('unix://') ? endpoint.slice('unix://'.length) : null;
    const isOurs = process.getuid?.() === 0 || managerKind === 'sandbox' || managerKind === 'systemd-user';
    const isSystems = path !== null && samePlace(path, systemSocket) && managerKind !== 'docker-desktop';
    const group = path === null ? null : inGroupOf(path);
    const elsewhere = access.kind === 'read-only' && access.reason !== 'not-permitted';
    if (isOurs || !isSystems || elsewhere) return { step: 'unneeded', control: null, unit: null, group };
    const installed = existsSync(programs.control) && existsSync(pkexec);
    const [control, unit] = await Promise.all([
      installed ? allowed('app.afloat.control') : null,
      hasSystemd() ? allowed('org.freedesktop.systemd1.manage-units') : null,
    ]);
    return { step: installed ? 'installed' : 'missing', control, unit, group } satisfies Rights;
  },

  async carryOut(request, { authority, named }, command, step) {
    const inTerminal = terminal && process.stdin.isTTY && process.stderr.isTTY;
    const end = inTerminal ? await askInTerminal() : () => undefined;
    const asked = new Promise<Result<StatusDocument>>((resolve) => {
      const child = spawn(pkexec, ['--disable-internal-agent', programs[authority], ...named], {
        stdio: ['pipe', 'pipe', 'pipe'],
        // A key pressed in a terminal is for us and for the agent that asks there.
        detached: true,
        // pkexec refuses a SHELL that it does not know; it passes nothing on anyhow.
        env: { PATH: '/usr/bin:/bin', LANG: process.env['LANG'] ?? 'C.UTF-8' },
      });
      const answer = readAnswer(step);
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (answer.take(text)) child.stdin.end(`${seenLine}\n`);
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-4_096)));
      // It may end before it reads: its exit code tells more than our EPIPE.
      child.stdin.on('error', () => undefined);
      // At once, so that it lies there even if we are gone when the password comes.
      child.stdin.write(`${JSON.stringify(request)}\n`);
      child.on('error', (error) => resolve(fail({ kind: 'authorization.lost', detail: error.message })));
      child.on('close', (code, signal) => {
        const document = answer.document();
        resolve(document === null ? fail(whyNot(code, signal, stderr, command)) : ok(document));
      });
    });
    return asked.finally(end);
  },

  leftBehind() {
    const path = join(laidDown, `outcome-${process.getuid?.() ?? 0}.json`);
    try {
      // Only root can have put it there: the folder is root's own. So is the file, which is not ours to take away.
      const { ino, mtimeNs } = statSync(path, { bigint: true });
      const mark = `${ino} ${mtimeNs}\n`;
      const heard = join(stateFolder, 'heard');
      if (existsSync(heard) && readFileSync(heard, 'utf8') === mark) return Promise.resolve(null);
      const outcome = JSON.parse(readFileSync(path, 'utf8')) as Outcome;
      keepMark(heard, mark);
      return Promise.resolve(outcome);
    } catch {
      // Nothing was left, which is the usual case.
      return Promise.resolve(null);
    }
  },
});

/** So that it is told once. Where that cannot be kept it is told again, until root takes it away. */
function keepMark(path: string, mark: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, mark, { mode: 0o600 });
  } catch {
    // A full or read-only disk.
  }
}

/** Whether an action would be allowed to this process; looks, and asks nobody. */
async function allowed(action: string): Promise<Allowed | null> {
  if (!existsSync(pkcheck)) return null;
  const { code } = await run(pkcheck, ['--action-id', action, '--process', String(process.pid)], {
    timeoutMs: probeLimitMs,
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
  });
  if (code === 0) return 'yes';
  if (code === 2) return 'asks';
  return code === 1 || code === 3 ? 'no' : null;
}

function inGroupOf(path: string): boolean | null {
  try {
    const { gid } = statSync(path);
    return process.getgid?.() === gid || (process.getgroups?.() ?? []).includes(gid);
  } catch {
    // There is no socket while the daemon is down, on some systems.
    return null;
  }
}

/** Takes the lines of the answer; `take` is true with the document. */
function readAnswer(step: (step: Step) => void) {
  let rest = '';
  let document: StatusDocument | null = null;
  return {
    take(text: string): boolean {
      rest += text;
      if (rest.length > mostBytes) rest = '';
      for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n')) {
        const line = parsed(rest.slice(0, end));
        rest = rest.slice(end + 1);
        if (line === null) continue;
        if ('step' in line) step(line.step);
        else ({ document } = line);
      }
      return document !== null;
    },
    document: () => document,
  };
}

function parsed(text: string): PrivilegedLine | null {
  try {
    return JSON.parse(text) as PrivilegedLine;
  } catch {
    // Something else on the way wrote to the same place; the document tells what counts.
    return null;
  }
}

/** In the words of pkexec(1): 126 dismissed, 127 not authorized or an error, told apart by what it says. */
function whyNot(code: number | null, signal: string | null, stderr: string, command: string): Problem {
  if (code === 126) return { kind: 'authorization.dismissed' };
  if (code === 127 && /no authentication agent|textual authentication agent/i.test(stderr))
    return { kind: 'authorization.no-agent', command };
  if (code === 127 && /not authorized/i.test(stderr)) return { kind: 'authorization.denied' };
  const detail = stderr.trim().split('\n').at(-1) ?? '';
  return { kind: 'authorization.lost', detail: detail === '' ? String(signal ?? code) : detail };
}
