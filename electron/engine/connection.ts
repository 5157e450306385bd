// One loop owns the connection for the life of the engine: waits without touching, connects, follows, loses, waits.
import type { Container, Unreached } from '../contract/snapshot.ts';
import type { Api, ApiEvent } from './api.ts';
import { followContainers } from './container-list.ts';
import type { ReloadEvent } from './daemon.ts';
import { tellUnlessOfSystem } from './fault.ts';
import type { HttpFailure, HttpStream } from './http.ts';
import type { Link } from './status.ts';

/** What the loop needs to know of the process behind the socket; null for daemons that are not on this computer. */
export type ProcessSigns = {
  /** True when a process that could be this daemon runs. Only then may its socket be connected to. */
  runs(): Promise<boolean>;
  /** Resolves when exactly the process that was connected to is gone, or is known to stay. */
  gone(): Promise<void>;
  /** Calls back when a daemon may be coming. Returns the way to stop. */
  watchForStart(coming: () => void): () => void;
};

export type ConnectionReports = {
  link(link: Link): void;
  /** All containers, after every change of one. */
  containers(list: readonly Container[]): void;
  /** A container is sent a signal. */
  signaled(id: string): void;
  reloaded(event: ReloadEvent): void;
};

export type Connection = {
  /** Hangs up because the daemon seems to be ending; looks again when its process is gone, or is not. */
  hangUp(): void;
  /** Hangs up and stays away until the returned function is called: for verbs that stop the daemon. */
  letGo(): () => void;
  /** Looks again at once: after sleep, or when somebody looks at the window. */
  nudge(): void;
  /** Hears of reload events as they come; `gone` when the daemon hangs up. */
  onReload(listener: (event: ReloadEvent | 'gone') => void): () => void;
  /** True while events are received. */
  isUp(): boolean;
  close(): void;
};

/** All in ms. */
export type ConnectionLimits = {
  readonly pingEveryMs: number;
  readonly pingLimitMs: number;
  /** While a daemon starts, connections wait in its socket: up to 11.5 s where it first stops containers (measured). */
  readonly startPatienceMs: number;
  /** How long a process is looked for once something said that it is coming. */
  readonly comingMs: number;
  /** The one gentle look a minute that tells a daemon that hangs from one with nothing to say. */
  readonly quietCheckMs: number;
  readonly firstRetryMs: number;
  readonly lastRetryMs: number;
};

/** A daemon that takes a connection and does not answer for so long hangs, in ms. */
export const hangsAfterMs = 5_000;

const usualLimits: ConnectionLimits = {
  pingEveryMs: 100,
  pingLimitMs: hangsAfterMs,
  startPatienceMs: 30_000,
  comingMs: 5_000,
  quietCheckMs: 60_000,
  firstRetryMs: 1_000,
  lastRetryMs: 60_000,
};

/**
 * Connects, follows and reports until closed. Looking must not touch: a connection to an armed socket starts the
 * daemon, so that nothing connects while no process is known; and after the daemon hung up nothing connects until that
 * process is gone, because the connection would wait in the socket and start the next one. An open stream keeps a daemon
 * of 26.1 and 28.5 from ending for 4 to 5 s (measured), so that it is closed at the first sign of an end.
 */
