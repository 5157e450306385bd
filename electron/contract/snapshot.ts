// The one published state: what is true now, as far as it was read back.
import type { Orphan, OthersRestart } from './audit.ts';
import type { JsonObject } from './json.ts';
import type { Language } from './messages/language.ts';
import type { Fallen, Outage, Rescue } from './outage.ts';
import type { OptionTruth } from './option-truth.ts';
import type { Outcome, Step } from './outcome.ts';
import type { Finding } from './plan.ts';
import type { Policy } from './policy.ts';
import type { Preferences } from './preferences.ts';
import type { Rights } from './rights.ts';
import type { Problem, ReadOnlyReason, WriteBlock } from './problem.ts';
import type { Upgrade } from './upgrade.ts';

/** The state of the engine as the user knows it. */
export type EngineState = EngineStatus['state'];

/** Whoever starts and stops the daemon. */
export type ManagerKind =
  | 'systemd'
  | 'systemd-user'
  | 'init-script'
  | 'bare-process'
  | 'sandbox'
  | 'docker-desktop'
  | 'windows-service'
  | 'none';

/** Every value of `ManagerKind`, for parsers. */
export const managerKinds: readonly ManagerKind[] = Object.keys({
  systemd: true,
  'systemd-user': true,
  'init-script': true,
  'bare-process': true,
  sandbox: true,
  'docker-desktop': true,
  'windows-service': true,
  none: true,
} satisfies Record<ManagerKind, true>) as readonly ManagerKind[];

/** What `/info` and `/version` say about a running daemon. */
export type EngineFacts = {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly apiVersion: string;
  readonly osType: string;
  readonly operatingSystem: string;
  readonly rootless: boolean;
  readonly dockerRootDir: string;
  readonly storageDriver: string;
  /** Images lie with containerd (`features.containerd-snapshotter`). */
  readonly snapshotter: boolean;
  /** Users of containers are mapped (`userns-remap`). */
  readonly usernsRemap: boolean;
  /** `systemd` or `cgroupfs`: who keeps the control groups of containers. Empty where it is not told. */
  readonly cgroupDriver: string;
  readonly liveRestore: boolean;
  readonly debug: boolean;
  /** Values of options that `/info` tells, by key. */
  readonly running: JsonObject;
  readonly warnings: readonly string[];
  readonly swarm: SwarmStatus;
};

/** Swarm membership of this daemon. */
export type SwarmStatus = {
  readonly state: 'inactive' | 'pending' | 'active' | 'error' | 'locked';
  readonly role: 'manager' | 'worker' | null;
  /** Managers reachable and in all; null where this node does not know. */
  readonly quorum: { readonly reachable: number; readonly managers: number } | null;
};

/** `since` is when this state began, in ms since 1970. */
export type EngineStatus =
  /** Nothing is known yet. */
  | { readonly state: 'connecting'; readonly since: number }
  | { readonly state: 'running'; readonly since: number; readonly facts: EngineFacts }
  /** The daemon reads its file again; it answers meanwhile. */
  | { readonly state: 'reloading'; readonly since: number; readonly facts: EngineFacts }
  | { readonly state: 'starting' | 'restarting' | 'stopping'; readonly since: number }
  /** No process, and nothing will start it by itself. */
  | { readonly state: 'stopped'; readonly since: number }
  /** No process, but a connection to its socket would start it: nothing of ours connects. */
  | { readonly state: 'armed'; readonly since: number }
  /** The socket connects but nothing answers. */
  | { readonly state: 'hanging'; readonly since: number }
  /** It was started and ended; `log` holds the lines that say why, where they can be had. */
  | { readonly state: 'failed'; readonly since: number; readonly log: readonly string[] }
  | { readonly state: 'denied'; readonly since: number }
  /** No daemon was found; `unreached`: why one elsewhere was not reached, null where nothing was asked. */
  | { readonly state: 'absent'; readonly since: number; readonly unreached: Unreached | null };

/** Why a daemon elsewhere cannot be talked to. */
export type Unreached =
  /** Nothing listens at its address, or the address leads nowhere. */
  | 'refused'
  /** One side has no certificate that the other trusts, or none that can be read. */
  | 'tls'
  /** The way there ended, or what answers is no Docker daemon. */
  | 'broken';

/** A daemon that was found and can be chosen. */
export type Candidate = {
  readonly endpoint: string;
  readonly source: 'flag' | 'environment' | 'context' | 'default' | 'rootless' | 'sandbox';
  /** Docker context, where it comes from one. */
  readonly context: string | null;
};

/** The daemon that everything here is about, and what we may do to it. */
export type Target = Candidate & {
  readonly manager: ManagerKind;
  /** systemd unit or init script, e.g. `docker.service`. */
  readonly unit: string | null;
  readonly pid: number | null;
  /** The running daemon's arguments after the program; empty where not known. */
  readonly flags: readonly string[];
  readonly configPath: string | null;
  readonly access: Access;
};

/** Whether this daemon is shown to be one and ours to change. */
export type Access =
  | { readonly kind: 'proven' }
  | { readonly kind: 'read-only'; readonly reason: ReadOnlyReason; readonly detail: string };

/** The daemon configuration file as it is on disk. */
export type ConfigFile =
  | { readonly state: 'unknown' }
  | { readonly state: 'absent'; readonly path: string; readonly writable: Writable }
  | {
      readonly state: 'read';
      readonly path: string;
      readonly etag: string;
      readonly text: string;
      readonly values: JsonObject;
      readonly writable: Writable;
    }
  | {
      readonly state: 'unreadable';
      readonly path: string;
      /** null where not even the bytes could be read. */
      readonly etag: string | null;
      readonly text: string | null;
      /** The text with comments and commas too many taken out; absent where that would not do. */
      readonly repaired?: string;
      readonly problem: Problem;
      readonly writable: Writable;
    };

