// Everything a click can do: each either changes the draft here or asks main, and shows what came of it.
import type { Bridge, Navigation, PlaceName, RequestName, Requests, Verb } from '@contract/ipc.ts';
import type { ProcessName } from '@contract/audit.ts';
import type { Json } from '@contract/json.ts';
import type { Drill } from '@contract/drill.ts';
import type { CheckId } from '@contract/doctor.ts';
import { valueAt, withEdit, type Change, type Patch } from '@contract/change.ts';
import type { ExportForm } from '@contract/export-form.ts';
import type { History } from '@contract/history.ts';
import type { Accept, Plan } from '@contract/plan.ts';
import { fail, type Result } from '@contract/problem.ts';
import { conflicts, liveRestoreChange, rebased, valuesOf, withField, withText, type Draft } from './draft.ts';
import { createForecasts } from './forecasts.ts';
import { formPlaceOf } from './form-place.ts';
import { recorded, redone, undone } from './history.ts';
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
    const { text } = draft.change;
    void import('./text-edit.ts').then(({ textWith }) => {
      // Only if nobody typed on while the editor was loaded.
      if (get().draft === draft) put(withText(draft, snapshot.config, textWith(text, path, value)), run);
    });
  }

  /** The draft's change with more edits. */
  async function withPatch(patch: Patch): Promise<Change> {
    const before = get().draft?.change;
    if (before?.kind !== 'text') return { kind: 'patch', patch: patch.reduce(withEdit, before?.patch ?? []) };
    const { textWith } = await import('./text-edit.ts');
    const text = patch.reduce(
      (now, edit) => textWith(now, edit.path, 'set' in edit ? edit.set : undefined),
      before.text,
    );
    return { kind: 'text', text };
  }

  async function act(verb: Verb, accept: readonly Accept[]): Promise<void> {
    await finish(false, () => ask('engine.act', { verb, accept }));
  }

  async function send(change: Change, etag: string | null, accept: readonly Accept[], ofDraft: boolean): Promise<void> {
    await finish(ofDraft, () => ask('config.apply', { change, etag, accept }));
  }

  async function finish(ofDraft: boolean, request: () => ReturnType<typeof ask<'engine.act'>>): Promise<void> {
    set({ question: null, acting: true, told: null });
    const answer = await request();
    const told: Told = answer.ok
      ? { kind: 'outcome', outcome: answer.value }
      : { kind: 'problem', problem: answer.problem };
    set((view) => settled(view, told, ofDraft));
  }

  /** Opens a confirmation; its forecast follows. */
  function confirm(subject: Subject): void {
    const forecast = subject.kind === 'draft' ? get().forecast : unasked;
    set({ question: { subject, forecast }, told: null });
  }

  /** In file and daemon, at once; asks first where somebody is at stake. */
  async function switchLiveRestore(on: boolean): Promise<void> {
    const change = liveRestoreChange(on);
    const plan = await ask('config.plan', change);
    const isSafe = plan.ok && plan.value.blocked === null && plan.value.needs.length === 0;
    if (isSafe) return send(change, plan.value.etag, [], false);
    confirm({ kind: 'live-restore', on });
  }

  function confirmed({ subject, forecast }: Question): void {
    const { draft, snapshot } = get();
    const plan = forecast.plan;
    if (!forecast.fresh || plan === null || plan.blocked !== null || snapshot === null) return;
    if (subject.kind === 'verb') void act(subject.verb, plan.needs);
    else if (subject.kind === 'draft' && draft) void send(draft.change, draft.basedOn, plan.needs, true);
    else if (subject.kind === 'live-restore') void send(liveRestoreChange(subject.on), plan.etag, plan.needs, false);
  }

  return {
    /** Saves whoever outlived the daemon; `etag` is of the file that was shown. */
    rescue: (etag: string | null, keep: boolean): Promise<void> =>
      finish(false, () => ask('engine.rescue', { etag, keep })),
    /** Resolves with what the smallest holds afterwards; null: it could not be done, which is told. */
    enlargePipes: async (bytes: number): Promise<number | null> => {
      const answer = await ask('pipes.enlarge', bytes);
      if (!answer.ok) set({ told: { kind: 'problem', problem: answer.problem } });
      const sizes = answer.ok ? answer.value.containers.flatMap(({ pipes }) => (pipes ? [pipes.capacity] : [])) : [];
      return sizes.length === 0 ? null : Math.min(...sizes);
    },
    /** Null: it could not be read, which is told. */
    readHistory: async (): Promise<History | null> => {
      const answer = await ask('history.read', null);
      if (!answer.ok) set({ told: { kind: 'problem', problem: answer.problem } });
      return answer.ok ? answer.value : null;
    },
    versionText: async (id: string): Promise<string | null> => {
      const answer = await ask('history.text', id);
      return answer.ok ? answer.value.text : null;
    },
    /** An earlier text as an open change: what it does is shown before it is applied. */
    restore: (text: string): void => {
      const { snapshot } = get();
      if (snapshot === null) return;
      put(withText(null, snapshot.config, text));
      set({ place: 'daemon/json' });
    },
    /** A check of the doctor that is not told any more. */
    mute: async (check: CheckId): Promise<void> => {
      const muted = get().snapshot?.preferences.mutedChecks ?? [];
      if (!muted.includes(check)) await tell('preferences.set', { mutedChecks: [...muted, check] });
    },
    unmute: async (check: CheckId): Promise<void> => {
      const muted = get().snapshot?.preferences.mutedChecks ?? [];
      await tell('preferences.set', { mutedChecks: muted.filter((one) => one !== check) });
    },
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
    /** Takes edits into the draft, as one step. */
    take: async (patch: Patch): Promise<void> => {
      const change = await withPatch(patch);
      const { snapshot, draft } = get();
      if (snapshot === null) return;
      if (change.kind === 'text') return put(withText(draft, snapshot.config, change.text));
      const next = patch.reduce(
        (now, edit) => withField(now, snapshot.config, edit.path, 'set' in edit ? edit.set : undefined),
        draft,
      );
      put(next);
    },
    /** Shows where an option stands, or would stand, in the text. */
    showInJson: (path: readonly string[]): void => set({ place: 'daemon/json', jump: { to: 'json', path } }),
    /** Shows the row of an option, or of the one that it stands in. */
    showInForm: (path: readonly string[]): void => set({ place: formPlaceOf(path), jump: { to: 'form', path } }),
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
      const { draft, forecast, snapshot } = get();
      const plan = forecast.plan;
      if (!draft || !snapshot || !plan || !forecast.fresh || plan.blocked || conflicts(draft, snapshot.config)) return;
      if (plan.needs.length > 0) confirm({ kind: 'draft' });
      else void send(draft.change, draft.basedOn, [], true);
    },
    /** Does a verb that harms nothing at once, and asks first where it could. */
    begin: async (verb: Verb): Promise<void> => {
      if (verb === 'restart' || verb === 'stop') return confirm({ kind: 'verb', verb });
      const plan = await ask('engine.plan', verb);
      if (plan.ok && plan.value.blocked === null && plan.value.needs.length === 0) return act(verb, []);
      if (plan.ok && plan.value.blocked === null) return confirm({ kind: 'verb', verb });
      const problem = plan.ok ? plan.value.blocked : plan.problem;
      set({ told: problem && { kind: 'problem', problem } });
    },
    confirmed: (): void => {
      const { question } = get();
      if (question) confirmed(question);
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
