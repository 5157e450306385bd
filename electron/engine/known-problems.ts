// Versions of the engine that are known to harm running containers when they start, or that end what worked before.
import type { Container } from '../contract/snapshot.ts';
import type { KnownProblem, KnownProblemId } from '../contract/upgrade.ts';
import { runs } from './audit.ts';
import { compare, numbersOf, type Numbers } from './package-version.ts';

/** From the first bad version to the first good one; null: none is known. */
type Range = readonly [since: string, before: string | null];

type Row = {
  readonly id: KnownProblemId;
  /** Where it is told. */
  readonly source: string;
  /** Versions that have it. The daemon that starts decides over the containers that it finds. */
  readonly to: readonly Range[];
  /** Only coming from one of these; absent: from any. */
  readonly from?: readonly Range[];
  /** It is about containers that run on; without live restore none does. */
  readonly liveRestore?: true;
  /** Whom it can hit; absent: everybody, and it is told without names. */
  readonly hits?: (container: Container) => boolean;
};

const isInNetwork = ({ details }: Container): boolean =>
  details !== null && details.networks.some(({ name }) => !['bridge', 'host', 'none'].includes(name));
const hasMounts = ({ details }: Container): boolean => details !== null && details.mounts.length > 0;
const restarts = ({ restartPolicy }: Container): boolean => restartPolicy !== '' && restartPolicy !== 'no';
const publishes = ({ ports }: Container): boolean => ports.some((port) => port.includes('->'));

/** Each by its issue or by the release notes of the version that repaired it; two were seen here as well. */
const rows: readonly Row[] = [
  {
    id: 'start-panics',
    source: 'https://github.com/moby/moby/pull/45903',
    to: [['24.0.3', '24.0.4']],
    liveRestore: true,
    hits: hasMounts,
  },
  {
    id: 'networks-not-restored',
    source: 'https://github.com/moby/moby/issues/45646',
    to: [['24.0.0', '24.0.3']],
    liveRestore: true,
    hits: isInNetwork,
  },
  // Measured on 20.10.
  {
    id: 'auto-remove-ends',
    source: 'https://github.com/moby/moby/pull/46857',
    to: [['0.0.0', '24.0.9']],
    liveRestore: true,
    hits: ({ autoRemove }) => autoRemove,
  },
  // Measured on 20.10.
  {
    id: 'health-checks-end',
    source: 'https://github.com/moby/moby/issues/41871',
    to: [['0.0.0', '23.0.0']],
    liveRestore: true,
    hits: ({ healthCheck }) => healthCheck,
  },
  {
    id: 'volumes-unguarded',
    source: 'https://github.com/moby/moby/issues/41686',
    to: [['0.0.0', '20.10.19']],
    liveRestore: true,
    hits: (container) => restarts(container) && hasMounts(container),
  },
  {
    id: 'volumes-kept-busy',
    source: 'https://github.com/moby/moby/issues/44422',
    to: [
      ['20.10.19', '23.0.7'],
      ['24.0.0', '24.0.3'],
    ],
    liveRestore: true,
    hits: hasMounts,
  },
  {
    id: 'volumes-unmounted',
    source: 'https://github.com/moby/moby/pull/46366',
    to: [
      ['0.0.0', '23.0.7'],
      ['24.0.0', '24.0.6'],
    ],
    liveRestore: true,
    hits: hasMounts,
  },
  {
    id: 'host-gateway-connect',
    source: 'https://github.com/moby/moby/issues/53089',
    to: [['29.6.0', null]],
    liveRestore: true,
  },
  {
    id: 'ports-taken-no-network',
    source: 'https://github.com/moby/moby/issues/51758',
    to: [['29.1.0', null]],
    hits: (container) => restarts(container) && publishes(container),
  },
  {
    id: 'names-outside-fail',
    source: 'https://github.com/moby/moby/pull/51615',
    to: [['29.1.0', '29.1.1']],
    hits: isInNetwork,
  },
  {
    id: 'old-clients-refused',
    source: 'https://github.com/moby/moby/pull/52067',
    to: [['29.0.0', '29.3.0']],
    from: [['0.0.0', '29.0.0']],
  },
  {
    id: 'kernel-modules-wanted',
    source: 'https://github.com/moby/moby/pull/49530',
    to: [['28.0.0', '28.0.1']],
  },
  {
    id: 'ipvlan-no-start',
    source: 'https://github.com/moby/moby/pull/44937',
    to: [['23.0.0', '23.0.1']],
    from: [['0.0.0', '23.0.0']],
  },
];

export type StepAsked = {
  /** As anybody writes it: the version that runs, and the one that would start in its place. */
  readonly from: string | null;
  readonly to: string | null;
  readonly containers: readonly Container[];
  /** Null, not known, counts as on: then more is told. */
  readonly liveRestore: boolean | null;
};

/** Those that apply to this step, with the containers that each can hit; the gravest first. */
export function knownProblems({ from, to, containers, liveRestore }: StepAsked): readonly KnownProblem[] {
  const [old, next] = [numbersOf(from), numbersOf(to)];
  if (next === null) return [];
  const alive = containers.filter(runs);
  return rows.flatMap(({ id, source, hits, ...row }): readonly KnownProblem[] => {
    const isStep = isIn(next, row.to) && (row.from === undefined || (old !== null && isIn(old, row.from)));
    if (!isStep || (row.liveRestore === true && (liveRestore === false || alive.length === 0))) return [];
    const names = hits === undefined ? [] : alive.filter(hits).map(({ name }) => name);
    return hits !== undefined && names.length === 0 ? [] : [{ id, source, names }];
  });
}

const isIn = (version: Numbers, ranges: readonly Range[]): boolean =>
  ranges.some(([since, before]) => {
    const [low, high] = [numbersOf(since), numbersOf(before)];
    return low !== null && compare(version, low) >= 0 && (high === null || compare(version, high) < 0);
  });
