// What somebody wants to change in daemon.json: single edits, or a whole new text.
import { isJsonObject, sameJson, type Json, type JsonObject } from './json.ts';

/** One edit: set the value at a path (objects on the way are made), or remove what is there. */
export type Edit =
  | { readonly path: readonly string[]; readonly set: Json }
  | { readonly path: readonly string[]; readonly remove: true };

/** Unsaved edits, in order; at most one per path. */
export type Patch = readonly Edit[];

/** A change of the daemon configuration file: edits that leave all other bytes alone, or a whole new file. */
export type Change =
  | { readonly kind: 'patch'; readonly patch: Patch }
  | { readonly kind: 'text'; readonly text: string };

/** Tells whether two edits speak of the same place. */
export const samePath = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((part, i) => part === b[i]);

/** The patch with this edit in it, in place of an earlier one for the same path or below it. */
export function withEdit(patch: Patch, edit: Edit): Patch {
  const covers = (other: Edit): boolean => samePath(other.path.slice(0, edit.path.length), edit.path);
  return [...patch.filter((other) => !covers(other)), edit];
}

/** The patch without any edit at this path or below it. */
export const withoutEdit = (patch: Patch, path: readonly string[]): Patch =>
  patch.filter((edit) => !samePath(edit.path.slice(0, path.length), path));

/** The value at a path, or undefined where there is none. */
export function valueAt(values: JsonObject, path: readonly string[]): Json | undefined {
  let now: Json | undefined = values;
  for (const part of path) now = isJsonObject(now) && Object.hasOwn(now, part) ? now[part] : undefined;
  return now;
}

/** The edits that make one set of options of another: objects member by member, everything else as a whole. */
export function patchBetween(before: JsonObject, after: JsonObject, at: readonly string[] = []): Patch {
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  return [
    ...gone.map((key): Edit => ({ path: [...at, key], remove: true })),
    ...Object.entries(after).flatMap(([key, value]): Patch => {
      const path = [...at, key];
      const old = Object.hasOwn(before, key) ? before[key] : undefined;
      if (sameJson(old, value)) return [];
      return isJsonObject(old) && isJsonObject(value) ? patchBetween(old, value, path) : [{ path, set: value }];
    }),
  ];
}

/** The values as they would be with the patch applied; the counterpart of editing the text. */
export const patched = (values: JsonObject, patch: Patch): JsonObject =>
  patch.reduce((now, edit) => patchedAt(now, edit.path, edit), values);

function patchedAt(values: JsonObject, path: readonly string[], edit: Edit): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) return values;
  if (rest.length === 0) {
    // A computed key, not an assignment: `__proto__` is a key like any other here.
    if ('set' in edit) return { ...values, [key]: edit.set };
    const { [key]: _, ...others } = values;
    return others;
  }
  const inner = Object.hasOwn(values, key) ? values[key] : undefined;
  if ('remove' in edit && !isJsonObject(inner)) return values;
  return { ...values, [key]: patchedAt(isJsonObject(inner) ? inner : {}, rest, edit) };
}

/** True where two paths name one option. */
export const isSamePart = (path: readonly string[], at: number, part: string): boolean =>
  path[0] === 'builder' ? path[at]?.toLowerCase() === part.toLowerCase() : path[at] === part;

/** What stands at an option's path, below `builder` whatever the case of its keys. */
export function settingAt(values: JsonObject, path: readonly string[]): Json | undefined {
  let now: Json | undefined = values;
  for (const [at, part] of path.entries()) {
    const inside: JsonObject = now !== undefined && isJsonObject(now) ? now : {};
    const found = part in inside ? part : Object.keys(inside).find((key) => isSamePart(path, at, key));
    now = found === undefined ? undefined : inside[found];
  }
  return now;
}
