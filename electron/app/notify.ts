// Shows notifications: only when wanted, only when the window does not show the same, and never twice for one thing.
import type { Navigation } from '../contract/ipc.ts';
import type { Messages } from '../contract/messages/index.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import { fileOf, happenings, rememberFirst, type Happening, type Memory } from './happenings.ts';
import {
  backNotice,
  comparedNotice,
  downNotice,
  fallenNotice,
  fileNotice,
  outcomeNotice,
  pipesNotice,
  rescueNotice,
  restartedNotice,
  type Notice,
  type PipesFilling,
} from './notices.ts';

export type NotifyPorts = {
  readonly watch: (listener: (snapshot: Snapshot) => void) => () => void;
  readonly messages: () => Messages;
  /** Whether the user looks at the window now. */
  readonly watched: () => boolean;
  readonly open: (to: Navigation) => void;
  readonly show: (notice: Pick<Notice, 'title' | 'body' | 'action'>, clicked: () => void) => void;
};

export type Notify = {
  /** Log pipes fill while the daemon is down. Told once for each time that it is down. */
  pipesFilling(what: PipesFilling): void;
  stop(): void;
};

/** A daemon that is down for less than this was restarted, not lost, ms. */
const graceMs = 3000;
/** Editors write a file more than once, and some take it away in between, ms. */
const quietMs = 1000;

export function createNotify(ports: NotifyPorts): Notify {
  let memory: Memory | null = null;
  let latest: Snapshot | null = null;
  let toldDown = false;
  let toldPipes = false;
  let toldRescue = false;
  /** It was told to be back; the process number that belongs to that may come a moment later. */
  let awaitsPid = false;
  /** The file before the first of several changes in a row. */
  let fileBefore: string | null = null;
  const goneTimer = createTimer();
  const fileTimer = createTimer();

  function show(notice: Notice): void {
    const preferences = latest?.preferences;
    if (preferences?.notifications !== true || preferences.mutedNotices.includes(notice.kind)) return;
    if (ports.watched()) return;
    const { place, part } = notice;
    ports.show(notice, () => ports.open({ place, ...(part === undefined ? {} : { part }), confirm: null }));
  }

  /** The daemon that is watched now, whatever became of the last one. */
  function forget(): void {
    goneTimer.cancel();
    fileTimer.cancel();
    toldDown = false;
    toldPipes = false;
    toldRescue = false;
    awaitsPid = false;
    fileBefore = null;
  }

  function hear(happening: Happening, fileThen: string | null): void {
    const messages = ports.messages();
    switch (happening.kind) {
      case 'outcome': {
        forget();
        const notice = outcomeNotice(messages, happening.outcome);
        if (notice !== null) show(notice);
        return;
      }
      case 'gone':
        awaitsPid = false;
        goneTimer.start(graceMs, () => {
          toldDown = true;
          const rescue = latest?.rescue ?? null;
          toldRescue = rescue !== null;
          if (rescue === null) show(downNotice(ports.messages(), happening.running));
          else show(rescueNotice(ports.messages(), rescue.containers.length));
        });
        return;
      case 'returned':
        goneTimer.cancel();
        toldRescue = false;
        if (latest?.fallen) {
          // It says more than that the daemon is back.
          const names = latest.fallen.containers.map(({ name }) => name);
          show(fallenNotice(messages, names));
        } else if (toldDown) show(backNotice(messages, happening.running));
        else if (happening.replaced) show(restartedNotice(messages, happening.ran, happening.running));
        awaitsPid = toldDown && !happening.replaced;
        toldDown = false;
        toldPipes = false;
        return;
      case 'replaced':
        if (!awaitsPid) show(restartedNotice(messages, happening.ran, happening.running));
        awaitsPid = false;
        return;
      case 'compared': {
        const notice = comparedNotice(messages, happening.audit);
        if (notice !== null) show(notice);
        return;
      }
      case 'file-changed':
        fileBefore ??= fileThen;
        fileTimer.start(quietMs, tellOfFile);
        return;
    }
  }

  function tellOfFile(): void {
    const before = fileBefore;
    fileBefore = null;
    if (latest === null || latest.config.state === 'unknown' || fileOf(latest.config) === before) return;
    show(fileNotice(ports.messages(), latest.config.path));
  }

  /** What comes to light while it is down: pipes that fill, and whom the next start would stop. */
  function outage(snapshot: Snapshot): void {
    if (toldDown && !toldRescue && snapshot.rescue !== null) {
      toldRescue = true;
      show(rescueNotice(ports.messages(), snapshot.rescue.containers.length));
    }
    if (snapshot.outage === null || snapshot.outage.pressure === 'none') return;
    const filling = snapshot.outage.containers
      .filter(({ pipes }) => pipes !== null && (pipes.blocked || pipes.blocksAt !== null))
      .toSorted((a, b) => (a.pipes?.blocksAt ?? 0) - (b.pipes?.blocksAt ?? 0));
    const first = filling[0]?.pipes?.blocksAt ?? null;
    pipesFilling({ names: filling.map(({ name }) => name), inMs: first === null ? 0 : first - Date.now() });
  }

  function pipesFilling(what: PipesFilling): void {
    if (toldPipes) return;
    toldPipes = true;
    show(pipesNotice(ports.messages(), what));
  }

  const stop = ports.watch((snapshot) => {
    latest = snapshot;
    if (memory === null) {
      memory = rememberFirst(snapshot);
      return;
    }
    if (memory.endpoint !== snapshot.target.endpoint) forget();
    const fileThen = memory.file;
    const [next, happened] = happenings(memory, snapshot);
    memory = next;
    for (const one of happened) hear(one, fileThen);
    outage(snapshot);
  });

  return {
    pipesFilling,
    stop() {
      stop();
      goneTimer.cancel();
      fileTimer.cancel();
    },
  };
}

/** One thing that may be due; starting it again puts it off. */
function createTimer() {
  let timer: NodeJS.Timeout | null = null;
  const cancel = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  return {
    start(ms: number, due: () => void): void {
      cancel();
      timer = setTimeout(due, ms);
    },
    cancel,
  };
}
