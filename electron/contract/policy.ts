// What the administrator of this computer decided about options of the daemon: which are locked, and what they should be.
import { isSamePart, settingAt } from './change.ts';
import { sameJson, type Json, type JsonObject } from './json.ts';

/** One option that the policy speaks of. */
export type PolicyOption = {
  /** As in the file, dotted. */
  readonly key: string;
  readonly path: readonly string[];
  /** Undefined: the policy locks it as it is. */
  readonly value: Json | undefined;
  /** In the administrator's words; null: none given. */
  readonly reason: string | null;
};

/** The policy file. A file that root vouches for but that cannot be read keeps everything locked: it may lock anything. */
export type Policy =
  | { readonly state: 'none' }
  | {
      readonly state: 'in-force';
      readonly path: string;
      readonly locked: readonly PolicyOption[];
      readonly defaults: readonly PolicyOption[];
    }
  /** Others than root can write it, so that it says nothing. */
  | { readonly state: 'untrusted'; readonly path: string; readonly at: string }
  | { readonly state: 'faulty'; readonly path: string; readonly fault: PolicyFault };

/** Why a policy file is none; `where` is a key, or a line and column. */
export type PolicyFault = {
  readonly kind: 'denied' | 'not-json' | 'version' | 'unknown-member' | 'unknown-option' | 'wrong-type' | 'no-value';
  readonly where: string;
};

export const noPolicy: Policy = { state: 'none' };

/** The lock on an option, on what it stands in, or on something in it; null: none. */
export function lockOn(policy: Policy, path: readonly string[]): PolicyOption | null {
  if (policy.state !== 'in-force') return null;
  return (
    policy.locked.find((lock) => lock.path.every((part, i) => i >= path.length || isSamePart(path, i, part))) ?? null
  );
}

/** The options that the file has otherwise than the policy wants; a default counts only where the file says nothing. */
export function policyDifferences(policy: Policy, values: JsonObject): readonly PolicyOption[] {
  if (policy.state !== 'in-force') return [];
  return [
    ...policy.locked.filter(({ path, value }) => value !== undefined && !sameJson(settingAt(values, path), value)),
    ...policy.defaults.filter(({ path }) => settingAt(values, path) === undefined),
  ];
}
