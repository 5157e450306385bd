// One loop owns the connection for the life of the engine: waits without touching, connects, follows, loses, waits.
import type { Container } from '../contract/snapshot.ts';
import type { Api, ApiEvent } from './api.ts';
import { followContainers } from './container-list.ts';
import type { ReloadEvent } from './daemon.ts';
import type { HttpStream } from './http.ts';
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

const pingEveryMs = 100;
const pingLimitMs = 5_000;
/** While a daemon starts, connections wait in its socket: for up to 11.5 s where it first stops containers (measured). */
const startPatienceMs = 30_000;
/** The one gentle look a minute that tells a daemon that hangs from one with nothing to say. */
const quietCheckMs = 60_000;
const firstRetryMs = 1_000;
const lastRetryMs = 60_000;

/**
 * Connects, follows and reports until closed. Looking must not touch: a connection to an armed socket starts the
 * daemon, so that nothing connects while no process is known; and after the daemon hung up nothing connects until that
 * process is gone, because the connection would wait in the socket and start the next one. An open stream keeps a daemon
 * of 26.1 and 28.5 from ending for 4 to 5 s (measured), so that it is closed at the first sign of an end.
 */
export function keepConnected(api: Api, process: ProcessSigns | null, report: ConnectionReports): Connection {
  const listeners = new Set<(event: ReloadEvent | 'gone') => void>();
  let closed = false;
  let up = false;
  let held = 0;
  let stream: HttpStream | null = null;
  let wake = (): void => undefined;
  let retryMs = firstRetryMs;
  /** Until when a daemon that does not answer is taken to be starting: it was seen to come. */
  let patientUntil = 0;

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function untilComing(signs: ProcessSigns): Promise<void> {
    await new Promise<void>((resolve) => {
      const stop = signs.watchForStart(done);
      wake = done;
      function done(): void {
        stop();
        resolve();
      }
    });
  }

  /** A local daemon is asked again at once while its process is there; a remote one less and less often. */
  async function retry(link: Link): Promise<void> {
    report.link(link);
    if (process) return pause(pingEveryMs);
    await pause(retryMs);
    retryMs = Math.min(retryMs * 2, lastRetryMs);
  }

  async function attempt(): Promise<void> {
    if (held > 0) {
      // A verb is at work on the daemon: its own questions tell how that goes.
      await new Promise<void>((resolve) => (wake = resolve));
      return;
    }
    if (process && !(await process.runs())) {
      report.link({ kind: 'down' });
      // Once more after watching began: it may have come in between.
      const coming = untilComing(process);
      if (await process.runs()) wake();
      await coming;
      patientUntil = performance.now() + startPatienceMs;
      return;
    }
    const answer = await api.ping(pingLimitMs);
    if (answer.kind === 'ok') {
      retryMs = firstRetryMs;
      return session(answer.apiVersion);
    }
    if (answer.kind === 'failed' && answer.failure === 'denied') {
      report.link({ kind: 'denied' });
      return pause(quietCheckMs);
    }
    if (answer.kind === 'failed' && answer.failure === 'timeout' && performance.now() > patientUntil) {
      return retry({ kind: 'hanging' });
    }
    return retry(process ? { kind: 'coming' } : { kind: 'down' });
  }

  async function session(apiVersion: string): Promise<void> {
    if (!api.negotiate(apiVersion).ok) {
      report.link({ kind: 'down' });
      return pause(quietCheckMs);
    }
    // Listen first, then read: what happens in between is heard.
    const early: ApiEvent[] = [];
    let hear = (event: ApiEvent): void => void early.push(event);
    const opened = await api.events((event) => hear(event));
    if (!opened.ok) return retry(process ? { kind: 'coming' } : { kind: 'down' });
    stream = opened.value;
    let ended = false;
    void opened.value.ended.then(() => (ended = true));
    const [facts, containers] = await Promise.all([api.facts(), api.containers()]);
    if (!facts.ok || !containers.ok) {
      opened.value.close();
      return retry(process ? { kind: 'coming' } : { kind: 'down' });
    }
    const list = followContainers(api, containers.value, report.containers);
    hear = (event) => {
      if (event.type === 'daemon' && event.action === 'reload') void reloaded(event);
      else if (event.type === 'container') list.note(event);
    };
    up = true;
    report.containers(containers.value);
    report.link({ kind: 'up', facts: facts.value });
    for (const event of early) hear(event);

    while (!closed && !isEnded()) {
      const quiet = pause(quietCheckMs);
      await Promise.race([quiet, opened.value.ended]);
      wake();
      if (closed || isEnded()) break;
      const alive = await Promise.race([api.ping(pingLimitMs), opened.value.ended.then(() => null)]);
      if (alive === null) break;
      if (alive.kind === 'ok') {
        const now = await api.facts();
        if (now.ok) report.link({ kind: 'up', facts: now.value });
      } else {
        report.link({ kind: 'hanging' });
        await Promise.race([pause(firstRetryMs), opened.value.ended]);
      }
    }
    up = false;
    list.close();
    stream = null;
    opened.value.close();
    for (const listener of listeners) listener('gone');
    if (closed) return;
    report.link(process ? { kind: 'ending' } : { kind: 'down' });
    await process?.gone();
    patientUntil = performance.now() + startPatienceMs;

    function isEnded(): boolean {
      return ended;
    }
  }

  async function reloaded(event: ApiEvent): Promise<void> {
    const { timeNano, attributes } = event;
    for (const listener of listeners) listener({ timeNano, attributes });
    report.reloaded({ timeNano, attributes });
    const facts = await api.facts();
    if (facts.ok && up) report.link({ kind: 'up', facts: facts.value });
  }

  void (async () => {
    while (!closed) await attempt();
  })();

  return {
    hangUp: () => stream?.close(),
    letGo() {
      held += 1;
      stream?.close();
      return () => {
        held -= 1;
        wake();
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
      api.close();
    },
  };
}
