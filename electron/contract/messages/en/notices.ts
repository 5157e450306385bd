// English: notifications of the desktop.
import type { Outcome } from '../../outcome.ts';
import { formatsFor } from '../format.ts';

const { list, plural } = formatsFor('en');

const verbs: Readonly<Record<Outcome['verb'], string>> = {
  apply: 'The change',
  reload: 'The reload',
  restart: 'The restart',
  start: 'The start',
  stop: 'The stop',
  recover: 'The repair',
};

const containers = (count: number): string => plural(count, { one: '# container', other: '# containers' });

export const notices = {
  down: {
    title: 'The Docker daemon is down',
    body: (running: number | null): string =>
      running === null || running === 0
        ? 'Open Afloat to see why and to start it.'
        : `${containers(running)} ran when it went down. Open Afloat to see how they fare.`,
  },
  back: {
    title: 'The Docker daemon is back',
    body: (running: number | null): string => (running === null ? '' : `${containers(running)} running.`),
  },
  restarted: {
    title: 'The Docker daemon was restarted',
    body: (ran: number | null, running: number | null): string =>
      ran === null || running === null
        ? 'Not by Afloat. Open it to see how the containers fare.'
        : `Not by Afloat. ${containers(ran)} ran before, ${running} now.`,
  },
  fileChanged: {
    title: 'daemon.json was changed',
    body: (path: string): string => `Not by Afloat. Open it to see what ${path} says now and what the daemon took.`,
  },
  applied: {
    title: (verb: Outcome['verb']): string => `${verbs[verb]} is done`,
    body: (kept: number, before: number): string =>
      before === 0 ? 'No container was running.' : `${kept} of ${containers(before)} kept running.`,
  },
  rolledBack: {
    title: (verb: Outcome['verb']): string => `${verbs[verb]} was rolled back`,
    body: 'The old configuration is in force again. Open Afloat to see why.',
  },
  failed: {
    title: (verb: Outcome['verb']): string => `${verbs[verb]} failed`,
    body: 'Open Afloat to see what happened and what state things are in.',
  },
  refused: {
    title: (verb: Outcome['verb']): string => `${verbs[verb]} was refused`,
    body: 'Nothing was changed. Open Afloat to see why.',
  },
  pipesFilling: {
    title: 'Containers will soon wait for the Docker daemon',
    body: (names: readonly string[], minutes: number | null): string =>
      `Nobody reads the output of ${list(names)}. ${
        minutes === null
          ? 'When it has nowhere to go, they stop working until the daemon is started.'
          : `In about ${plural(minutes, { one: '# minute', other: '# minutes' })} it has nowhere to go, and they stop working until the daemon is started.`
      }`,
  },
  noTray: {
    title: 'Afloat has quit',
    body: 'This desktop shows no tray icons, so closing the window ends the app. The command `afloat` does the same work.',
  },
  /** On the button of a notification, where the desktop has those. */
  actions: { status: 'Show status', file: 'Show the file' },
};
