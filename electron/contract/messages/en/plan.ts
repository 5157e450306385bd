// English: what a change or a verb would do, does and did: effects, risks, containers, steps, results.
import type { Outcome, Step } from '../../outcome.ts';
import type { Accept, Effect, OptionChange, Plan, Reason, Risk, Verdict } from '../../plan.ts';
import { formatsFor } from '../format.ts';

const { list, number, plural, seconds } = formatsFor('en');

/** What the daemon needs, as a word on a pill. */
const effects: Readonly<Record<Effect, string>> = {
  none: 'No effect',
  reload: 'Reload',
  restart: 'Restart',
  'reload-then-restart': 'Reload, then restart',
};

const effectSentences: Readonly<Record<Effect, string>> = {
  none: 'The daemon need not be told.',
  reload: 'The daemon reads its configuration again and goes on running.',
  restart: 'The daemon is stopped and started again.',
  'reload-then-restart':
    'The daemon first reads its configuration again. Only when it says that live restore is on, it is stopped and started.',
};

/** What a risk means, behind the name of an option. */
const risks: Readonly<Record<Risk, string>> = {
  none: 'Nothing else changes.',
  deferred: 'Takes effect at a start without running containers.',
  hides: 'Running containers become invisible to Docker until it is put back.',
  loses: 'Running containers are lost to Docker, and may be started a second time. Putting it back does not help.',
  'later-start-fails': 'Running containers go on, but may not work when they are started again.',
  'start-fails': 'The daemon may not start with it.',
  'locks-out-clients': 'Programs that use Docker may not reach it any more, Afloat among them.',
  'ends-daemon': 'A wrong value ends the daemon shortly after the reload.',
  unknown: 'What this does to running containers is not known.',
};

/** What somebody confirms who accepts a danger. */
const accepting: Readonly<Record<Accept, string>> = {
  stops: 'Running containers stop.',
  hides: 'Running containers become invisible to Docker.',
  loses: 'Running containers are lost to Docker.',
  'later-start-fails': 'Containers may not work when they are started again.',
  'start-fails': 'The daemon may not start.',
  'locks-out-clients': 'Docker may not be reachable any more.',
  'ends-daemon': 'The daemon may end by itself.',
};

const verdicts: Readonly<Record<Verdict, string>> = {
  'keeps-running': 'Keeps running',
  interrupted: 'Keeps running, with an interruption',
  stops: 'Stops',
  hidden: 'Becomes invisible',
  lost: 'Is lost',
};

const reasons: { readonly [K in Reason['kind']]: (reason: Extract<Reason, { kind: K }>) => string } = {
  'live-restore-on': () => 'Live restore is on.',
  'live-restore-off': () => 'Live restore is off.',
  'live-restore-off-at-start': () => 'Live restore is off in the configuration that the starting daemon reads.',
  'live-restore-off-at-stop': () => 'Live restore is not on in the running daemon yet.',
  'reload-leaves-alone': () => 'A reload leaves containers alone.',
  'auto-remove-on-old-engine': () => 'This version of Docker stops and removes --rm containers when it starts.',
  'health-checks-stop-on-old-engine': () => 'On this version of Docker its health check does not go on afterwards.',
  'kill-mode': ({ killMode }) => `systemd ends it together with the daemon (KillMode=${killMode}).`,
  rootless: () => 'The containers of a rootless daemon end with it.',
  swarm: () => 'Live restore does not work on a swarm node.',
  'published-ports': ({ ports }) => `On 127.0.0.1 it is not reachable while the daemon is down: ${list(ports)}.`,
  'port-rules': ({ ports }) => `While the daemon starts, new connections to ${list(ports)} fail for up to a second.`,
  'network-names': ({ networks }) =>
    `While the daemon is down, it finds no other container by name in ${list(networks)}.`,
  'health-checks-pause': () => 'Its health check pauses while the daemon is down.',
  'health-begins-again': () =>
    'Its health begins again at “starting” when the daemon is back, until its health check has run.',
  'execs-cut': ({ count }) =>
    plural(count, {
      one: 'One docker exec command in it is cut off; its process goes on, unknown to the next daemon.',
      other: '# docker exec commands in it are cut off; their processes go on, unknown to the next daemon.',
    }),
  'log-target-away': ({ target }) =>
    `Its log goes to ${target}, a container of this daemon, which the starting daemon does not reach yet: nobody reads its output any more, so that it waits when the pipe is full, and docker exec fails, until it is restarted.`,
  'log-target-keeps-down': ({ target }) =>
    `It stops and is not started again: its log goes to ${target}, a container of this daemon, which is not there yet then.`,
  'gpus-lost': () => 'The upgrade makes systemd read its units again (daemon-reload), which can take its GPUs away.',
  'started-again': ({ policy }) => `It stops and is started again by its restart policy (${policy}), about 12 s later.`,
  'stays-stopped': ({ policy }) =>
    `It stops and is not started again, although its restart policy is ${policy}: the starting daemon counts it as stopped by you.`,
  'output-waits': ({ bytes }) =>
    `Nobody reads its output while the daemon is down: after about ${number(Math.round(bytes / 1024))} KiB of it, it waits.`,
  option: ({ key, risk }) => `${key}: ${risks[risk]}`,
};

