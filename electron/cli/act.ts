// The commands that plan and do: plan, apply, reload, restart, start, stop.
import { changeByHand, rescueByHand } from '../contract/by-hand.ts';
import { lacksRights } from '../contract/rights.ts';
import type { Change } from '../contract/change.ts';
import type { Verb } from '../contract/ipc.ts';
import type { Outcome } from '../contract/outcome.ts';
import { consentTo, type Accept, type Plan } from '../contract/plan.ts';
import type { Engine } from '../engine/engine.ts';
import type { Command } from './arguments.ts';
import { exitCodes, exitForOutcome, exitForPlan } from './exit-code.ts';
import { outcomeDocument, planDocument } from './plan-document.ts';
import { followSteps } from './progress.ts';
import { changeFor, readChange, withEngine, type Session } from './session.ts';
import { outcomeText } from './show-outcome.ts';
import { planText } from './show-plan.ts';

type PlanCommand = Extract<Command, { readonly name: 'plan' }>;
type ApplyCommand = Extract<Command, { readonly name: 'apply' }>;

export async function plan(session: Session, command: PlanCommand): Promise<number> {
  const { around, screen } = session;
  const input = await readChange(around, command.change);
  if ('fault' in input) return screen.usage(input.fault);
  if ('problem' in input) return screen.problem(input.problem);
  return withEngine(session, true, async (engine) => {
    const change = await changeFor(engine, input);
    if (!change.ok) return screen.problem(change.problem);
    const planned = await engine.plan(change.value);
    if (!planned.ok) return screen.problem(planned.problem);
    screen.result(planDocument(planned.value, screen.messages), () =>
      planText(planned.value, aboutTarget(engine), screen.messages, screen.style),
    );
    tellByHand(session, engine, planned.value);
    return exitForPlan(planned.value);
  });
}

export async function apply(session: Session, command: ApplyCommand): Promise<number> {
  const { around, screen } = session;
  const input = await readChange(around, command.change);
  if ('fault' in input) return screen.usage(input.fault);
  if ('problem' in input) return screen.problem(input.problem);
  const inputIsTaken = 'path' in command.change && command.change.path === '-';
  return withEngine(session, true, async (engine) => {
    const change = await changeFor(engine, input);
    if (!change.ok) return screen.problem(change.problem);
    return applyChange(session, engine, change.value, { ...command, inputIsTaken });
  });
}

export type ApplyWishes = Pick<ApplyCommand, 'yes' | 'accept'> & {
  /** Standard input was the change, so that nobody can answer there. */
  readonly inputIsTaken: boolean;
};

/** Plans, asks where somebody sits there to answer, and applies. */
export async function applyChange(
  session: Session,
  engine: Engine,
  change: Change,
  wishes: ApplyWishes,
): Promise<number> {
  const { screen } = session;
  const planned = await engine.plan(change);
  if (!planned.ok) return screen.problem(planned.problem);
  const { value: made } = planned;
  if (made.blocked !== null) tellByHand(session, engine, made);
  const writes = made.blocked === null && made.text !== null && made.text.before !== made.text.after;
  const asks = writes && !wishes.yes && canAsk(session, wishes);
  if (asks && !(await agreed(session, engine, made))) {
    screen.aside(`${screen.messages.cli.apply.declined}\n`);
    return exitCodes.refused;
  }
  // Who says yes to a question that names the dangers takes them.
  const consent = asks ? consentTo(made) : { accept: wishes.accept };
  const request = { etag: made.etag, ...consent };
  return carryOut(session, engine, missing(made, consent.accept), () => engine.apply(change, request));
}

export const act = (session: Session, verb: Verb, accept: readonly Accept[]): Promise<number> =>
  withEngine(session, true, async (engine) => {
    const planned = await engine.planVerb(verb);
    if (!planned.ok) return session.screen.problem(planned.problem);
    const code = await carryOut(session, engine, missing(planned.value, accept), async () =>
      nothingToDo(await engine.act(verb, { accept })),
    );
    if (verb === 'start' && code !== exitCodes.done) await tellWays(session, engine);
    return code;
  });

/** What else would bring a daemon up that a plain start does not. */
async function tellWays({ screen }: Session, engine: Engine): Promise<void> {
  const { rescue: saving, wayBack } = screen.messages.outage;
  if (engine.get().rescue !== null) screen.aside(`${saving.cli.how}\n`);
  if ((await engine.wayBack()).ok) screen.aside(`${wayBack.cli.how}\n`);
}

/** Where nobody has to be saved it is a plain start. */
export const rescue = (session: Session, keep: boolean): Promise<number> =>
  withEngine(session, true, async (engine) => {
    const { rescue: needed } = engine.get();
    if (needed !== null) return carryOut(session, engine, [], () => engine.rescue({ etag: needed.etag, keep }));
    const planned = await engine.planVerb('start');
    if (!planned.ok) return session.screen.problem(planned.problem);
    if (planned.value.blocked === null) session.screen.aside(`${session.screen.messages.outage.rescue.cli.needless}\n`);
    // A start that would stop somebody after all is refused like any other.
    return carryOut(session, engine, planned.value.needs, async () =>
      nothingToDo(await engine.act('start', { accept: [] })),
    );
  });

