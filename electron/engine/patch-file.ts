// Reads a patch file, strictly and as a whole: one wrong member, and nothing of it is taken.
import { samePath, type Edit } from '../contract/change.ts';
import { isJsonObject, type Json, type JsonObject } from '../contract/json.ts';
import { PATCH_FORMAT, PATCH_VERSION, type PatchFile, type PatchFileFault } from '../contract/patch-file.ts';
import { fail, ok, type Result } from '../contract/problem.ts';
import { readConfigText } from './config-text.ts';

const mostEdits = 1000;

/** Carries the first fault out of the readers below; never leaves this file. */
class Faulty extends Error {
  readonly fault: PatchFileFault;
  readonly where: string;
  constructor(fault: PatchFileFault, where: string) {
    super(fault);
    this.fault = fault;
    this.where = where;
  }
}

/** Fails with `patch-file.invalid`. */
export function readPatchFile(bytes: Uint8Array, path: string): Result<PatchFile> {
  const text = readConfigText(bytes, path, null);
  const invalid = (fault: PatchFileFault, where: string): Result<never> =>
    fail({ kind: 'patch-file.invalid', path, fault, where });
  if (!text.ok) {
    const { problem } = text;
    const where = problem.kind === 'config.invalid' ? `${problem.place.line}:${problem.place.column}` : '';
    return invalid('not-json', where);
  }
  const [twice] = text.value.duplicates;
  if (twice) return invalid('not-json', twice.path.join('.'));
  try {
    return ok(patchIn(text.value.values));
  } catch (error) {
    if (error instanceof Faulty) return invalid(error.fault, error.where);
    throw error;
  }
}

function patchIn(values: JsonObject): PatchFile {
  if (values['format'] !== PATCH_FORMAT) throw new Faulty('format', 'format');
  if (values['version'] !== PATCH_VERSION) throw new Faulty('version', 'version');
  onlyMembers(values, ['format', 'version', 'summary', 'edits'], '');
  const { summary = '', edits } = values;
  if (typeof summary !== 'string') throw new Faulty('wrong-type', 'summary');
  if (!Array.isArray(edits) || edits.length > mostEdits) throw new Faulty('wrong-type', 'edits');
  if (edits.length === 0) throw new Faulty('empty', 'edits');
  const read = edits.map((edit: Json, i) => editIn(edit, `edits.${i}`));
  read.forEach(({ path }, i) => {
    const other = read.slice(0, i).find((one) => covers(one.path, path) || covers(path, one.path));
    if (other) throw new Faulty('same-place', `edits.${i}.path`);
  });
  return { summary, edits: read };
}

const covers = (outer: readonly string[], inner: readonly string[]): boolean =>
  samePath(outer, inner.slice(0, outer.length));

function editIn(edit: Json, where: string): Edit {
  if (!isJsonObject(edit)) throw new Faulty('wrong-type', where);
  onlyMembers(edit, ['path', 'set', 'remove'], where);
  const path = edit['path'];
  if (!Array.isArray(path) || path.length === 0 || !path.every(isName)) throw new Faulty('wrong-type', `${where}.path`);
  const { set, remove } = edit;
  if ((set === undefined) === (remove === undefined)) throw new Faulty('set-or-remove', where);
  if (set !== undefined) return { path, set };
  if (remove !== true) throw new Faulty('wrong-type', `${where}.remove`);
  return { path, remove: true };
}

const isName = (part: unknown): part is string => typeof part === 'string' && part !== '';

function onlyMembers(values: JsonObject, members: readonly string[], where: string): void {
  const extra = Object.keys(values).find((key) => !members.includes(key));
  if (extra !== undefined) throw new Faulty('unknown-member', where === '' ? extra : `${where}.${extra}`);
}
