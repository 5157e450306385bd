// What an upgrade of the engine's package would mean for its containers, and how to go about it.
import type { ContainerVerdict } from './plan.ts';

/** Who upgrades the engine or restarts it without being asked each time. */
export type ByItself = 'unattended-upgrades' | 'needrestart' | 'dnf-automatic' | 'snapd';

/** What this computer's package manager tells of the package that dockerd came in. */
export type PackageFacts = {
  /** Null: its program is of no package that can be asked here. */
  readonly manager: 'apt' | 'dnf' | 'snap' | null;
  readonly name: string | null;
  /** Versions of the package, as its manager writes them; null: not known here. */
  readonly installed: string | null;
  /** By the lists as they were last fetched, by whomever; of a snap only where its store may be asked. */
  readonly candidate: string | null;
  readonly held: boolean | null;
  readonly byItself: readonly ByItself[];
};

/**
 * Docker supports live restore across patch releases (the same first two numbers) only, and warns of skipped releases
 * (its documentation of live restore). A downgrade it does not speak of.
 */
export type UpgradeVerdict = 'patch' | 'unsupported' | 'skips' | 'downgrade' | 'none' | 'unknown';

/** What is known of a version; the sentences say it. */
export type KnownProblemId =
  | 'start-panics'
  | 'networks-not-restored'
  | 'auto-remove-ends'
  | 'health-checks-end'
  | 'volumes-unguarded'
  | 'volumes-kept-busy'
  | 'volumes-unmounted'
  | 'host-gateway-connect'
  | 'ports-taken-no-network'
  | 'names-outside-fail'
  | 'old-clients-refused'
  | 'kernel-modules-wanted'
  | 'ipvlan-no-start';

export type KnownProblem = {
  readonly id: KnownProblemId;
  /** Address of the issue or change that tells it. */
  readonly source: string;
  /** Containers that it can hit; empty where it is about the daemon. */
  readonly names: readonly string[];
};

export type UpgradeStep = {
  readonly kind: 'record' | 'stop' | 'upgrade' | 'restart' | 'start';
  readonly command: string;
};

export type Upgrade = PackageFacts & {
  /** The version of the engine that runs; null: it is down. */
  readonly running: string | null;
  readonly verdict: UpgradeVerdict;
  /** What becomes of each that runs; `may-be-lost` where Docker does not support the upgrade. */
  readonly containers: readonly UpgradeFate[];
  /** Containers that their stop removes (`--rm`): nothing can start those again. */
  readonly removed: readonly string[];
  /** Known of this step from version to version, the gravest first. */
  readonly problems: readonly KnownProblem[];
  readonly steps: readonly UpgradeStep[];
};

export type UpgradeFate = Pick<ContainerVerdict, 'id' | 'name' | 'reasons'> & {
  readonly verdict: ContainerVerdict['verdict'] | 'may-be-lost';
};
