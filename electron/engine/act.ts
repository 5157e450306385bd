// The verbs without a change of the file: reload, restart, start, stop; each planned before and proven after.
import type { Verb } from '../contract/ipc.ts';
import type { Outcome, Proof } from '../contract/outcome.ts';
import type { Consent, Plan } from '../contract/plan.ts';
import type { Problem, Result } from '../contract/problem.ts';
import type { Container, EngineFacts } from '../contract/snapshot.ts';
import { consentProblem, faultIn, noteRestart } from './apply.ts';
import { byProcess, runs, untouched, worseThanForetold } from './audit.ts';
import { beginStory, outcome, type Story } from './outcome.ts';
import type { Steps } from './steps.ts';
import { reload, restart, start, type Site } from './take-effect.ts';

/** What was gathered for a verb. */
export type PreparedVerb = {
  readonly plan: Plan;
  /** Null when the daemon does not run. */
  readonly facts: EngineFacts | null;
  readonly containers: readonly Container[];
  /** The file as it is; null where there is none. */
  readonly bytes: Uint8Array | null;
  readonly configPath: string;
  readonly withPlugins: boolean;
};

export type ActSite = Site & {
  prepareVerb(verb: Verb): Promise<Result<PreparedVerb>>;
  validate(bytes: Uint8Array): Promise<Problem | null>;
  lock(): Promise<Result<{ release(): Promise<void> }>>;
};

/** Does a verb, or says why not; the file is never touched. */
export async function act(site: ActSite, verb: Verb, consent: Consent, steps: Steps): Promise<Outcome> {
  const story = beginStory(verb, steps);
  const refused = (problem: Problem): Outcome => outcome(story, 'refused', 'unchanged', problem);
  await steps.begin('locking');
  const lock = await site.lock();
  if (!lock.ok) return refused(lock.problem);
  try {
    await steps.begin('planning');
    const prepared = await site.prepareVerb(verb);
    if (!prepared.ok) return refused(prepared.problem);
    const { plan, bytes, containers, configPath } = prepared.value;
    story.effect = plan.effect;
    story.containers = untouched(containers, plan.containers);
    if (plan.blocked) return refused(plan.blocked);
    const unasked = consentProblem(plan, consent);
    if (unasked) return refused(unasked);
    if (verb !== 'stop') {
      // A file that the daemon refuses would leave it down after a restart, and a reload of it is silent.
      await steps.begin('checking');
      const unfit = faultIn(plan, configPath) ?? (bytes === null ? null : await site.validate(bytes));
      if (unfit) return refused(unfit);
    }
    const refusal = await site.manager.refusal(verb);
    if (refusal) return refused(refusal);
    return await carryOut(site, verb, prepared.value, story);
  } finally {
    await lock.value.release();
  }
}

async function carryOut(site: ActSite, verb: Verb, prepared: PreparedVerb, story: Story): Promise<Outcome> {
  const { plan, containers } = prepared;
  const pidBefore = (await site.manager.state()).pid;
  const proof: Proof = { event: null, info: [], pidBefore, pidAfter: pidBefore };
  story.proof = proof;
  if (verb === 'stop') return stop(site, prepared, story, proof);

  if (verb === 'reload' || plan.effect === 'reload-then-restart') {
    await story.steps.begin('reloading');
    // Before a restart, what protects the containers must be seen in memory; the plan names it.
    const changes = verb === 'reload' ? [] : plan.changes.filter(({ key }) => key === 'live-restore');
    const reloaded = await reload(site, { changes, withPlugins: prepared.withPlugins });
    if (!reloaded.ok) return outcome(story, 'failed', 'unchanged', reloaded.problem);
    story.proof = { ...proof, event: reloaded.value.event, info: reloaded.value.info };
    if (verb === 'reload') return outcome(story, 'applied', 'unchanged');
  }
  await story.steps.begin(verb === 'start' ? 'starting' : 'restarting');
  const up = await (verb === 'start' ? start(site) : restart(site));
  if (!up.ok) {
    story.containers = await byProcess(containers, plan.containers, site.lives);
    return outcome(story, 'failed', 'unchanged', up.problem);
  }
  await story.steps.begin('proving');
  noteRestart(story, containers.filter(runs), plan, up.value);
  const worse = worseThanForetold(story.containers);
  return outcome(story, 'applied', 'unchanged', worse.length > 0 ? { kind: 'containers.worse', names: worse } : null);
}

/** Stops the daemon; without its API the containers are told by their processes. */
async function stop(site: ActSite, prepared: PreparedVerb, story: Story, proof: Proof): Promise<Outcome> {
  await story.steps.begin('stopping');
  const followAgain = site.daemon.letGo();
  const stopped = await site.manager.stop().finally(followAgain);
  if (!stopped.ok) return outcome(story, 'failed', 'unchanged', stopped.problem);
  await story.steps.begin('proving');
  story.containers = await byProcess(prepared.containers, prepared.plan.containers, site.lives);
  story.proof = { ...proof, pidAfter: null };
  const worse = worseThanForetold(story.containers);
  return outcome(story, 'applied', 'unchanged', worse.length > 0 ? { kind: 'containers.worse', names: worse } : null);
}
