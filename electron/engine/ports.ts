// What the engine needs from this computer; the adapters live in platform/.
import type { Orphan, ProcessName } from '../contract/audit.ts';
import type { PolicyFile } from './policy.ts';
import type { Surroundings } from './candidates.ts';
import type { Elevation } from './elevation.ts';
import type { Machine } from './machine.ts';
import type { ServiceManager } from './service-manager.ts';
import type { Problem, WriteBlock } from '../contract/problem.ts';
import type { Author } from '../contract/history.ts';
import type { JsonObject } from '../contract/json.ts';
import type { Access, Candidate, Container, ManagerKind } from '../contract/snapshot.ts';
import type { PackageFacts } from '../contract/upgrade.ts';
import type { Duplex } from 'node:stream';

/** What ties an endpoint to one process, one file and one service manager on this computer. */
export type Identification = {
  readonly pid: number | null;
  /** Start time of that process in clock ticks, so that a reused pid is not taken for it. */
  readonly startTicks: string | null;
  /** The running program, resolved; null where it cannot be read. */
  readonly executable: string | null;
  /** Arguments after the program. Without a process: those that its unit or script would give. */
  readonly flags: readonly string[];
  /**
   * Those of its next start, as its unit, script and their settings say now; the same as `flags` where that cannot be
   * told.
   */
  readonly startFlags: readonly string[];
  /** The daemon's environment as far as it may be read; needed for PATH of `--validate`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly configPath: string | null;
  /** True where `--config-file` names it: then a missing file keeps the daemon from starting. */
  readonly configPathGiven: boolean;
  /** Where flags came from, for messages: "command line", "docker.service", "/etc/default/docker". */
  readonly flagSource: string;
  /** File and line of single flags, by `--name`, where that is known. */
  readonly flagPlaces: Readonly<Record<string, string>>;
  readonly manager: ServiceManager;
  readonly managerKind: ManagerKind;
  /** What could be shown without asking the daemon; `/info` is compared by the engine afterwards. */
  readonly access: Access;
  /**
   * The data root that the process itself shows (its open files below it), else by flags, else the usual one; null
   * where it cannot be told. Never from the file, which may have been edited since the start. Compared with `/info`
   * DockerRootDir.
   */
  readonly dataRoot: string | null;
  /** Whose it is or will be: root's, or of the user of a rootless one. What holds its containers is the same user's. */
  readonly uid: number;
  /** Where it keeps its things unless a flag or the file says otherwise. */
  readonly usual: UsualPlaces;
};

/** A rootless daemon has places of its own. */
export type UsualPlaces = {
  readonly execRoot: string;
  readonly dataRoot: string;
  /** The socket of a containerd that is not its own, which it takes where it is there and no flag says otherwise. */
  readonly containerd: string;
};

/** Attributes of a file that a replacement has to carry over, beyond bytes. */
export type FileAttributes = {
  /** Gives `to` the owner, mode, ACL, extended and inode attributes of `from`. Throws where that is not possible. */
  copy(from: string, to: string): Promise<void>;
  /** What would keep this existing file from being replaced: mounts, immutable bits, stores; null: nothing. */
  block(path: string): Promise<WriteBlock | null>;
};

/** Asks the daemon's own program whether it would start with a text; never writes a file. */
export type Validator = {
  validate(
    text: string,
    daemon: Identification,
  ): Promise<
    | { readonly kind: 'accepted' }
    | { readonly kind: 'refused'; readonly lines: readonly string[] }
    | {
        readonly kind: 'not-checked';
        readonly why: 'no-permission' | 'no-binary' | 'not-offered-by-version' | 'timeout' | 'path';
      }
  >;
};

/** A process that holds one container, and runs on without daemon and containerd. */
export type Shim = {
  /** Of its container. */
  readonly id: string;
  readonly pid: number;
  readonly startTicks: string;
  /** containerd's, `moby` where nobody said otherwise. */
  readonly namespace: string;
  /** Of the containerd that it was started by. */
  readonly address: string;
  /** systemd units in whose control groups it stands; empty without systemd. */
  readonly units: readonly string[];
  /** The container's first process; null where it has ended. */
  readonly first: (ProcessName & { readonly command: string }) | null;
};

/** A container that runs without its daemon, with what could be read of it. */
export type LeftRunning = {
  /** As far as its own files tell; `name` is empty where they may not be read. */
  readonly container: Container;
  /** The process that holds its pipes. */
  readonly shimPid: number;
};

/** What waits between one stream of a container and its daemon. */
export type StreamReading = {
  readonly id: string;
  readonly stream: 'stdout' | 'stderr';
  /** In all pipes that it passes. */
  readonly bytes: number;
  readonly capacity: number;
  /** The next write sleeps. */
  readonly full: boolean;
  /** Of a terminal only the last pipe can be seen. */
  readonly terminal: boolean;
};

export type PipeReport =
  | { readonly kind: 'measured'; readonly streams: readonly StreamReading[] }
  | { readonly kind: 'not-measured'; readonly why: 'no-rights' | 'no-program' | 'failed' | 'platform' };

