// How a finding looks, by how grave it is.
import type { Severity } from '@contract/severity.ts';
import type { Tone } from './parts/mark.tsx';

export const severityTones: Readonly<Record<Severity, Tone>> = { error: 'bad', warning: 'warn', info: 'off' };
