// The port to whoever starts and stops the daemon, in the words of the daemon.
import type { ManagerKind } from '../contract/snapshot.ts';
import type { Problem, Result } from '../contract/problem.ts';

/** What a service manager knows about the daemon without asking the daemon. */
export type ServiceState = {
  /**
   * `armed`: not running, but a connection to its socket starts it. `failed`: it did not start, or ended without being told to.
   * `unknown`: cannot be told without rights.
   */
  readonly state: 'running' | 'starting' | 'stopping' | 'stopped' | 'armed' | 'failed' | 'unknown';
  /** The daemon's process; null where there is none. */
  readonly pid: number | null;
};

/** A time without the daemon, in ms since 1970: from the beginning of its end until it was ready. */
export type Absence = { readonly from: number; readonly to: number };

/** How the daemon is started, stopped and told to read its file. Every verb resolves when the outcome is settled. */
export type ServiceManager = {
  readonly kind: ManagerKind;
  /** Shown to the user: `docker.service`, `/etc/init.d/docker`; null where there is no name. */
  readonly unit: string | null;
  /** systemd's KillMode where that decides over containers' shims; null elsewhere. */
  killMode(): Promise<string | null>;
  state(): Promise<ServiceState>;
  /** When it was away last; null where it is now, was not since this computer started, or nobody keeps that. */
  lastAbsence(): Promise<Absence | null>;
  /**
   * Calls back whenever the state may have changed, without ever connecting to the daemon's socket.
   * Returns the way to stop.
   */
  watch(changed: () => void): () => void;
  /** Why this verb cannot be done here, found before anything is touched; null where it can. */
  refusal(verb: 'reload' | 'restart' | 'start' | 'stop'): Promise<Problem | null>;
  /** Tells the daemon to read its file again. The caller has seen `/_ping` answer. The daemon's own event is the receipt. */
  reload(): Promise<Result<null>>;
  /** Stops and starts. Resolves when a new process runs or starting has finally failed; not when the API answers. */
  restart(): Promise<Result<null>>;
  start(): Promise<Result<null>>;
  /** Resolves when the process is gone (a zombie counts as gone). */
  stop(): Promise<Result<null>>;
  /** The daemon's own log lines since a time (ms since 1970), oldest first; empty where they cannot be read. */
  logSince(sinceMs: number): Promise<readonly string[]>;
};
