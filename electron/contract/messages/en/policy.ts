// English: what the administrator's policy keeps from being changed, and what is wrong with the policy file.
import type { PolicyFault } from '../../policy.ts';

const faults: Readonly<Record<PolicyFault['kind'], (where: string) => string>> = {
  denied: (where) => `It may not be read: ${where}.`,
  'not-json': (where) => `It is not valid JSON, at ${where}.`,
  version: () => '“version” must be 1.',
  'unknown-member': (where) => `It holds “${where}”, which a policy does not have.`,
  'unknown-option': (where) => `Docker has no option of the name in “${where}”.`,
  'wrong-type': (where) => `“${where}” is of the wrong kind.`,
  'no-value': (where) => `“${where}” has no value.`,
};

export const policy = {
  fault: ({ kind, where }: PolicyFault): string => faults[kind](where),
  locked: (path: string, reason: string | null): string =>
    `Locked by the administrator of this computer (${path}).${reason === null ? '' : ` ${reason}`}`,
};
