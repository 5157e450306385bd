// Small reviewed changes that are offered by name.
import type { Patch } from './change.ts';

export const presetNames = [
  'log-rotation',
  'system-proxy',
  'registry-mirror',
  'address-pools',
  'ci-host',
  'cis-hints',
  'policy',
] as const;
export type PresetName = (typeof presetNames)[number];

/** Why a preset is not for this daemon. */
export type PresetLack =
  | 'other-log-driver'
  | 'no-proxy-here'
  | 'too-old'
  | 'no-free-range'
  | 'routes-unknown'
  | 'windows'
  | 'no-policy'
  | 'needs-value'
  /** The file has all of it. */
  | 'done';

export type Preset =
  | { readonly name: PresetName; readonly patch: Patch }
  | { readonly name: PresetName; readonly lack: PresetLack };
