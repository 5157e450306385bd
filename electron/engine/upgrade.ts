// Judges an upgrade of the engine's package by Docker's own rule, and lays out the way that loses nobody.
import { quoted } from '../contract/by-hand.ts';
import type { ContainerVerdict } from '../contract/plan.ts';
import type { Container } from '../contract/snapshot.ts';
import type { PackageFacts, Upgrade, UpgradeFate, UpgradeStep, UpgradeVerdict } from '../contract/upgrade.ts';
import { runs } from './audit.ts';
import { knownProblems } from './known-problems.ts';
import { compare, numbersOf, type Numbers } from './package-version.ts';

export type UpgradeAsked = {
  readonly packages: PackageFacts;
  /** Null: the daemon is down. */
  readonly running: string | null;
  readonly containers: readonly Container[];
  /** What a restart would do to each; null: not asked, then live restore alone decides over the way. */
  readonly restart: readonly ContainerVerdict[] | null;
  readonly liveRestore: boolean | null;
  /** As `/info` tells it; null: the daemon is down. */
  readonly cgroupDriver: string | null;
  readonly endpoint: string;
  /** The command that restarts the daemon; null where there is none. */
  readonly restartByHand: string | null;
};

export function upgradeOf(asked: UpgradeAsked): Upgrade {
  const { packages, running, restart } = asked;
  const verdict = upgradeVerdict(packages, running);
  const alive = asked.containers.filter(runs).toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
  const isUpgrade = verdict !== 'none' && verdict !== 'unknown';
  const { containers, liveRestore } = asked;
  const step = { from: running ?? packages.installed, to: packages.candidate, containers, liveRestore };
  const problems = isUpgrade ? knownProblems(step) : [];
  const panics = problems.some(({ id }) => id === 'start-panics');
  const keeps = verdict === 'patch' && !panics && (restart ? restart.every(isKept) : asked.liveRestore === true);
  const stopped = keeps ? [] : alive;
  return {
    ...packages,
    running,
    verdict,
    containers: isUpgrade ? fates(asked, alive, verdict) : [],
    problems,
    removed: isUpgrade ? stopped.filter(({ autoRemove }) => autoRemove).map(({ name }) => name) : [],
    steps: isUpgrade ? stepsFor(asked, verdict, stopped) : [],
  };
}

const isKept = ({ verdict }: ContainerVerdict): boolean => verdict === 'keeps-running' || verdict === 'interrupted';

/** The daemon that runs counts, not its package: that may have been replaced under it. */
export function upgradeVerdict({ installed, candidate }: PackageFacts, running: string | null): UpgradeVerdict {
  const from = numbersOf(running ?? installed);
  const to = numbersOf(candidate);
  if (from === null || to === null) return 'unknown';
  const order = compare(to, from);
  if (order < 0) return 'downgrade';
  // The same release, built anew, restarts the daemon too.
  if (order === 0) return installed === candidate ? 'none' : 'patch';
  if (from.major === to.major && from.minor === to.minor) return 'patch';
  return skips(from, to) ? 'skips' : 'unsupported';
}

/** Releases of the engine, by its release notes; later ones follow by their numbers. */
const releases: readonly (readonly [major: number, minor: number])[] = [
  [20, 10],
  [23, 0],
  [24, 0],
  [25, 0],
  [26, 0],
  [26, 1],
  [27, 0],
  [27, 1],
  [27, 2],
  [27, 3],
  [27, 4],
  [27, 5],
  [28, 0],
  [28, 1],
  [28, 2],
  [28, 3],
  [28, 4],
  [28, 5],
  [29, 0],
];

/** True only where a release is known to lie between. */
function skips(from: Numbers, to: Numbers): boolean {
  const between = ([major, minor]: readonly [number, number]): boolean =>
    [from, to].every((one) => one.major !== major || one.minor !== minor) &&
    compare({ major, minor, patch: 0 }, from) > 0 &&
    compare({ major, minor, patch: 0 }, to) < 0;
  if (releases.some(between)) return true;
  if (from.major === to.major) return to.minor - from.minor > 1;
  // Every line begins with a `.0`, and from 23 on they were counted through.
  return to.minor > 0 || (from.major >= 23 && to.major - from.major > 1);
}

/**
 * Across releases containers did outlive 20.10.24 -> 26.1.5 -> 28.5.2 here (measured), but Docker promises nothing, and
 * after a downgrade from 28.5 one with a published port that was started anew did not answer there.
 */
function fates(
  { restart, cgroupDriver }: UpgradeAsked,
  alive: readonly Container[],
  verdict: UpgradeVerdict,
): readonly UpgradeFate[] {
  if (verdict === 'patch') {
    // Packages tell systemd to read its units again, and whoever has GPUs by a hook of their runtime loses them then.
    const gpus = cgroupDriver === 'systemd' ? alive.filter(({ details }) => details?.devices === 'gpu') : [];
    const ids = new Set(gpus.map(({ id }) => id));
    return (restart ?? []).map((one) => (ids.has(one.id) ? withoutGpus(one) : one));
  }
  return alive.map(({ id, name }) => ({ id, name, verdict: 'may-be-lost', reasons: [] }));
}

const withoutGpus = (one: ContainerVerdict): ContainerVerdict => ({
  ...one,
  verdict: one.verdict === 'keeps-running' ? 'interrupted' : one.verdict,
  reasons: [...one.reasons, { kind: 'gpus-lost' }],
});

function stepsFor(
  { packages, endpoint, restartByHand }: UpgradeAsked,
  verdict: UpgradeVerdict,
  stopped: readonly Container[],
): readonly UpgradeStep[] {
  const isInstalled = packages.installed !== null && packages.installed === packages.candidate;
  const command = isInstalled ? restartByHand : upgradeCommand(packages, verdict);
  if (command === null) return [];
  const docker = endpoint === 'unix:///var/run/docker.sock' ? 'docker' : `docker -H ${quoted(endpoint)}`;
  const names = (list: readonly Container[]): string => list.map(({ name }) => quoted(name)).join(' ');
  const again = stopped.filter(({ autoRemove }) => !autoRemove);
  return [
    ...(again.length > 0
      ? [{ kind: 'record', command: `printf '%s\\n' ${names(again)} > running-set.txt` } as const]
      : []),
    ...(stopped.length > 0
      ? [{ kind: 'stop', command: `${docker} stop ${names(stopped.toReversed())}` } as const]
      : []),
    { kind: isInstalled ? 'restart' : 'upgrade', command },
    ...(again.length > 0 ? [{ kind: 'start', command: `${docker} start ${names(again)}` } as const] : []),
  ];
}

function upgradeCommand({ manager, name, held }: PackageFacts, verdict: UpgradeVerdict): string | null {
  if (manager === null || name === null) return null;
  const isDown = verdict === 'downgrade';
  switch (manager) {
    case 'apt': {
      const unheld = held === true ? ['--allow-change-held-packages'] : [];
      const down = isDown ? ['--allow-downgrades'] : [];
      return ['sudo apt-get install --only-upgrade', ...unheld, ...down, quoted(name)].join(' ');
    }
    case 'dnf': {
      const unlock = held === true ? `sudo dnf versionlock delete ${quoted(name)} && ` : '';
      return `${unlock}sudo dnf ${isDown ? 'downgrade' : 'upgrade'} ${quoted(name)}`;
    }
    // Named, it is refreshed although it is held; to which older revision it would go back is not known here.
    case 'snap':
      return isDown ? null : `sudo snap refresh ${quoted(name)}`;
  }
}
