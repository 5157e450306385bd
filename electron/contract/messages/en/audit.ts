// English: the proof after a restart: what is not as it was, and what runs that the daemon does not manage.
import type { Audit, Deviation, LogFate, LogUnknown, Orphan } from '../../audit.ts';
import { formatsFor } from '../format.ts';

const { list, number, plural, seconds } = formatsFor('en');

const deviations: { readonly [K in Deviation['kind']]: (of: Extract<Deviation, { kind: K }>) => string } = {
  ended: ({ exitCode }) => `ended (exit code ${exitCode})`,
  'keeps-ending': ({ exitCode }) => `is started again and again, and ends each time (exit code ${exitCode})`,
  'new-process': ({ from, to }) => `was stopped and started again (process ${from} is ${to} now)`,
  unknown: () => 'is not known to the daemon any more',
  'port-gone': ({ port }) => `${port} is not published any more`,
  'port-closed': ({ port }) => `nothing listens at ${port}`,
  'network-gone': ({ network }) => `is not in the network ${network} any more`,
  'address-changed': ({ network, from, to }) => `has ${to || 'no address'} instead of ${from || 'none'} in ${network}`,
  'dns-changed': ({ to }) => (to.length === 0 ? 'has no name servers of its own any more' : `now asks ${list(to)}`),
  'health-worse': () => 'is unhealthy',
  'health-stopped': ({ last }) =>
    `its health check runs no more, and says ${last} for ever; docker pause and docker unpause set it going again`,
  'not-paused': () => 'is not paused any more',
  'mount-gone': ({ path }) => `nothing is mounted at ${path} any more`,
  restarted: ({ times }) => plural(times, { one: 'was restarted once', other: 'was restarted # times' }),
};

const kinds: Readonly<Record<Orphan['kind'], string>> = {
  unknown: 'The daemon does not know this container. If an option hid it, putting that option back brings it back.',
  ended: 'The daemon takes this container for ended, but it runs.',
  copy: 'The daemon runs this container a second time, on the same volumes.',
};

const logUnknown: Readonly<Record<LogUnknown, (driver: string) => string>> = {
  driver: (driver) => `not known here what its log driver${driver === '' ? '' : ` ${driver}`} made of it`,
  busy: () => 'not known: it has written too much since then',
  'no-answer': () => 'not known: the daemon did not tell its log',
};

function log(fate: LogFate): string {
  switch (fate.kind) {
    case 'none':
      return 'no gap';
    case 'delayed': {
      const late = fate.ms === null ? 'that is too late' : `up to ${seconds(fate.ms)} s late`;
      const held = fate.heldUp ? '; its pipe was full, and it waited' : '';
      return `nothing is missing, but some lines carry a time ${late}${held}`;
    }
    case 'lost':
      return fate.ms === null
        ? 'it ended without a daemon: what it wrote since then is missing'
        : `it ended without a daemon: what it wrote in its last ${seconds(fate.ms)} s is missing`;
    case 'not-known':
      return logUnknown[fate.why](fate.driver);
  }
}

type Counted = Pick<Audit, 'compared'> & Readonly<Record<'containers' | 'orphans', readonly unknown[]>>;

/** "Compared 7 containers: all as before." */
function summary({ compared, containers, orphans }: Counted): string {
  const those = plural(compared, { one: 'Compared # container', other: 'Compared # containers' });
  if (containers.length === 0 && orphans.length === 0) return `${those}: everything is as it was.`;
  const differ = plural(containers.length, { one: '# is not as it was', other: '# are not as they were' });
  const left = plural(orphans.length, { one: '# runs without the daemon', other: '# run without the daemon' });
  return `${those}: ${list([...(containers.length > 0 ? [differ] : []), ...(orphans.length > 0 ? [left] : [])])}.`;
}

export const audit = {
  log,
  logs: 'Logs',
  logOf: (name: string, fate: LogFate): string => `Logs, ${name}: ${log(fate)}`,
  /** How many logs are without a gap, where that is all there is to say. */
  wholeLogs: (count: number): string => plural(count, { one: '# log has no gap', other: '# logs have no gap' }),
  // The table has the right function for every kind; TypeScript cannot follow that through the index.
  deviation: (of: Deviation): string => (deviations[of.kind] as (of: Deviation) => string)(of),
  summary,
  others: {
    title: 'After the restart by others',
    away: (ms: number): string =>
      `Restarted outside Afloat, or after a crash. The daemon was away for ${seconds(ms)} s.`,
  },
  notice: {
    title: 'Not everything is as it was before the restart',
    body: (found: Audit): string => `${summary(found)} Open Afloat to see what.`,
  },
  orphans: {
    title: 'Running without the daemon',
    kinds,
    line: (name: string, { pid, kind }: Pick<Orphan, 'pid' | 'kind'>): string =>
      `${name}: Process ${pid}. ${kinds[kind]}`,
    which: (pid: number, id: string): string => `Process ${pid}, container ${id.slice(0, 12)}`,
    end: 'Stop it by hand…',
    ask: (name: string): string => `Stop ${name} by hand?`,
    /** What will be signaled, exactly. */
    what: ({ pid, shim }: Orphan): string =>
      `Process ${pid} is asked to end (SIGTERM), and killed if it does not within ${number(10)} s; then what holds it, process ${shim.pid}. Each is looked at again before each signal.`,
    confirm: 'Stop this process',
  },
};
