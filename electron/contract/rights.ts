// What this user may do to the daemon, as far as it can be told without asking him anything.

import type { Problem } from './problem.ts';

/** `asks`: after an administrator's password. */
export type Allowed = 'yes' | 'asks' | 'no';

export type Rights = {
  /**
   * The step with root's rights: `unneeded` where our own rights are those of the daemon's user, `missing` where Afloat's
   * package, or the system's part of it, is not installed.
   */
  readonly step: 'unneeded' | 'installed' | 'missing';
  /** What asking for that step would be answered; null where there is none. */
  readonly control: Allowed | null;
  /** Whether systemd would let us manage its units; null where nobody can be asked. */
  readonly unit: Allowed | null;
  /** Whether we are in the group that owns the daemon's socket; null where there is no such socket. */
  readonly group: boolean | null;
};

/** Whether the file can be written: by ourselves, or by the step with root's rights behind one question. */
export const canWrite = (
  writable: { readonly ok: boolean; readonly block?: string },
  { step, control }: Rights,
): boolean => writable.ok || (writable.block === 'denied' && step === 'installed' && control !== 'no');

/** Whether nothing but the rights of this user keeps the file from being written. */
export const lacksRights = (problem: Problem | null | undefined): boolean =>
  problem?.kind === 'config.not-writable' && problem.block === 'denied';

/** Before anything was looked at. */
export const unknownRights: Rights = { step: 'unneeded', control: null, unit: null, group: null };
