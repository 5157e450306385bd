// What a check of the doctor is: a small pure question about one look at everything.
import type { CheckId, DoctorAbout } from '../../contract/doctor.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { Finding } from '../../contract/plan.ts';
import type { Container, EngineFacts, ManagerKind } from '../../contract/snapshot.ts';
import type { MachineLook, Shim } from '../ports.ts';

/** Of a container, beyond what is published of it. */
export type Inspected = {
  readonly id: string;
  /** Log driver with the address that it sends to; empty where it has none. */
  readonly logDriver: string;
  readonly logAddress: string;
  /** A folder or file of this computer is mounted in it. */
  readonly bindMount: boolean;
  /** `host-gateway` is among its hosts. */
  readonly hostGateway: boolean;
  readonly restartPolicy: string;
  /** Why its last start failed, in the daemon's words; empty where it did not. */
  readonly error: string;
};

export type Network = {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly subnets: readonly string[];
  readonly options: Readonly<Record<string, string>>;
};

/** `mounted`: with a file system of its own, as NFS or tmpfs. */
export type Volume = { readonly name: string; readonly mounted: boolean };

/** Everything that a check may look at, gathered once. What nobody could read is null. */
export type Look = {
  /** Null for a daemon that does not run. */
  readonly facts: EngineFacts | null;
  readonly manager: ManagerKind;
  /** Of the running daemon, or of its next start. */
  readonly flags: readonly string[];
  /** Of its file; null where that cannot be read. */
  readonly values: JsonObject | null;
  readonly containers: readonly Container[];
  /** Only those that one of the checks asks more about. */
  readonly inspected: readonly Inspected[];
  readonly networks: readonly Network[] | null;
  /** Those that containers use; null where no check asks for them. */
  readonly volumes: readonly Volume[] | null;
  /** `/info` `CgroupDriver`; null where it was not said, or no running container has a GPU. */
  readonly cgroupDriver: string | null;
  /** Null where the daemon is not on this computer. */
  readonly shims: readonly Shim[] | null;
  readonly machine: MachineLook;
};

export type Check<Id extends CheckId = CheckId> = {
  readonly id: Id;
  /** Numbers of moby's and others' issues that tell of it; where it was measured, that. */
  readonly source: string;
  /** Engine versions that it can meet: from, and first good one; null: no bound. */
  readonly versions: { readonly from: string | null; readonly until: string | null };
  readonly severity: Finding['severity'];
  /** Empty: healthy, or not to be known here. */
  find(look: Look): readonly Extract<DoctorAbout, { readonly check: Id }>[];
};

/** Keeps a check's own kind, so that its findings are of that kind and no other. */
export const check = <Id extends CheckId>(one: Check<Id>): Check<Id> => one;

export const anyVersion = { from: null, until: null };
