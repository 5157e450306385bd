// Undo and redo of the draft, whatever view it was edited in: one line of drafts, with what was typed in one go as one step.
import { following, type Draft } from './draft.ts';
import type { ConfigFile } from '@contract/snapshot.ts';

/** The drafts before and behind the present one, nearest first. */
export type UndoHistory = {
  readonly past: readonly (Draft | null)[];
  readonly future: readonly (Draft | null)[];
  /** What the last edit was part of, and when it was, ms since 1970. */
  readonly run: string | null;
  readonly at: number;
};

/** Nothing to go back to. */
export const noHistory: UndoHistory = { past: [], future: [], run: null, at: 0 };

/** A pause after which typing goes on as a step of its own, in ms. */
export const PAUSE_IN_TYPING_MS = 1000;
const MOST_STEPS = 200;

/** A draft with its history. */
export type Line = { readonly draft: Draft | null; readonly history: UndoHistory };

/**
 * The line after an edit. `run` names what belongs together (typing in one field, or on in the text); null: the edit is
 * a step by itself.
 */
export function recorded({ draft, history }: Line, next: Draft | null, run: string | null, now: number): Line {
  if (next === draft) return { draft, history };
  const goesOn = run !== null && run === history.run && now - history.at < PAUSE_IN_TYPING_MS;
  const past = goesOn ? history.past : [draft, ...history.past].slice(0, MOST_STEPS);
  return { draft: next, history: { past, future: [], run, at: now } };
}

/** The line one step back; the draft that comes back meets the file as it is now. */
export function undone({ draft, history }: Line, config: ConfigFile): Line {
  const [back, ...past] = history.past;
  if (back === undefined) return { draft, history };
  return {
    draft: following(back, config),
    history: { ...noHistory, past, future: [draft, ...history.future] },
  };
}

/** The line one step forward again. */
export function redone({ draft, history }: Line, config: ConfigFile): Line {
  const [forth, ...future] = history.future;
  if (forth === undefined) return { draft, history };
  return {
    draft: following(forth, config),
    history: { ...noHistory, past: [draft, ...history.past], future },
  };
}