export function keepConnected(
  api: Api,
  process: ProcessSigns | null,
  report: ConnectionReports,
  limits: ConnectionLimits = usualLimits,
): Connection {
  const { pingEveryMs, pingLimitMs, startPatienceMs, comingMs, quietCheckMs, firstRetryMs, lastRetryMs } = limits;
  const listeners = new Set<(event: ReloadEvent | 'gone') => void>();
  let closed = false;
  let up = false;
  let held = 0;
  let stream: HttpStream | null = null;
  let wake = (): void => undefined;
  let release = (): void => undefined;
  let retryMs = firstRetryMs;
  let hangs = false;
  /** Until when a daemon that does not answer is taken to be starting: it was seen to come. */
  let patientUntil = 0;
  /** Until when a process without an answer is asked in quick succession. */
  let quickUntil = performance.now() + startPatienceMs;

  const expectStart = (): void => {
    patientUntil = quickUntil = performance.now() + startPatienceMs;
  };

  /** What it is told as when a conversation with it breaks off: one of this computer may be coming. */
  const brokenOff: Link = process ? { kind: 'coming' } : { kind: 'down', unreached: 'broken' };

  /** Whoever closed it follows another daemon by now. */
  const tell = (link: Link): void => (closed ? undefined : report.link(link));

  /** Waits so long, or until somebody nudges; not at all after the end. */
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (closed) return resolve();
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** Waits until a daemon may be coming (true), somebody nudges or the time is over (false); not at all after the end. */
  async function untilComing(signs: ProcessSigns, ms: number | null): Promise<boolean> {
    if (closed) return false;
    let coming = false;
    let stop = (): void => undefined;
    await new Promise<void>((resolve, reject) => {
      const timer = ms === null ? undefined : setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      stop = signs.watchForStart(() => {
        coming = true;
        wake();
      });
      // Once more after watching began: it may have come in between.
      if (ms === null) void signs.runs().then((runs) => (runs ? wake() : undefined), reject);
    }).finally(() => stop());
    return coming;
  }

  /** Asks later: less and less often, but at once when something says that the daemon is coming. */
  async function retry(link: Link): Promise<void> {
    tell(link);
    if (process === null) await pause(retryMs);
    else if (await untilComing(process, retryMs)) expectStart();
    retryMs = Math.min(retryMs * 2, lastRetryMs);
  }

  async function down(signs: ProcessSigns): Promise<void> {
    tell({ kind: 'down' });
    const coming = await untilComing(signs, null);
    expectStart();
    // A unit begins before its process does: that one is waited for, still without a connection.
    const until = performance.now() + (coming ? comingMs : 0);
    while (!closed && performance.now() < until && !(await signs.runs())) await pause(pingEveryMs);
  }

  async function attempt(): Promise<void> {
    if (held > 0) {
      // A verb is at work on the daemon: its own questions tell how that goes.
      await new Promise<void>((resolve) => (wake = resolve));
      return;
    }
    if (process && !(await process.runs())) return down(process);
    // One question waits in the socket of a daemon that hangs, so that its recovery is seen at once.
    const answer = await api.ping(hangs ? quietCheckMs : pingLimitMs);
    if (closed) return;
    if (answer.kind === 'ok') return session(answer.apiVersion);
    const failure = answer.kind === 'failed' ? answer.failure : null;
    const now = performance.now();
    hangs = failure === 'timeout' && now > patientUntil;
    if (hangs) {
      tell({ kind: 'hanging' });
      return pause(pingEveryMs);
    }
    if (failure === 'denied') return retry({ kind: 'denied' });
    if (process === null) return retry({ kind: 'down', unreached: unreachedBy(failure) });
    if (now > quickUntil) return retry({ kind: 'down' });
    tell({ kind: 'coming' });
    return pause(pingEveryMs);
  }

  async function session(apiVersion: string): Promise<void> {
    if (!(await api.negotiate(apiVersion)).ok) return retry(process ? { kind: 'down' } : brokenOff);
    // Listen first, then read: what happens in between is heard.
    const early: ApiEvent[] = [];
    let hear = (event: ApiEvent): void => void early.push(event);
    const opened = await api.events((event) => hear(event));
    if (!opened.ok) return retry(brokenOff);
    if (closed) return opened.value.close();
    stream = opened.value;
    const ended = { yet: false };
    const end = opened.value.ended.then(() => {
      ended.yet = true;
      return null;
    });
    const world = await Promise.race([Promise.all([api.facts(), api.containers()]), end]);
    const [facts, containers] = world ?? [];
    if (facts?.ok && containers?.ok && !closed) {
      const list = followContainers(api, containers.value, report.containers);
      hear = (event) => {
        if (event.type === 'daemon' && event.action === 'reload') void reloaded(event);
        // Nothing has become of it yet: that is told by events of their own.
        else if (event.action === 'kill') report.signaled(event.id);
        else if (event.type === 'container') list.note(event);
        else if (event.type === 'network') list.note({ id: event.attributes['container'] ?? '' });
      };
      up = true;
      hangs = false;
      retryMs = firstRetryMs;
      report.containers(containers.value);
      tell({ kind: 'up', facts: facts.value });
      for (const event of early) hear(event);
      await follow(ended, end);
      up = false;
      list.close();
    }
    stream = null;
    opened.value.close();
    for (const listener of listeners) listener('gone');
    if (closed) return;
    if (!ended.yet) return retry(brokenOff);
    hangs = false;
    tell(process ? { kind: 'ending' } : brokenOff);
    await Promise.race([process?.gone(), new Promise<void>((resolve) => (release = resolve))]);
    expectStart();
  }

  /** Looks once a minute, or when nudged, whether the daemon still answers; until it hangs up. */
  async function follow(ended: { readonly yet: boolean }, end: Promise<null>): Promise<void> {
    const over = (): boolean => closed || ended.yet;
    while (!over()) {
      if (!hangs) {
        await Promise.race([pause(quietCheckMs), end]);
        wake();
        if (over()) return;
      }
      const answer = await Promise.race([api.ping(hangs ? quietCheckMs : pingLimitMs), end]);
      if (answer === null || over()) return;
      if (answer.kind === 'ok') {
        hangs = false;
        const facts = await api.facts();
        if (facts.ok && !over()) tell({ kind: 'up', facts: facts.value });
      } else {
        hangs = true;
        tell({ kind: 'hanging' });
        await Promise.race([pause(firstRetryMs), end]);
        wake();
      }
    }
  }

  async function reloaded(event: ApiEvent): Promise<void> {
    const { timeNano, attributes } = event;
    const heardOn = stream;
    for (const listener of listeners) listener({ timeNano, attributes });
    report.reloaded({ timeNano, attributes });
    const facts = await api.facts();
    // An answer that was under way when the daemon ended says nothing of the next one.
    if (facts.ok && up && stream === heardOn) tell({ kind: 'up', facts: facts.value });
  }

  /** What keeps an attempt from being made passes or not: as long as somebody watches, there is a next one. */
  async function afterFault(error: unknown): Promise<void> {
    tellUnlessOfSystem(error);
    const wasUp = up;
    up = hangs = false;
    stream?.close();
    stream = null;
    if (wasUp) {
      for (const listener of listeners) listener('gone');
      tell(brokenOff);
    }
    await pause(retryMs);
    retryMs = Math.min(retryMs * 2, lastRetryMs);
  }

  void (async () => {
    while (!closed) await attempt().catch(afterFault);
  })();

  return {
    // Elsewhere idle connections are closed by whatever stands in between: that says nothing of the daemon.
    hangUp: () => (process ? stream?.close() : undefined),
    letGo() {
      held += 1;
      stream?.close();
      return () => {
        held -= 1;
        wake();
        release();
      };
    },
    nudge: () => wake(),
    onReload(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    isUp: () => up,
    close() {
      closed = true;
      stream?.close();
      wake();
      release();
      api.close();
    },
  };
}

/** As it is told; what answers, but not as a daemon does, is none (null). */
function unreachedBy(failure: HttpFailure | null): Unreached {
  switch (failure) {
    case 'refused':
    case 'tls':
      return failure;
    case 'denied':
    case 'timeout':
    case 'broken':
    case 'too-large':
    case null:
      return 'broken';
  }
}
