// Everything that a plan is made from, gathered once; and the little that follows from it by itself.
import type { JsonObject } from '../contract/json.ts';
import { optionFor } from '../contract/options.ts';
import type { Access, ConfigFile, Container, EngineFacts, EngineStatus, ManagerKind } from '../contract/snapshot.ts';
import type { Policy } from '../contract/policy.ts';
import type { PastGap } from './expected-gap.ts';
import type { Shim, UsualPlaces } from './ports.ts';
import { flagValue } from './daemon-flags.ts';
import { isSwarmNode } from './live-restore.ts';
import type { Machine } from './machine.ts';

/** One daemon at one moment. */
export type Circumstances = {
  readonly engine: EngineStatus;
  /** What the daemon said when it was last seen, so that a swarm node is known as one while it is down; null: never. */
  readonly lastFacts: EngineFacts | null;
  /** Of the daemon, else of its program; null where neither is known. */
  readonly version: string | null;
  readonly endpoint: string;
  readonly access: Access;
  /** True where a step with root's rights acts for us. */
  readonly elevates: boolean;
  readonly manager: ManagerKind;
  /** systemd's unit or the init script; null where there is none. */
  readonly unit: string | null;
  /** systemd's KillMode; null where there is none or it cannot be read. */
  readonly killMode: string | null;
  /** Whether dockerd runs its own containerd, which it also does without a flag; null: not known. */
  readonly ownContainerd: boolean | null;
  readonly flags: readonly string[];
  /** Those of the next start, where somebody changed them since. */
  readonly startFlags?: readonly string[];
  readonly flagSource: string;
  readonly flagPlaces?: Readonly<Record<string, string>>;
  readonly config: ConfigFile;
  readonly policy: Policy;
  /** This computer as checks need to know it; null where it was not looked at. */
  readonly machine?: Machine | null;
  /** While the daemon is down: those it had whose processes still run. */
  readonly containers: readonly Container[];
  /** What holds the containers; empty where that cannot be seen. */
  readonly shims: readonly Shim[];
  /** Where the daemon keeps its things unless a flag or the file says otherwise. */
  readonly usual: UsualPlaces;
  /** Times without the API in earlier restarts of this daemon. */
  readonly pastGaps: readonly PastGap[];
  /** A path with its links followed as far as they lead. */
  readonly realPath?: (path: string) => string;
  /** In ms since 1970. */
  readonly now: number;
};

/** What the running daemon says; null for one that does not run or does not answer. */
export const runningFacts = ({ engine }: Circumstances): EngineFacts | null =>
  'facts' in engine ? engine.facts : null;

/** The flags of the next start. */
export const flagsAtStart = ({ flags, startFlags = flags }: Circumstances): readonly string[] => startFlags;

/** What was last heard of this daemon. */
export const seenFacts = (now: Circumstances): EngineFacts | null => runningFacts(now) ?? now.lastFacts;

/** What the file holds now: nothing where there is none; null where it cannot be read. */
export function valuesNow({ config }: Circumstances): JsonObject | null {
  if (config.state === 'read') return config.values;
  return config.state === 'absent' ? {} : null;
}

/** The fingerprint of the file; null where there is none. */
export const etagNow = ({ config }: Circumstances): string | null =>
  config.state === 'read' || config.state === 'unreadable' ? config.etag : null;

/** What decides over containers whatever is done. */
export function surroundings(now: Circumstances) {
  const seen = seenFacts(now);
  return {
    version: now.version,
    containers: now.containers,
    manager: now.manager,
    unit: now.unit,
    shims: now.shims,
    killMode: now.killMode,
    ownContainerd: now.ownContainerd ?? (inForce(now, 'containerd') ? false : null),
    rootless: seen?.rootless ?? now.manager === 'systemd-user',
    swarm: isSwarmNode(seen),
    userlandProxy: inForce(now, 'userland-proxy') !== false,
    iptables: inForce(now, 'iptables') !== false,
  };
}

/** By flag, else from the file. Of options that need a restart, the file may be newer than the daemon. */
function inForce(now: Circumstances, key: string) {
  const option = optionFor(key);
  return (option && flagValue(now.flags, option)) ?? valuesNow(now)?.[key];
}
