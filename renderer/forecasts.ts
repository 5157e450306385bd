// Keeps the answers to "what would happen?" current: asks main a moment after something that matters changed.
import type { PlaceName, RequestName, Requests } from '@contract/ipc.ts';
import type { Plan } from '@contract/plan.ts';
import { ok, type Result } from '@contract/problem.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { mayGoBack } from './down.ts';
import { etagOf, liveRestoreChange } from './draft.ts';
import { unasked, type Forecast, type Subject, type View, type ViewStore } from './store.ts';
import { offersProtection } from './welcome.ts';

type Ask = <R extends RequestName>(name: R, input: Requests[R]['input']) => Promise<Result<Requests[R]['output']>>;

/** How long typing may pause before its plan is asked for, in ms. */
export const PAUSE_MS = 120;

/** Where it is said what a restart would do. */
const showsRestart: ReadonlySet<PlaceName> = new Set(['welcome', 'daemon/advanced', 'status']);

/** Everything in a snapshot that a verdict depends on, as a text that can be compared. */
export function groundsOf({ target, engine, config, liveRestore, containers }: Snapshot): string {
  const known = containers?.list.map(({ id, state, ports, autoRemove, healthCheck, restartPolicy }) =>
    [id, state, ports.length, autoRemove, healthCheck, restartPolicy].join(),
  );
  return JSON.stringify([
    target.endpoint,
    target.access.kind,
    target.pid,
    engine.state,
    etagOf(config),
    liveRestore,
    known,
  ]);
}

/** One question that is asked anew whenever its key changes; answers to older questions are dropped. */
function createForecast(
  /** Null: the answer is to a question that nobody asked. */
  ask: () => Promise<Result<Plan> | null>,
  put: (change: (before: Forecast) => Forecast) => void,
) {
  let key: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function answer(asked: string): Promise<void> {
    const result = await ask();
    if (key !== asked || result === null) return;
    put(() =>
      result.ok
        ? { plan: result.value, problem: null, fresh: true }
        : { plan: null, problem: result.problem, fresh: true },
    );
  }
  return (next: string | null, pauseMs: number): void => {
    if (next === key) return;
    key = next;
    clearTimeout(timer);
    if (next === null) return put(() => unasked);
    put((before) => ({ ...before, fresh: false }));
    timer = setTimeout(() => void answer(next), pauseMs);
  };
}

/** The forecasts of a view: of the draft, of a restart, of live restore turned on, and of what a confirmation asks. */
export function createForecasts(store: ViewStore, ask: Ask) {
  const { getState: get, setState: set } = store;

  const ofDraft = createForecast(
    async () => {
      const { draft } = get();
      if (draft === null) return null;
      const answer = await ask('config.plan', draft.change);
      // Main has read a file that we have not heard of yet: the snapshot that tells of it asks again.
      return answer.ok && answer.value.etag !== draft.basedOn ? null : answer;
    },
    (change) => set((view) => ({ forecast: change(view.forecast) })),
  );
  const ofRestart = createForecast(
    // While the daemon reads its file again, the last answer stands.
    async () => (get().snapshot?.engine.state === 'running' ? ask('engine.plan', 'restart') : null),
    (change) => set((view) => ({ restart: change(view.restart) })),
  );
  const ofTurningOn = createForecast(
    () => ask('config.plan', liveRestoreChange(true)),
    (change) => set((view) => ({ turningOn: change(view.turningOn) })),
  );
  const ofQuestion = createForecast(
    async () => {
      const { question } = get();
      return question ? askAbout(question.subject) : null;
    },
    (change) =>
      set((view) =>
        view.question ? { question: { ...view.question, forecast: change(view.question.forecast) } } : {},
      ),
  );

  let backFrom: string | null = null;
  /** What there is to go back to; an answer to an older question is dropped. */
  async function lookBack(grounds: string | null): Promise<void> {
    if (grounds === backFrom) return;
    backFrom = grounds;
    if (grounds === null) return set({ wayBack: null });
    const wayBack = await ask('engine.way-back', null);
    if (backFrom === grounds) set({ wayBack });
  }

  async function planBack(): Promise<Result<Plan>> {
    const wayBack = await ask('engine.way-back', null);
    return wayBack.ok ? ok(wayBack.value.plan) : wayBack;
  }

  function askAbout(subject: Subject): Promise<Result<Plan>> {
    if (subject.kind === 'way-back') return planBack();
    if (subject.kind === 'verb') return ask('engine.plan', subject.verb);
    const change = subject.kind === 'draft' ? get().draft?.change : liveRestoreChange(subject.on);
    return ask('config.plan', change ?? { kind: 'patch', patch: [] });
  }

  function look(view: View): void {
    const { snapshot, draft, place, question, acting } = view;
    // What happens during our own verb is told by its steps.
    if (snapshot === null || acting || snapshot.operation.kind === 'running') return;
    const grounds = groundsOf(snapshot);
    const settled = draft !== null && etagOf(snapshot.config) === draft.basedOn;
    ofDraft(settled ? grounds + JSON.stringify(draft.change) : null, PAUSE_MS);
    const left = snapshot.outage?.containers.map(({ id }) => id) ?? [];
    void lookBack(mayGoBack(snapshot) ? grounds + JSON.stringify([left, snapshot.rights]) : null);
    const { state } = snapshot.engine;
    const shown = showsRestart.has(place) && (state === 'running' || state === 'reloading');
    ofRestart(shown ? grounds : null, 0);
    const offered = place === 'welcome' && offersProtection(snapshot, view.restart);
    ofTurningOn(offered ? grounds : null, 0);
    const subject = question?.subject ?? null;
    ofQuestion(
      subject ? grounds + JSON.stringify([subject, subject.kind === 'draft' ? draft?.change : null]) : null,
      0,
    );
  }

  return {
    /** Follows the view from now on. Returns the way to stop. */
    follow(): () => void {
      look(get());
      return store.subscribe((view) => look(view));
    },
  };
}