export type Writable = { readonly ok: true } | { readonly ok: false; readonly block: WriteBlock };

/** The three truths about live restore; null: not known, or not set. */
export type LiveRestore = {
  readonly effective: boolean | null;
  readonly file: boolean | null;
  readonly flag: boolean | null;
  readonly blockedBy: null | 'swarm' | 'windows' | 'flag';
};

/** A container as the daemon tells of it. */
export type Container = {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly state: 'running' | 'paused' | 'restarting' | 'created' | 'exited' | 'dead' | 'removing';
  /** Process id of its first process on this machine; 0 where it has none. */
  readonly pid: number;
  /** RFC 3339, as Docker gives it. */
  readonly startedAt: string;
  readonly exitCode: number;
  readonly restartPolicy: string;
  readonly autoRemove: boolean;
  readonly healthCheck: boolean;
  readonly health: string | null;
  /** Published ports, e.g. `0.0.0.0:8080->80/tcp`. */
  readonly ports: readonly string[];
  /** What only inspecting tells; null for one that was not inspected: it does not run, or was found without the daemon. */
  readonly details: ContainerDetails | null;
};

/** How a container is connected and kept: what a restart of the daemon may change, and is compared before and after. */
export type ContainerDetails = {
  /** `bridge`, `host`, `none`, `container:ID` or the name of a user-defined network. */
  readonly networkMode: string;
  /** Every network it is in, with its own address there; empty where it has none. */
  readonly networks: readonly { readonly name: string; readonly address: string }[];
  /** Name servers that were given to it alone. */
  readonly dns: readonly string[];
  /** Published ports as it was asked for, e.g. `80/tcp`; `ports` holds those that there are. */
  readonly wantedPorts: readonly string[];
  /** Where something is mounted in it. */
  readonly mounts: readonly string[];
  readonly restartCount: number;
  readonly tty: boolean;
  readonly logDriver: string;
  /** What the daemon has to reach before that driver takes output; absent: nothing. */
  readonly logAddress?: string;
  readonly runtime: string;
  /** Devices of the machine, and whether GPUs are among them. */
  readonly devices: 'none' | 'some' | 'gpu';
  /** Commands of `docker exec` that run in it now, health checks left out; absent: none. No event tells of them. */
  readonly execs?: number;
};

export type ContainerCounts = { readonly running: number; readonly paused: number; readonly stopped: number };

/** What is under way. */
export type Operation =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly verb: Outcome['verb'];
      readonly step: Step;
      /** When the whole began, ms since 1970. */
      readonly since: number;
    };

/** Everything the engine publishes; the app adds its own parts to make a `Snapshot`. */
export type EngineView = {
  readonly target: Target;
  /** All that were found; more than one lets the user choose. */
  readonly candidates: readonly Candidate[];
  readonly engine: EngineStatus;
  readonly config: ConfigFile;
  readonly liveRestore: LiveRestore;
  readonly containers: { readonly counts: ContainerCounts; readonly list: readonly Container[] } | null;
  /** Containers that run although the daemon does not manage them. */
  readonly orphans: readonly Orphan[];
  /** Null unless the daemon is down. */
  readonly outage: Outage | null;
  /** Null unless there is somebody to be saved, before the next start. */
  readonly rescue: Rescue | null;
  /** Null unless a daemon took containers with it, and they still do not run. */
  readonly fallen: Fallen | null;
  /** The last restart that was not asked for here, compared; null: none was seen. */
  readonly othersRestart: OthersRestart | null;
  /** Options of which something beside the default is known. */
  readonly options: readonly OptionTruth[];
  readonly findings: readonly Finding[];
  readonly rights: Rights;
  /** When what this user may not see himself was last read for him, in ms since 1970; null where nothing here is. */
  readonly seenAt: number | null;
  /** What the administrator of this computer locked; nothing on the practice daemon. */
  readonly policy: Policy;
  /** Null unless the package manager would make another version of the daemon that runs. */
  readonly upgrade: Upgrade | null;
  readonly operation: Operation;
  readonly lastOutcome: Outcome | null;
};

/** Our own program, so that the page asks nobody. */
/** How the app came here: what brings a newer version of it. */
export type Packaging = 'checkout' | 'archive' | 'appimage' | 'deb' | 'rpm';

export type AppFacts = {
  readonly version: string;
  readonly electron: string;
  readonly chromium: string;
  readonly node: string;
  /** True on the old runtime that only serves development and tests. */
  readonly unsupportedRuntime: boolean;
  readonly packaging: Packaging;
  readonly platform: string;
  /** False where the desktop shows no tray icons. */
  readonly tray: boolean;
  readonly logPath: string;
  readonly preferencesPath: string;
  /** Where an unreadable preferences file was put, to be told once. */
  readonly preferencesSetAside: string | null;
  readonly sandbox: SandboxStatus;
  /** The language that is spoken: of `preferences.language`, else of the system. */
  readonly language: Language;
  /** What the system asks for; `preferences.theme` may say otherwise. */
  readonly dark: boolean;
};

/** The private practice daemon. */
export type SandboxStatus =
  | { readonly state: 'off' }
  | { readonly state: 'unavailable'; readonly missing: readonly string[] }
  | { readonly state: 'starting' }
  | { readonly state: 'on'; readonly endpoint: string }
  | { readonly state: 'failed'; readonly lines: readonly string[] };

export type Snapshot = EngineView & {
  /** Grows by one with every change; a view ignores older ones. */
  readonly revision: number;
  readonly preferences: Preferences;
  readonly app: AppFacts;
};