const count = (changes: readonly OptionChange[], effect: OptionChange['effect']): number =>
  changes.filter((change) => change.effect === effect).length;

/** "2 changes need a restart" and the like: what the most demanding changes need. */
function changesNeed(changes: readonly OptionChange[]): string {
  const restart = count(changes, 'restart');
  const reload = count(changes, 'reload');
  if (restart > 0) return plural(restart, { one: '# change needs a restart', other: '# changes need a restart' });
  if (reload > 0) return plural(reload, { one: '# change needs a reload', other: '# changes need a reload' });
  if (changes.length === 0) return 'No option changes';
  return plural(changes.length, { one: '# change, without effect', other: '# changes, without effect' });
}

const steps: Readonly<Record<Step, string>> = {
  authorizing: 'Waiting for authorization…',
  locking: 'Waiting for its turn…',
  reading: 'Reading daemon.json…',
  planning: 'Planning…',
  checking: 'Checking the configuration…',
  'backing-up': 'Keeping a copy of daemon.json…',
  writing: 'Writing daemon.json…',
  reloading: 'Reloading the daemon…',
  'proving-reload': 'Checking that the change took effect…',
  stopping: 'Stopping the daemon…',
  starting: 'Starting the daemon…',
  restarting: 'Restarting the daemon…',
  proving: 'Looking after the containers…',
  'putting-back': 'Putting everything back…',
};

const results: Readonly<Record<Outcome['result'], string>> = {
  applied: 'Done',
  nothing: 'Nothing to do',
  refused: 'Refused',
  'rolled-back': 'Rolled back',
  failed: 'Failed',
};

const done: Readonly<Record<Outcome['verb'], string>> = {
  apply: 'Change applied.',
  reload: 'The daemon has read its configuration again.',
  restart: 'The daemon has restarted.',
  start: 'The daemon has started.',
  stop: 'The daemon has stopped.',
  recover: 'What was cut off is finished.',
};

/** One sentence on what came of it; why something did not work says the problem. */
function outcome({ verb, result, effect, file }: Pick<Outcome, 'verb' | 'result' | 'effect' | 'file'>): string {
  switch (result) {
    case 'applied':
      return verb === 'apply' && effect === 'none'
        ? 'The file is written; the daemon takes it when it starts.'
        : done[verb];
    case 'nothing':
      return 'Everything is as it should be; nothing was changed.';
    case 'refused':
      return 'Nothing was changed.';
    case 'rolled-back':
      return verb === 'apply' ? 'The change failed and was undone.' : 'It did not work, and everything was put back.';
    case 'failed':
      if (verb === 'apply' && file === 'new')
        return 'Nothing was put back, because the daemon may run with the change.';
      return verb === 'apply' || verb === 'recover'
        ? 'It did not work, and not everything could be put back.'
        : 'It did not work.';
  }
}

/** "7 of 7 containers kept running." for a finished operation. */
function fared({ before, kept }: Pick<Outcome['containers'], 'before' | 'kept'>): string {
  if (before === 0) return 'No container was running.';
  if (before === kept) {
    return plural(before, { one: 'The running container kept running.', other: 'All # containers kept running.' });
  }
  return `${number(kept)} of ${plural(before, { one: '# container', other: '# containers' })} kept running.`;
}

const fileStates: Readonly<Record<Outcome['file'], string>> = {
  unchanged: 'daemon.json is unchanged.',
  new: 'daemon.json has its new content.',
  restored: 'daemon.json has its old content again.',
  unknown: 'Which content daemon.json has is not known. A copy of the old one was kept.',
};

/** From ten seconds on, tenths say nothing. */
const rough = (ms: number): number => Math.max(100, ms < 10_000 ? ms : Math.round(ms / 1000) * 1000);

/** "About 2 s without the API."; for a gap that is not known, a sentence that says so. */
function gap(ms: Plan['expectedGapMs'], range: Plan['expectedGapRangeMs'] = null): string {
  if (ms === null) return 'How long the API will not answer is not known.';
  return ms === 0
    ? 'The API stays up.'
    : `About ${seconds(rough(ms))} s without the API${range === null ? '' : ` (${seconds(rough(range[0]))} to ${seconds(rough(range[1]))} s)`}.`;
}

export const plan = {
  effects,
  effectSentences,
  risks,
  accepting,
  verdicts,
  // The table has the right function for every kind; TypeScript cannot follow that through the index.
  reason: (reason: Reason): string => (reasons[reason.kind] as (reason: Reason) => string)(reason),
  changesNeed,
  gap,
  steps,
  /** What came of it in front of why. */
  resultBecause: (result: Outcome['result'], title: string): string => `${results[result]}. ${title}`,
  outcome,
  fared,
  fileStates,
};
