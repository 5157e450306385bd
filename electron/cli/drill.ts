// The command that rehearses a restart, on this daemon or on a private one with a copy of its configuration.
import type { Drill } from '../contract/drill.ts';
import type { Engine } from '../engine/engine.ts';
import type { Command } from './arguments.ts';
import { exitCodes, exitForProblem } from './exit-code.ts';
import { outcomeDocument } from './plan-document.ts';
import { problemDocument } from './problem-document.ts';
import { followSteps } from './progress.ts';
import { withEngine, type Session } from './session.ts';
import { problemText } from './show-findings.ts';

type DrillCommand = Extract<Command, { readonly name: 'drill' }>;

export const drill = (session: Session, { sandbox }: DrillCommand): Promise<number> =>
  withEngine(session, true, async (engine) => {
    if (!sandbox) return rehearse(session, engine, 'daemon');
    const { config } = engine.get();
    const opened = await session.around.openSandbox(config.state === 'read' ? config.values : {});
    if (!opened.ok) return session.screen.problem(opened.problem);
    try {
      await opened.value.engine.settled();
      return await rehearse(session, opened.value.engine, 'sandbox');
    } finally {
      await opened.value.end();
    }
  });

async function rehearse(session: Session, engine: Engine, on: 'daemon' | 'sandbox'): Promise<number> {
  const { screen, interrupts, around } = session;
  const { messages } = screen;
  const done = await interrupts.hold(async () => {
    const progress = followSteps(engine, around.stderr, messages, screen.json);
    try {
      return await engine.drill();
    } finally {
      progress.end();
    }
  });
  screen.result(drillDocument(done, on), () => {
    const sentence = messages.drill.sentence(done);
    const words = done.survived === true ? screen.style.good(sentence) : screen.style.careful(sentence);
    return `${words}\n${done.problem === null ? '' : problemText(done.problem, messages, screen.style)}`;
  });
  if (done.problem !== null) return exitForProblem(done.problem);
  return done.survived === true ? exitCodes.done : exitCodes.refused;

  function drillDocument({ outcome, problem, ...drilled }: Drill, where: 'daemon' | 'sandbox') {
    return {
      ...drilled,
      on: where,
      outcome: outcome === null ? null : outcomeDocument(outcome, [], messages),
      problem: problem === null ? null : problemDocument(messages, problem),
    };
  }
}
