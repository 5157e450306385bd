// What the page knows: a mirror of the snapshot, the draft, and what was foretold about both.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { WayBack } from '@contract/history.ts';
import type { Bridge, PlaceName, StatusPart, Verb } from '@contract/ipc.ts';
import type { Messages } from '@contract/messages/page.ts';
import type { Outcome, Step } from '@contract/outcome.ts';
import type { Plan } from '@contract/plan.ts';
import type { Place, Problem, Result } from '@contract/problem.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { continued, following, type Draft } from './draft.ts';
import { noHistory, type UndoHistory } from './undo-history.ts';
import { noTitles, type Titles } from './fields/titles.ts';
import type { LatePart } from './late-part.ts';
import type { OptionPart } from './option-part.ts';
import { page as opening } from './opening-language.ts';
import type { WelcomePart } from './welcome-part.ts';

/** An answer to "what would happen?", which may still be on its way. */
export type Forecast = {
  /** The last answer, also while a newer one is asked for, so that nothing jumps. */
  readonly plan: Plan | null;
  readonly problem: Problem | null;
  /** False while the answer to the present question is not here. */
  readonly fresh: boolean;
};

/** What a confirmation is about. */
export type Subject =
  | { readonly kind: 'verb'; readonly verb: Verb }
  | { readonly kind: 'draft' }
  | { readonly kind: 'way-back' }
  | { readonly kind: 'live-restore'; readonly on: boolean };

/** An open confirmation. */
export type Question = { readonly subject: Subject; readonly forecast: Forecast };

/** What came of the last request; told until it is dismissed. */
export type Told =
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** A step of the running operation and when it was first seen, ms since 1970. */
export type Seen = { readonly step: Step; readonly at: number };

/** A way that is not gone yet: to an option or a place in the text, to an option's row, or to a part of Status. */
export type Jump =
  | { readonly to: 'json'; readonly at: readonly string[] | Place }
  | { readonly to: 'form'; readonly path: readonly string[] }
  | { readonly to: 'status'; readonly part: StatusPart };

/** Everything the page shows. */
export type View = {
  readonly snapshot: Snapshot | null;
  /** The sentences in the language that is spoken. */
  readonly messages: Messages;
  readonly place: PlaceName;
  /** What shows all options; null until it is loaded. */
  readonly optionPart: OptionPart | null;
  /** What options are called, wherever they are spoken of. */
  readonly titles: Titles;
  /** Pages that the window does not open with; null until they are loaded, a moment after it. */
  readonly latePart: LatePart | null;
  /** The page of the first start; null until it is loaded, which it is where it is shown. */
  readonly welcomePart: WelcomePart | null;
  readonly draft: Draft | null;
  readonly history: UndoHistory;
  readonly jump: Jump | null;
  /** Of the draft. */
  readonly forecast: Forecast;
  /** Of a restart as things are now. */
  readonly restart: Forecast;
  /** Of live restore turned on, where that is offered. */
  readonly turningOn: Forecast;
  /** What there is to go back to, or why nothing; null while nobody needs to know, and until it is known. */
  readonly wayBack: Result<WayBack> | null;
  readonly question: Question | null;
  /** True from a click until its answer: the file that changes meanwhile was changed by us. */
  readonly acting: boolean;
  readonly told: Told | null;
  readonly steps: readonly Seen[];
};

/** The view, and whoever follows it. */
export type ViewStore = StoreApi<View>;

/** Of a question that was not asked yet. */
export const unasked: Forecast = { plan: null, problem: null, fresh: false };

/** An empty view that shows the given place. */
export const createView = (place: PlaceName = 'daemon/advanced'): ViewStore =>
  createStore<View>(() => ({
    snapshot: null,
    messages: opening,
    place,
    optionPart: null,
    titles: noTitles,
    latePart: null,
    welcomePart: null,
    draft: null,
    history: noHistory,
    jump: null,
    forecast: unasked,
    restart: unasked,
    turningOn: unasked,
    wayBack: null,
    question: null,
    acting: false,
    told: null,
    steps: [],
  }));

/** Keeps the view a mirror of the snapshot. Returns the way to stop. */
export function mirror(store: ViewStore, bridge: Pick<Bridge, 'watch'>, now: () => number = Date.now): () => void {
  return bridge.watch((next) => store.setState((view) => mirrored(view, next, now())));
}

/** The view with a new snapshot in it; older ones change nothing. */
export function mirrored(view: View, next: Snapshot, now: number): View {
  const before = view.snapshot;
  if (before && next.revision <= before.revision) return view;
  const news = before && next.lastOutcome && next.lastOutcome.startedAt !== before.lastOutcome?.startedAt;
  return {
    ...view,
    snapshot: next,
    // While we act, the file changes by our own hand: the draft meets it when the outcome is known.
    draft: view.acting ? view.draft : following(view.draft, next.config),
    // What was edited for one daemon is nothing to go back to on another.
    history: sameTarget(before, next) ? view.history : noHistory,
    told: news && next.lastOutcome ? { kind: 'outcome', outcome: next.lastOutcome } : view.told,
    steps: stepsWith(view.steps, before, next, now),
  };
}

/**
 * The view after an answer: the draft that was applied (null: none was) is none any more, what was not applied meets
 * the file as it is now.
 */
export function settled(view: View, told: Told, applied: Draft | null): View {
  const done = told.kind === 'outcome' && (told.outcome.result === 'applied' || told.outcome.result === 'nothing');
  const before = { ...view, acting: false, told };
  if (applied !== null && done && view.draft === applied) return { ...before, draft: null, history: noHistory };
  if (view.draft === null || view.snapshot === null) return before;
  // After a roll-back the file has its old bytes and with them its old etag: the draft simply goes on.
  if (applied === null || !done) return { ...before, draft: following(view.draft, view.snapshot.config) };
  // What was edited while it was applied goes on from there: this file is ours.
  return { ...before, draft: continued(view.draft, view.snapshot.config), history: noHistory };
}

const sameTarget = (before: Snapshot | null, next: Snapshot): boolean =>
  before === null ||
  (before.target.endpoint === next.target.endpoint && before.target.configPath === next.target.configPath);

function stepsWith(
  steps: readonly Seen[],
  before: Snapshot | null,
  { operation }: Snapshot,
  now: number,
): readonly Seen[] {
  if (operation.kind === 'idle') return steps.length === 0 ? steps : [];
  const running = before?.operation;
  const same = running?.kind === 'running' && running.since === operation.since;
  if (!same) return [{ step: operation.step, at: now }];
  return steps.at(-1)?.step === operation.step ? steps : [...steps, { step: operation.step, at: now }];
}
