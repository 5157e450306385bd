// Everything a click can do: each either changes the draft here or asks main, and shows what came of it.
import type { Bridge, Navigation, PlaceName, RequestName, Requests, Verb } from '@contract/ipc.ts';
import type { ProcessName } from '@contract/audit.ts';
import type { Json } from '@contract/json.ts';
import type { Drill } from '@contract/drill.ts';
import { valueAt, withEdit, type Change, type Patch } from '@contract/change.ts';
import type { ExportForm } from '@contract/export-form.ts';
import type { History } from '@contract/history.ts';
import { consentTo, type Consent, type Plan } from '@contract/plan.ts';
import { fail, ok, type Place, type Problem, type Result } from '@contract/problem.ts';
import {
  conflicts,
  liveRestoreChange,
  rebased,
  valuesOf,
  valuesWith,
  withEdits,
  withField,
  withText,
  type Draft,
  type Fix,
} from './draft.ts';
import { canGoBack } from './down.ts';
import { createForecasts } from './forecasts.ts';
import { recorded, redone, undone } from './undo-history.ts';
import { createMuting } from './muting.ts';
import { settled, unasked, type Jump, type Question, type Subject, type Told, type ViewStore } from './store.ts';

export type Actions = ReturnType<typeof createActions>;

/** The page's verbs, bound to a view and to the door. */
export function createActions(store: ViewStore, bridge: Bridge) {
  const { getState: get, setState: set } = store;

  async function ask<R extends RequestName>(
    name: R,
    input: Requests[R]['input'],
  ): Promise<Result<Requests[R]['output']>> {
    try {
      const request = bridge[name] as (input: Requests[R]['input']) => Promise<Result<Requests[R]['output']>>;
      return await request(input);
    } catch {
      // The door answers every expected failure with a value: what throws is a bug, and main has logged it.
      return fail({ kind: 'internal', reference: name });
    }
  }

  /** Asks for something that has no outcome of its own; only a problem is worth telling. */
  async function tell<R extends RequestName>(name: R, input: Requests[R]['input']): Promise<void> {
    const answer = await ask(name, input);
    if (!answer.ok) set({ told: { kind: 'problem', problem: answer.problem } });
  }

  /** Asks for a text; where there is none, why is told. */
  async function answer(name: 'diagnostics.make' | 'diagnostics.save'): Promise<string | null> {
    const given = await ask(name, null);
    if (given.ok) return given.value;
    set({ told: { kind: 'problem', problem: given.problem } });
    return null;
  }

  const forecasts = createForecasts(store, ask);

  /** `run` names the edits that are undone together. */
  const put = (draft: Draft | null, run: string | null = null): void =>
    set((view) => recorded(view, draft, run, Date.now()));

  function edit(path: readonly string[], value: Json | undefined): void {
    const { snapshot, draft } = get();
    if (snapshot === null) return;
    // What is typed letter by letter is one step, a click is one each.
    const typed = typeof value === 'string' || typeof value === 'number';
    const run = typed ? `field ${JSON.stringify(path)}` : null;
    if (draft?.change.kind !== 'text') return put(withField(draft, snapshot.config, path, value), run);
    void intoText([value === undefined ? { path, remove: true } : { path, set: value }], run);
  }

  /** Edits inside of the text that is the draft when they can be made: somebody may have typed on meanwhile. */
  async function intoText(patch: Patch, run: string | null): Promise<void> {
    const before = get().draft;
    const { textWithAll } = await import('./text-edit.ts');
    const { snapshot, draft } = get();
    if (snapshot === null) return;
    if (draft?.change.kind !== 'text') return put(withEdits(draft, snapshot.config, patch), run);
    // What was half-typed meanwhile has no place for them.
    if (draft !== before && valuesWith(draft, snapshot.config) === null) return;
    put(withText(draft, snapshot.config, textWithAll(draft.change.text, patch)), run);
  }

  /** Takes edits into the draft, as one step. */
  async function take(patch: Patch): Promise<void> {
    const { snapshot, draft } = get();
    if (draft?.change.kind === 'text') await intoText(patch, null);
    else if (snapshot) put(withEdits(draft, snapshot.config, patch));
  }

  /** Another text of the file as an open change: what it does is shown before it is applied. */
  function openText(text: string): void {
    const { snapshot } = get();
    if (snapshot === null) return;
    put(withText(null, snapshot.config, text));
    set({ place: 'daemon/json' });
  }

  /** The draft's change with more edits. */
  async function withPatch(patch: Patch): Promise<Change> {
    const before = get().draft?.change;
    if (before?.kind !== 'text') return { kind: 'patch', patch: patch.reduce(withEdit, before?.patch ?? []) };
    const { textWithAll } = await import('./text-edit.ts');
    return { kind: 'text', text: textWithAll(before.text, patch) };
  }

  async function act(verb: Verb, consent: Consent): Promise<void> {
    await finish(null, () => ask('engine.act', { verb, ...consent }));
  }

  async function send(change: Change, etag: string | null, consent: Consent): Promise<void> {
    await finish(null, () => ask('config.apply', { change, etag, ...consent }));
  }

  /** Puts the version that is shown into the file that was planned with, and starts. */
  async function sendBack({ etag }: Plan, consent: Consent): Promise<void> {
    const { wayBack } = get();
    if (!wayBack?.ok) return;
    const { id } = wayBack.value.version;
    await finish(null, () => ask('engine.go-back', { id, etag, ...consent }));
  }

  async function sendDraft(draft: Draft, consent: Consent): Promise<void> {
    const { change, basedOn } = draft;
    await finish(draft, () => ask('config.apply', { change, etag: basedOn, ...consent }));
  }

  /** `applied`: the draft that is sent, where it is one. */
  async function finish(applied: Draft | null, request: () => ReturnType<typeof ask<'engine.act'>>): Promise<void> {
    // Main would refuse a second one, and its answer would pass for the one to what runs.
    if (get().acting) return;
    set({ question: null, acting: true, told: null });
    const answer = await request();
    const told: Told = answer.ok
      ? { kind: 'outcome', outcome: answer.value }
      : { kind: 'problem', problem: answer.problem };
    set((view) => settled(view, told, applied));
  }

  /** Resolves with what the smallest holds afterwards (null: none was measured), or with why not, which is told too. */
  async function enlargePipes(bytes: number): Promise<Result<number | null>> {
    const answer = await ask('pipes.enlarge', bytes);
    if (!answer.ok) {
      set({ told: { kind: 'problem', problem: answer.problem } });
      return answer;
    }
    const sizes = answer.value.containers.flatMap(({ pipes }) => (pipes ? [pipes.capacity] : []));
    return ok(sizes.length === 0 ? null : Math.min(...sizes));
  }

  let clicks = 0;

  /** What this would do; null where somebody clicked on meanwhile: only the last click counts. */
  async function foretoldFor(request: () => Promise<Result<Plan>>): Promise<Result<Plan> | null> {
    if (get().acting) return null;
    clicks += 1;
    const click = clicks;
    const plan = await request();
    return click === clicks && !get().acting ? plan : null;
  }

  /** Opens a confirmation; its forecast follows. */
  function confirm(subject: Subject): void {
    clicks += 1;
    const forecast = subject.kind === 'draft' ? get().forecast : unasked;
    set({ question: { subject, forecast }, told: null });
  }

  /** In file and daemon, at once; asks first where somebody is at stake. */
  async function switchLiveRestore(on: boolean): Promise<void> {
    const change = liveRestoreChange(on);
    const plan = await foretoldFor(() => ask('config.plan', change));
    if (plan === null) return;
    const isSafe = plan.ok && plan.value.blocked === null && plan.value.needs.length === 0;
    if (isSafe) return send(change, plan.value.etag, { accept: [] });
    confirm({ kind: 'live-restore', on });
  }

  function confirmed({ subject, forecast }: Question): void {
    const { draft, snapshot } = get();
    const plan = forecast.plan;
    if (!forecast.fresh || plan === null || plan.blocked !== null || snapshot === null) return;
    if (subject.kind === 'verb') void act(subject.verb, consentTo(plan));
    else if (subject.kind === 'draft' && draft) void sendDraft(draft, consentTo(plan));
    else if (subject.kind === 'way-back') void sendBack(plan, consentTo(plan));
    else if (subject.kind === 'live-restore') void send(liveRestoreChange(subject.on), plan.etag, consentTo(plan));
  }

  return {
    /** Saves whoever outlived the daemon; `etag` is of the file that was shown. */
    rescue: (etag: string | null, keep: boolean): Promise<void> =>
      finish(null, () => ask('engine.rescue', { etag, keep })),
    /** Brings the daemon back with the file that worked; asks first where that harms somebody. */
    goBack: async (): Promise<void> => {
      const { wayBack } = get();
      if (!canGoBack(wayBack)) return;
      const { plan } = wayBack.value;
      if (plan.needs.length > 0) return confirm({ kind: 'way-back' });
      await sendBack(plan, { accept: [] });
    },
    enlargePipes,
    /** Null: it could not be read, which is told. */
    readHistory: async (): Promise<History | null> => {
      const answer = await ask('history.read', null);
      if (!answer.ok) set({ told: { kind: 'problem', problem: answer.problem } });
      return answer.ok ? answer.value : null;
    },
    versionText: (id: string) => ask('history.text', id),
    openText,
    /** A check of the doctor that is not told any more, or again. */
    ...createMuting(
      () => get().snapshot?.preferences.mutedChecks ?? [],
      (mutedChecks) => tell('preferences.set', { mutedChecks }),
    ),
    notices: createMuting(
      () => get().snapshot?.preferences.mutedNotices ?? [],
      (mutedNotices) => tell('preferences.set', { mutedNotices }),
    ),
    startAgain: (): Promise<void> => tell('containers.start-again', null),
    edit,
    /** `run`: see `recorded`. */
    editText: (text: string, run: string | null = null): void => {
      const { snapshot, draft } = get();
      if (snapshot) put(withText(draft, snapshot.config, text), run);
    },
    discard: (): void => put(null),
    stepBack: (): void => set((view) => (view.snapshot && !view.acting ? undone(view, view.snapshot.config) : view)),
    stepForth: (): void => set((view) => (view.snapshot && !view.acting ? redone(view, view.snapshot.config) : view)),
    presets: (mirror: string | null) => ask('presets.list', mirror),
    importPatch: () => ask('patch.import', null),
    /** Writes the draft for other hosts. */
    exportDraft: async (form: ExportForm): Promise<void> => {
      const { draft } = get();
      if (draft) await tell('patch.export', { form, change: draft.change });
    },
    /** What the draft would be with these edits in it too, and what that would do. */
    foretell: async (patch: Patch): Promise<Result<Plan>> => ask('config.plan', await withPatch(patch)),
    take,
    /** What one click puts right, into the draft. */
    putRight: async (fix: Fix): Promise<void> => ('text' in fix ? openText(fix.text) : take(fix)),
    /** Shows where an option stands, or would stand, in the text; or a place there. */
    showInJson: (at: readonly string[] | Place): void => set({ place: 'daemon/json', jump: { to: 'json', at } }),
    /** Shows the row of an option, or of the one that it stands in: Basic only repeats some of them. */
    showInForm: (path: readonly string[]): void => set({ place: 'daemon/advanced', jump: { to: 'form', path } }),
    /** A jump there came where it wanted to, or is not wanted any more. */
    landed: (to: Jump['to']): void => set((view) => (view.jump?.to === to ? { jump: null } : view)),
    /** Gives one option back to the file. */
    undo: (path: readonly string[]): void => {
      const { snapshot } = get();
      const values = snapshot && valuesOf(snapshot.config);
      if (values) edit(path, valueAt(values, path));
    },
    /** Keeps the typed text although the file changed; what the file says now is overwritten when it is applied. */
    keepMine: (): void => {
      const { snapshot, draft } = get();
      if (snapshot && draft) put(rebased(draft, snapshot.config));
    },
    /** Applies the draft, after a confirmation where something is at stake. */
    apply: (): void => {
      const { draft, forecast, snapshot, acting } = get();
      const plan = forecast.plan;
      if (
        acting ||
        !draft ||
        !snapshot ||
        !plan ||
        !forecast.fresh ||
        plan.blocked ||
        conflicts(draft, snapshot.config)
      )
        return;
      if (plan.needs.length > 0) confirm({ kind: 'draft' });
      else void sendDraft(draft, { accept: [] });
    },
    /** Does a verb that harms nothing at once, and asks first where it could. */
    begin: async (verb: Verb): Promise<void> => {
      if (verb === 'restart' || verb === 'stop') return confirm({ kind: 'verb', verb });
      // A start that would end containers which can still be saved.
      if (verb === 'start' && get().snapshot?.rescue) return confirm({ kind: 'verb', verb });
      const plan = await foretoldFor(() => ask('engine.plan', verb));
      if (plan === null) return;
      if (plan.ok && plan.value.blocked === null && plan.value.needs.length === 0) return act(verb, { accept: [] });
      if (plan.ok && plan.value.blocked === null) return confirm({ kind: 'verb', verb });
      const problem = plan.ok ? plan.value.blocked : plan.problem;
      set({ told: problem && { kind: 'problem', problem } });
    },
    /** Does what was asked about, with larger pipes first where that is wanted; not without them: why is returned. */
    confirmed: async (enlargeTo: number | null = null): Promise<Problem | null> => {
      const asked = get().question?.subject;
      const enlarged = enlargeTo === null ? null : await enlargePipes(enlargeTo);
      if (enlarged?.ok === false) return enlarged.problem;
      const { question } = get();
      // Who went on to something else meanwhile has confirmed nothing of it.
      if (question && question.subject === asked) confirmed(question);
      return null;
    },
    cancel: (): void => set({ question: null }),
    dismiss: (): void => set({ told: null }),
    show: (place: PlaceName): void => set({ place }),
    /** Goes where the tray or a notification points, with the confirmation that it asks for. */
    navigate: ({ place, part, confirm: wish }: Navigation): void => {
      set({ place, jump: part === undefined ? null : { to: 'status', part } });
      if (wish === null) return;
      if (wish !== 'live-restore-on' && wish !== 'live-restore-off') return confirm({ kind: 'verb', verb: wish });
      const on = wish === 'live-restore-on';
      // With a draft open it is one edit more: applied together, or not at all.
      if (get().draft) edit(['live-restore'], on);
      else confirm({ kind: 'live-restore', on });
    },
    choose: (endpoint: string): Promise<void> => tell('target.choose', endpoint),
    endOrphan: (orphan: ProcessName): Promise<void> => tell('orphan.end', orphan),
    look: (): Promise<void> => tell('engine.look', null),
    /** Null where it could not even be asked, which is told. */
    drill: async (): Promise<Drill | null> => {
      const answer = await ask('drill.run', null);
      if (!answer.ok) set({ told: { kind: 'problem', problem: answer.problem } });
      return answer.ok ? answer.value : null;
    },
    /** Turns live restore off in file and daemon, which defuses a swarm node. */
    defuse: (): Promise<void> => switchLiveRestore(false),
    /** Turns live restore on; with a draft open it is one edit more. */
    protect: async (): Promise<void> => {
      if (get().draft) edit(['live-restore'], true);
      else await switchLiveRestore(true);
    },
    refresh: (): Promise<void> => tell('engine.refresh', null),
    revealConfig: (): Promise<void> => tell('config.reveal', null),
    revealLog: (): Promise<void> => tell('log.reveal', null),
    revealPreferences: (): Promise<void> => tell('preferences.reveal', null),
    diagnostics: {
      make: (): Promise<string | null> => answer('diagnostics.make'),
      copy: async (): Promise<boolean> => (await ask('diagnostics.copy', null)).ok,
      save: (): Promise<string | null> => answer('diagnostics.save'),
    },
    open: (link: Requests['link.open']['input']): Promise<void> => tell('link.open', link),
    prefer: (preferences: Requests['preferences.set']['input']): Promise<void> => tell('preferences.set', preferences),
    sandbox: (on: boolean): Promise<void> => tell(on ? 'sandbox.start' : 'sandbox.stop', null),
    /** Follows the view: plans what is new, tells main of the draft. Returns the way to stop. */
    follow: (): (() => void) => {
      void ask('draft.open', get().draft !== null);
      const stopForecasts = forecasts.follow();
      const stop = store.subscribe((view, before) => {
        if ((view.draft === null) !== (before.draft === null)) void ask('draft.open', view.draft !== null);
      });
      return () => {
        stopForecasts();
        stop();
      };
    },
  };
}