/** Shows the version that worked, asks where somebody sits there to answer, puts it back and starts. */
export const goBack = (session: Session, wishes: Omit<ApplyWishes, 'inputIsTaken'>): Promise<number> =>
  withEngine(session, true, async (engine) => {
    const { screen } = session;
    const found = await engine.wayBack();
    tellWhoseRecord(session);
    if (!found.ok) return screen.problem(found.problem);
    const { version, plan: made, saves } = found.value;
    const { history: past, outage } = screen.messages;
    const told = [
      outage.wayBack.ran(past.time(version.at), version.by.kind === 'unknown' ? null : past.by(version.by)),
      ...(saves === null ? [] : [outage.wayBack.saves(saves, made.containers.length)]),
    ];
    if (!screen.json) screen.aside(`${told.join('\n')}\n`);
    const command = rescueByHand(made, engine.get().target);
    if (command !== null && !screen.json) screen.aside(`${screen.messages.rights.byHand}\n${command}\n`);
    const asks = made.blocked === null && !wishes.yes && canAsk(session, { ...wishes, inputIsTaken: false });
    if (asks && !(await agreed(session, engine, made))) {
      screen.aside(`${screen.messages.cli.apply.declined}\n`);
      return exitCodes.refused;
    }
    const consent = asks ? consentTo(made) : { accept: wishes.accept };
    return carryOut(session, engine, missing(made, consent.accept), () =>
      engine.goBack({ id: version.id, etag: made.etag, ...consent }),
    );
  });

/** Root reads no record of a user's: whoever can write to it would choose what root writes. */
function tellWhoseRecord({ around, screen }: Session): void {
  const user = around.env['SUDO_USER'];
  if (user && user !== 'root') screen.aside(`${screen.messages.outage.wayBack.cli.asRoot(user)}\n`);
}

/** What an administrator would run, where only rights are missing and nobody can be asked for them. */
function tellByHand({ screen }: Session, engine: Engine, plan: Plan): void {
  const { blocked } = plan;
  const command = lacksRights(blocked) ? changeByHand(plan, engine.get().target) : null;
  if (command !== null && !screen.json) screen.aside(`${screen.messages.rights.byHand}\n${command}\n`);
}

const missing = ({ needs }: Plan, accept: readonly Accept[]): readonly Accept[] =>
  needs.filter((need) => !accept.includes(need));

/** A daemon that is already as it is wanted is no failure. */
function nothingToDo(outcome: Outcome): Outcome {
  const { verb, result, problem } = outcome;
  const already =
    (verb === 'start' && problem?.kind === 'engine.already-running') ||
    (verb === 'stop' && problem?.kind === 'engine.not-running');
  return result === 'refused' && already ? { ...outcome, result: 'nothing', problem: null } : outcome;
}

/** Somebody sits there to answer; standard input may be the file. */
const canAsk = ({ around, screen }: Session, { inputIsTaken }: ApplyWishes): boolean =>
  around.stdin.isTty && around.stderr.isTty && !screen.json && !inputIsTaken;

async function agreed({ around, screen }: Session, engine: Engine, made: Plan): Promise<boolean> {
  const { apply: words } = screen.messages.cli;
  around.stderr.write(`${planText({ ...made, needs: [] }, aboutTarget(engine), screen.messages, screen.sideStyle)}\n`);
  around.stderr.write(words.ask(made.needs.map((need) => words.dangers[need])));
  const answer = await around.stdin.readLine();
  if (answer === null) around.stderr.write('\n');
  return answer !== null && words.yesses.includes(answer.trim().toLowerCase());
}

async function carryOut(
  { around, screen, interrupts }: Session,
  engine: Engine,
  lacking: readonly Accept[],
  work: () => Promise<Outcome>,
): Promise<number> {
  const { messages } = screen;
  const outcome = await interrupts.hold(async () => {
    const progress = followSteps(engine, around.stderr, messages, screen.json);
    try {
      return await work();
    } finally {
      progress.end();
    }
  });
  const kind = outcome.problem?.kind;
  const forConsent = kind === 'containers.endangered' || kind === 'risk.not-accepted';
  const needs = outcome.result === 'refused' && forConsent ? lacking : [];
  const { path } = aboutTarget(engine);
  const asRoot = engine.get().rights.step === 'installed';
  const backup = outcome.history === null ? null : await around.backupPath(path, outcome.history, asRoot);
  const about = { path, backup, missing: needs };
  if (screen.json) screen.result(outcomeDocument(outcome, needs, messages), () => '');
  else if (outcome.result === 'applied' || outcome.result === 'nothing') {
    around.stdout.write(outcomeText(outcome, about, messages, screen.style));
  } else around.stderr.write(outcomeText(outcome, about, messages, screen.sideStyle));
  return exitForOutcome(outcome);
}

function aboutTarget(engine: Engine): { readonly path: string; readonly isDown: boolean } {
  const { config, engine: state } = engine.get();
  return { path: 'path' in config ? config.path : '', isDown: !('facts' in state) };
}
