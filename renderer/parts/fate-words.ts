// The sentences of the first page: what would become of the containers, and why the step beside it helps or there is none.
import type { Messages } from '@contract/messages/page.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { joined, problemWords, stateWords } from '../sentences.ts';
import type { Forecast } from '../store.ts';
import type { Fate, Step } from '../welcome.ts';
import type { WelcomeWords } from '../welcome-part.ts';
import { noTitles } from '../fields/titles.ts';
import { planWords } from './plan-words.ts';

/** The one sentence. */
export function fateWords(messages: Messages, { fates, hidden }: WelcomeWords, snapshot: Snapshot, fate: Fate): string {
  switch (fate.kind) {
    case 'state':
      return stateWords(messages, snapshot).title;
    case 'asking':
      return messages.window.liveRestore.asking;
    case 'hidden':
      return snapshot.engine.state === 'denied' ? stateWords(messages, snapshot).title : hidden;
    case 'on':
      return fates.on(fate.running);
    case 'without':
      return fates.without(fate.running);
    case 'counted':
      if (fate.all === 0) return fates.nobody(fate.on);
      if (fate.kept === fate.all) return fates.keep(fate.all);
      return fate.kept === 0 ? fates.stop(fate.all) : fates.some(fate.all - fate.kept, fate.all);
  }
}

type Grounds = {
  readonly snapshot: Snapshot;
  readonly fate: Fate;
  readonly step: Step;
  readonly turningOn: Forecast;
};

/** What else is to be known, a line each: what the step does, or why there is none. */
export function helpFor(
  messages: Messages,
  words: WelcomeWords,
  { snapshot, fate, step, turningOn }: Grounds,
): readonly string[] {
  const { status, rights } = messages;
  const { config, liveRestore, target, engine } = snapshot;
  switch (step) {
    case 'protect':
      return turningOnWords(messages, words, turningOn, snapshot);
    case 'reload':
      return [status.liveRestore.sentence(liveRestore)];
    case 'defuse':
      return [status.liveRestore.blocks.swarm];
    case 'repair': {
      if (config.state !== 'unreadable') return [];
      const { title, detail } = problemWords(messages, config.problem);
      return [title, detail];
    }
    case 'start':
      return fate.kind === 'without' ? [status.liveRestore.sentence(liveRestore)] : [];
    case 'sandbox':
      return [words.absent(snapshot.app.sandbox.state !== 'unavailable')];
    case 'look':
      return [rights.change(snapshot.rights)];
    case 'again':
      // What Status says of its verbs is about more of them than are here.
      if (engine.state === 'hanging')
        return [messages.problem({ kind: 'engine.hanging', endpoint: target.endpoint, waitedMs: 0 }).remedy];
      return [stateWords(messages, snapshot).detail, ...(engine.state === 'denied' ? [words.hidden] : [])];
    case 'rescue':
    case 'see-status':
      return [];
    case null: {
      if (engine.state !== 'running') return [];
      if (target.access.kind === 'read-only') {
        const { reason, detail } = target.access;
        const problem = problemWords(messages, { kind: 'target.read-only', reason, detail });
        return [problem.title, problem.detail];
      }
      if (liveRestore.blockedBy !== null && !isSafe(snapshot))
        return [status.liveRestore.blocks[liveRestore.blockedBy]];
      return isSafe(snapshot) ? [words.already] : [];
    }
  }
}

/** On, and on at the next start too. */
const isSafe = ({ liveRestore: { effective, file, flag } }: Snapshot): boolean =>
  effective === true && (flag ?? file) === true;

/** What turning it on does, whom it asks, or what stands against it. */
function turningOnWords(
  messages: Messages,
  words: WelcomeWords,
  { plan, problem }: Forecast,
  { rights }: Snapshot,
): readonly string[] {
  const { protectHelp, protectHow } = words;
  const fault = problem ?? plan?.blocked ?? null;
  if (fault !== null && rights.step === 'missing') return [protectHelp, messages.rights.change(rights)];
  if (fault !== null) {
    const { title, detail } = problemWords(messages, fault);
    return [protectHelp, joined(messages, title, detail)];
  }
  if (plan === null) return [joined(messages, protectHelp, protectHow)];
  const asks = plan.authority === null ? '' : messages.rights.asks;
  return [joined(messages, protectHelp, protectHow, planWords(messages, noTitles, plan).who, asks)];
}
