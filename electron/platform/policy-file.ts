// Finds the policy file of this computer's administrator; one that others than root could have written says nothing.
import { lstatSync, readFileSync } from 'node:fs';
import type { PolicyFile } from '../engine/policy.ts';
import { distrustOf } from './trusted-path.ts';

/** Its one place. */
export const policyPath = '/etc/afloat/policy.json';

/** Reads it afresh: it is small, and what it says must hold at once. */
export function readPolicyFile(path = policyPath): PolicyFile {
  try {
    lstatSync(path);
    const distrust = distrustOf(path, { orMissing: false });
    if (distrust !== null) return { kind: 'untrusted', path, at: distrust.at };
    return { kind: 'read', path, bytes: readFileSync(path) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'none' };
    // Rights, or a disk that fails: one that is there and cannot be read may lock anything.
    return { kind: 'denied', path };
  }
}
