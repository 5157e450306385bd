// What a check of the doctor is: a small pure question about one look at everything.
import type { CheckId, DoctorAbout } from '../../contract/doctor.ts';
import type { Finding } from '../../contract/plan.ts';
import type { Container, EngineFacts, ManagerKind } from '../../contract/snapshot.ts';
import type { MachineLook, Shim } from '../ports.ts';

/** Of a container, beyond what is published of it. */
export type Inspected = {
  readonly id: string;
  /** Log driver with the address that it sends to; empty where it has none. */
  readonly logDriver: string;
  readonly logAddress: string;
};

export type Network = { readonly name: string; readonly driver: string };

/** Everything that a check may look at, gathered once. What nobody could read is null. */
export type Look = {
  /** Null for a daemon that does not run. */
  readonly facts: EngineFacts | null;
  readonly manager: ManagerKind;
  readonly containers: readonly Container[];
  readonly inspected: readonly Inspected[];
  readonly networks: readonly Network[] | null;
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
