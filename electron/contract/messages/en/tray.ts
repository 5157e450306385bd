// English: the tray, its menu, and the few words of the app outside its window.
import type { EngineState, LiveRestore } from '../../snapshot.ts';
import type { Outcome } from '../../outcome.ts';
import { formatsFor } from '../format.ts';

const { plural } = formatsFor('en');

const states: Readonly<Record<EngineState, string>> = {
  connecting: 'looking for the daemon…',
  running: 'running',
  reloading: 'reading its configuration…',
  starting: 'starting…',
  restarting: 'restarting…',
  stopping: 'stopping…',
  stopped: 'stopped',
  armed: 'stopped, starts on demand',
  hanging: 'does not answer',
  failed: 'did not start',
  denied: 'may not be asked',
  absent: 'not found',
};

const liveRestoreBlocks: Readonly<Record<NonNullable<LiveRestore['blockedBy']>, string>> = {
  swarm: 'not on a swarm node',
  windows: 'not for Windows containers',
  flag: 'set by a flag',
};

const verbs: Readonly<Record<Outcome['verb'], string>> = {
  apply: 'The change',
  reload: 'The reload',
  restart: 'The restart',
  start: 'The start',
  stop: 'The stop',
  recover: 'The repair',
};

const containers = (count: number): string => plural(count, { one: '# container', other: '# containers' });

export const tray = {
  /** Without a target: nothing was looked at yet. */
  windowTitle: (target: string): string => (target === '' ? 'Afloat' : `Afloat — ${target}`),
  sandbox: 'sandbox',
  tooltip: (target: string, state: EngineState): string =>
    target === '' ? `Afloat: ${states[state]}` : `Docker on ${target}: ${states[state]}`,
  state: (version: string | null, state: EngineState): string =>
    version === null ? `Docker Engine: ${states[state]}` : `Docker Engine ${version}: ${states[state]}`,
  working: (verb: Outcome['verb']): string => `${verbs[verb]} is under way…`,

  liveRestore: 'Live restore',
  /** A menu item that cannot be used says why. */
  withReason: (label: string, reason: string): string => `${label} (${reason})`,
  reasons: {
    ...liveRestoreBlocks,
    down: 'the daemon is not running',
    readOnly: 'read-only',
    notWritable: 'the file cannot be written',
    broken: 'the file is broken',
  },
  reload: 'Reload configuration',
  restart: 'Restart daemon…',
  start: 'Start daemon',
  stop: 'Stop daemon…',
  running: (count: number): string => `${containers(count)} running`,
  runningUnknown: 'Containers: not known',
  preferences: 'Preferences…',
  quit: 'Quit Afloat',

  problems: {
    outcome: (verb: Outcome['verb'], result: 'rolled-back' | 'failed'): string =>
      result === 'rolled-back' ? `${verbs[verb]} was rolled back` : `${verbs[verb]} failed`,
    worse: 'Containers fared worse than foretold',
    config: 'daemon.json cannot be read',
    findings: (count: number): string => plural(count, { one: '# problem was found', other: '# problems were found' }),
  },

  autostartComment: 'Change the Docker daemon without losing a container',
  usage: (detail: string): string => `afloat: do not know what to do with '${detail}'; nothing was started.
Arguments: --host URL, --context NAME, --config-file PATH, --manager NAME, --sandbox, --hidden
`,
};
