// The draft as values in, values out: what was typed and not applied, and how it meets a file that changes under it.
import { isJsonObject, sameJson, type Json, type JsonObject } from '@contract/json.ts';
import { patched, valueAt, withEdit, withoutEdit, type Change, type Patch } from '@contract/change.ts';
import type { ConfigFile, Snapshot } from '@contract/snapshot.ts';

/** Unapplied edits of daemon.json, and the file that they were made on. */
export type Draft = {
  readonly change: Change;
  /** Etag of that file; null: there was none. */
  readonly basedOn: string | null;
  /** True once somebody else changed the file while this draft was open. */
  readonly moved: boolean;
};

/** What one click puts right: single options, or a text that is no JSON for small reasons. */
export type Fix = Patch | { readonly text: string };

/** Whether a draft of this file can lead anywhere: with a password, or to be done by hand, where only rights are missing. */
export function mayDraft({ config, target }: Pick<Snapshot, 'config' | 'target'>): boolean {
  if (config.state === 'unknown' || target.access.kind === 'read-only') return false;
  return config.writable.ok || config.writable.block === 'denied';
}

/** Etag of the file as it is now: null where there is none, undefined where that is not known. */
export function etagOf(config: ConfigFile): string | null | undefined {
  switch (config.state) {
    case 'unknown':
      return undefined;
    case 'absent':
      return null;
    case 'read':
      return config.etag;
    case 'unreadable':
      return config.etag ?? undefined;
  }
}

/** The text of the file, empty where there is none; null where it cannot be had. */
export function textOf(config: ConfigFile): string | null {
  switch (config.state) {
    case 'unknown':
      return null;
    case 'absent':
      return '';
    case 'read':
    case 'unreadable':
      return config.text;
  }
}

/** The options in the file; null where the file cannot be read as options. */
export function valuesOf(config: ConfigFile): JsonObject | null {
  if (config.state === 'read') return config.values;
  return config.state === 'absent' ? {} : null;
}

/** The options as the draft would have them; null where its text, or the file, cannot be read as options. */
export function valuesWith(draft: Draft | null, config: ConfigFile): JsonObject | null {
  if (draft?.change.kind === 'text') return valuesIn(draft.change.text);
  const values = valuesOf(config);
  return values && draft ? patched(values, draft.change.patch) : values;
}

/** Reads a text as options, strictly; null where it is none. White space alone means no options, as on 23.0 and later. */
export function valuesIn(text: string): JsonObject | null {
  if (text.trim() === '') return {};
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : null;
  } catch {
    // Half-typed text is expected here; the plan says where its fault is.
    return null;
  }
}

/** True where this option, or something in it, was changed by the draft. */
export function touches(draft: Draft | null, config: ConfigFile, path: readonly string[]): boolean {
  if (draft === null) return false;
  const after = valuesWith(draft, config);
  const before = valuesOf(config);
  return after !== null && before !== null && !sameJson(valueAt(before, path), valueAt(after, path));
}

/**
 * The draft with one option set, or removed (`undefined`). An edit that says what the file says already is no edit,
 * and a draft without edits is none. Only for patches: texts are edited as texts.
 */
export function withField(
  draft: Draft | null,
  config: ConfigFile,
  path: readonly string[],
  value: Json | undefined,
): Draft | null {
  const values = valuesOf(config);
  const etag = etagOf(config);
  if (values === null || etag === undefined || draft?.change.kind === 'text') return draft;
  const before = draft?.change.patch ?? [];
  const same = sameJson(valueAt(values, path), value);
  const patch = same
    ? withoutEdit(before, path)
    : withEdit(before, value === undefined ? { path, remove: true } : { path, set: value });
  return patchDraft(patch, draft?.basedOn ?? etag, draft?.moved ?? false);
}

/** The draft with all of these edits, as `withField` makes them. */
export const withEdits = (draft: Draft | null, config: ConfigFile, patch: Patch): Draft | null =>
  patch.reduce((now, edit) => withField(now, config, edit.path, 'set' in edit ? edit.set : undefined), draft);

/** The draft with this text in place of all edits before it; none where the file says just that. */
export function withText(draft: Draft | null, config: ConfigFile, text: string): Draft | null {
  const etag = etagOf(config);
  if (etag === undefined) return draft;
  const kept = draft?.change.kind === 'text' ? draft : null;
  // Back to what the file says: nothing is left to apply, whatever it was made on.
  if (text === textOf(config)) return null;
  return { change: { kind: 'text', text }, basedOn: kept ? kept.basedOn : etag, moved: kept?.moved ?? false };
}

/**
 * The draft after the file changed. Edits stay, those that the file now has fall away; a text waits for the user's word,
 * because both cannot be kept.
 */
export function following(draft: Draft | null, config: ConfigFile): Draft | null {
  const etag = etagOf(config);
  if (draft === null || etag === undefined || etag === draft.basedOn) return draft;
  if (draft.change.kind === 'text') return textOf(config) === draft.change.text ? null : draft;
  const values = valuesOf(config);
  if (values === null) return draft;
  const patch = draft.change.patch.filter(
    (edit) => !sameJson(valueAt(values, edit.path), 'set' in edit ? edit.set : undefined),
  );
  return patchDraft(patch, etag, true);
}

/** The draft after the file was changed by ourselves, on its way to what the draft says: nobody else is in between. */
export function continued(draft: Draft, config: ConfigFile): Draft | null {
  const etag = etagOf(config);
  const after = following(draft, config);
  return after && etag !== undefined ? { ...after, basedOn: etag, moved: draft.moved } : after;
}

/** True where a text was typed on a file that is not there any more: keep mine, or take the file's. */
export function conflicts(draft: Draft | null, config: ConfigFile): boolean {
  const etag = etagOf(config);
  return draft?.change.kind === 'text' && etag !== undefined && etag !== draft.basedOn;
}

/** The same text, now meant for the file as it is. */
export function rebased(draft: Draft, config: ConfigFile): Draft {
  const etag = etagOf(config);
  return etag === undefined ? draft : { ...draft, basedOn: etag, moved: true };
}

function patchDraft(patch: Patch, basedOn: string | null, moved: boolean): Draft | null {
  return patch.length === 0 ? null : { change: { kind: 'patch', patch }, basedOn, moved };
}

/** The one edit behind the switch; off is written, because a key that is merely gone stays on in the running daemon. */
export const liveRestoreChange = (on: boolean): Change => ({
  kind: 'patch',
  patch: [{ path: ['live-restore'], set: on }],
});
