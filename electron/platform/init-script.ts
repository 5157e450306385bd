// A daemon of an init script, on machines without systemd: the script is used, and never believed.
import { fail, ok, type Problem, type Result } from '../contract/problem.ts';
import type { ServiceManager } from '../engine/service-manager.ts';
import { ageMs, signalTo, untilGone } from './daemon-process.ts';
import { provenProcess } from './identify.ts';
import { readLogSince } from './log-file.ts';
import { processView, readText, type ProcessView } from './processes.ts';
import { run } from './run.ts';
import { watchFolders } from './watch-for-start.ts';

export const initScript = '/etc/init.d/docker';
const pidFile = '/var/run/docker.pid';
/** Where the packaged script sends the daemon's output. */
const logFile = '/var/log/docker.log';
const scriptLimitMs = 120_000;
/** How long a daemon may take until it listens, while its process lives. On an idle machine it took 0.2 s (measured). */
const upLimitMs = 30_000;
/** How long one may be on its way where the script keeps no record of what it started. */
const unseenLimitMs = 5_000;
const pollMs = 25;

/** Where Debian's script keeps the pid of what it started; only a script that names it uses it. */
const scriptPidFile = '/var/run/docker-ssd.pid';

/** The pid file that the script itself goes by; null where there is no script. */
function recordOfScript(): string | null {
  const script = readText(initScript);
  if (script === null) return null;
  return script.includes('-ssd.pid') ? scriptPidFile : pidFile;
}

const pidIn = (file: string): number | null => Number(readText(file)?.trim()) || null;

/**
 * True where a process is the one that the script keeps track of. The daemon's own pid file alone says nothing where the
 * script has another: a daemon that was started by hand writes it too, and the script would not stop that one.
 */
export function isOfInitScript(pid: number): boolean {
  const record = recordOfScript();
  return record !== null && pidIn(record) === pid;
}

/** The process that the record names; null where there is none. */
function recordedPid(): number | null {
  const record = recordOfScript();
  return record === null ? null : pidIn(record);
}

/** True where the process of the record is gone: an orderly end would have removed the record. */
function hasDied(): boolean {
  const pid = recordedPid();
  return pid !== null && processView(pid) === null;
}

/** Manages the daemon behind a socket through `/etc/init.d/docker`. */
export function createInitScript(socketPath: string): ServiceManager {
  const running = (): ProcessView | null => provenProcess(socketPath);

  async function script(verb: 'start' | 'stop'): Promise<string> {
    const done = await run(initScript, [verb], { timeoutMs: scriptLimitMs });
    return `${done.stdout}${done.stderr}`.trim();
  }

  async function stop(): Promise<Result<null>> {
    const daemon = running();
    if (daemon === null) return ok(null);
    await script('stop');
    return (await untilGone(daemon, scriptLimitMs)) ? ok(null) : fail({ kind: 'daemon.still-up' });
  }

  /** The script returns 0 whatever became of the daemon (measured): a process that holds the socket is what counts. */
  async function start(): Promise<Result<null>> {
    const began = Date.now();
    // The script ends before its child has written the new record: until then the old one stands for the one before.
    const old = recordedPid();
    const newOneDied = (): boolean => recordedPid() !== old && hasDied();
    const said = await script('start');
    const keepsRecord = recordOfScript() === scriptPidFile;
    const limitMs = keepsRecord ? upLimitMs : unseenLimitMs;
    while (Date.now() - began < limitMs) {
      if (running() !== null) return ok(null);
      // A left-over pid file of the daemon's own would be of the one before.
      if (keepsRecord && newOneDied()) break;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    // What the script says of a daemon that ended is that it was started: the daemon's own log tells why.
    const lines = keepsRecord && newOneDied() ? [] : said.split('\n').filter(Boolean);
    return fail({ kind: 'daemon.not-up', lines, waitedMs: Date.now() - began });
  }

  const refusal = (verb: string): Problem | null => {
    if (process.getuid?.() === 0) return null;
    const command = verb === 'reload' ? `sudo kill -HUP $(cat ${pidFile})` : `sudo ${initScript} ${verb}`;
    return { kind: 'service.refused', manager: 'init-script', detail: 'EPERM', command };
  };

  return {
    kind: 'init-script',
    unit: initScript,
    killMode: () => Promise.resolve(null),
    lastAbsence: () => Promise.resolve(null),
    state() {
      const daemon = running();
      if (daemon) return Promise.resolve({ state: 'running', pid: daemon.pid });
      const recorded = recordedPid();
      const alive = recorded === null ? null : processView(recorded);
      // It does not listen yet, or not any more: neither is down, and both last moments.
      if (alive !== null) {
        const state = ageMs(alive) < upLimitMs ? 'starting' : 'stopping';
        return Promise.resolve({ state, pid: alive.pid });
      }
      return Promise.resolve({ state: hasDied() ? 'failed' : 'stopped', pid: null });
    },
    watch: (changed) => watchFolders([socketPath, pidFile, scriptPidFile], changed),
    refusal: (verb) => Promise.resolve(refusal(verb)),
    // The script has no reload (measured): a signal to the proven process.
    reload() {
      const daemon = running();
      return Promise.resolve(
        daemon ? signalTo(daemon, 'SIGHUP', `sudo kill -HUP ${daemon.pid}`) : fail({ kind: 'engine.not-running' }),
      );
    },
    async restart() {
      const stopped = await stop();
      return stopped.ok ? start() : stopped;
    },
    start,
    stop,
    logSince: (sinceMs) => Promise.resolve(readLogSince(logFile, sinceMs)),
  };
}
