// A change as a file of its own, to be kept, reviewed and carried to other hosts; the format is in docs/patch-file.md.
import type { Patch } from './change.ts';

export const PATCH_FORMAT = 'afloat-patch';
export const PATCH_VERSION = 1;

export type PatchFile = {
  /** One line for people; empty where none was given. */
  readonly summary: string;
  readonly edits: Patch;
};

/** Why a file is no patch; `where` is a member such as `edits.2.path`, or a line and column. */
export type PatchFileFault =
  | 'not-json'
  | 'format'
  | 'version'
  | 'unknown-member'
  | 'wrong-type'
  | 'empty'
  | 'same-place'
  | 'set-or-remove';

/** The file of a patch, always with the same bytes for the same patch. */
export function patchFileText({ summary, edits }: PatchFile): string {
  const file = { format: PATCH_FORMAT, version: PATCH_VERSION, ...(summary === '' ? {} : { summary }), edits };
  return `${JSON.stringify(file, null, 2)}\n`;
}