/** What this computer shows that can hurt a daemon later. */
export type MachineLook = {
  /** Its systemd unit; null where there is none or it cannot be read. */
  readonly unit: {
    readonly name: string;
    readonly killMode: string;
    /** It has a command of its own that ends the daemon. */
    readonly execStop: boolean;
    readonly mountFlags: string;
    readonly privateMounts: boolean;
    readonly bindsTo: readonly string[];
    readonly requires: readonly string[];
    /** It was started too often, and systemd starts it no more. */
    readonly limited: boolean;
    /** Automatic restarts since somebody started it. */
    readonly restarts: number;
    readonly sockets: readonly string[];
  } | null;
  /** Of the processes that were asked for, those that do not run. */
  readonly gone: ReadonlySet<number>;
  /** The engine's package, where the system upgrades it by itself. */
  readonly unattended: string | null;
  /** The firewall's file that wipes everybody's rules, where it is loaded at every start. */
  readonly flushes: string | null;
  /** Local IPv4 addresses where the daemon lives; null where they cannot be seen. */
  readonly addresses: ReadonlySet<string> | null;
  /** Bridges with the number of what is plugged into each; null where they are not of our own network. */
  readonly bridges: ReadonlyMap<string, number> | null;
  /** Processes that hold a port (`8080/tcp`) for an address of a container, and belong to no daemon. */
  readonly proxies: readonly { readonly pid: number; readonly port: string; readonly target: string }[];
  /** Ports that the firewall sends to containers, as `8080/tcp`; null for all but root. */
  readonly forwarded: ReadonlySet<string> | null;
};

/** Everything platform-specific that the engine uses. */
export type Platform = {
  /** What finding daemons may look at (`findCandidates`): variables, home, user and files. Connects to nothing. */
  readonly surroundings: Omit<Surroundings, 'host' | 'context'>;
  /** Ties an endpoint to process, file and service manager. Connects to nothing. */
  identify(
    candidate: Candidate,
    overrides: { readonly configFile: string | null; readonly manager: ManagerKind | null },
  ): Promise<Identification>;
  /** True when a process that could be this daemon runs: only then may an armed or missing socket be connected to. */
  daemonRuns(candidate: Candidate, last: Identification | null): Promise<boolean>;
  /** Calls back when a daemon for this endpoint may be coming: unit state, a new socket file, a process. */
  watchForStart(candidate: Candidate, last: Identification | null, coming: () => void): () => void;
  /** The shims of this daemon's user: of nobody else's is anything believed. Reads /proc; connects to nothing. */
  shims(daemon: Pick<Identification, 'uid'>): readonly Shim[];
  /** Where something listens in the network of a process, e.g. `tcp/8080`; null where that cannot be seen. */
  listening(pid: number): ReadonlySet<string> | null;
  /** What a rehearsal runs; null on a processor that there is no program for. */
  drillImage(architecture: string): { readonly archive: Uint8Array; readonly command: string } | null;
  /** Ends a container's processes by hand: each looked at immediately before each signal. Null: they are gone. */
  endOrphan(orphan: Orphan): Promise<Problem | null>;
  /**
   * Containers of a daemon that is down which still run, found without it; `known` are ids of those that it told of.
   * Reads /proc and files; connects to nothing.
   */
  leftRunning(
    daemon: Identification,
    values: JsonObject | null,
    known: ReadonlySet<string>,
  ): Promise<readonly LeftRunning[]>;
  /** Looks at the pipes of containers, consuming nothing; with `enlargeTo` (bytes) makes smaller ones larger first. */
  measurePipes(left: readonly LeftRunning[], enlargeTo: number | null): Promise<PipeReport>;
  /** Who wrote a file that was changed at this time (ms since 1970), as far as this computer remembers. */
  whoWrote(path: string, at: number): Promise<Author>;
  /** Looks for what can hurt later; `pids` are processes that the daemon says run. Changes nothing. */
  machineLook(daemon: Identification, pids: readonly number[]): Promise<MachineLook>;
  /**
   * What the package manager tells of dockerd's package. Changes nothing, and fetches nothing unless `store` says that
   * somebody asks for what a snap's store has.
   */
  packageFacts(daemon: Identification, asked: { readonly store: boolean }): Promise<PackageFacts>;
  /** `pipe-max-size` in bytes; null where there is none. */
  pipeMaxSize(): number | null;
  /** Opens a stream to an endpoint that plain sockets cannot reach (ssh); null: use sockets. */
  dial(endpoint: string): (() => Duplex) | null;
  /** IPv4 networks that this computer reaches by a route, Docker's own left out; null where they cannot be seen. */
  networks(): readonly string[] | null;
  /** The administrator's policy for this computer, read afresh. */
  policy(): PolicyFile;
  readonly fileAttributes: FileAttributes;
  readonly validator: Validator;
  readonly elevation: Elevation;
  /**
   * This computer as a daemon would find it, with what stands at these paths; null where the daemon lives in another
   * network or mount namespace, or where it cannot be told what is missing. Looks only.
   */
  machine(paths: readonly string[], daemon: Identification): Promise<Machine | null>;
  /** Folder for journal, backups and lock: `/var/lib/afloat` for root, else the user's state folder. */
  readonly stateFolder: string;
};
