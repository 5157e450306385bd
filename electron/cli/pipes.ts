// The command that looks at log pipes: how full, how fast, until when; and makes them larger.
import type { Messages } from '../contract/messages/index.ts';
import type { PipesReport } from '../contract/outage.ts';
import { exitCodes } from './exit-code.ts';
import { notThere } from './not-there.ts';
import { withEngine, type Session } from './session.ts';
import { pipeLines } from './show-pipes.ts';
import type { TextStyle } from './text-style.ts';

export const pipes = (session: Session, enlargeTo: number | null): Promise<number> =>
  withEngine(session, false, async (engine) => {
    const { screen } = session;
    const absent = notThere(engine.get());
    if (absent) return screen.problem(absent);
    const report = await engine.pipes({ enlargeTo });
    if (!report.ok) return screen.problem(report.problem);
    const now = Date.now();
    const isUp = 'facts' in engine.get().engine;
    screen.result(pipesDocument(report.value, now), () =>
      pipesText(report.value, isUp, now, screen.messages, screen.style),
    );
    const { notMeasured } = report.value;
    if (notMeasured === 'no-rights') return exitCodes.notAuthorized;
    return notMeasured === null ? exitCodes.done : exitCodes.refused;
  });

function pipesDocument({ containers, notMeasured, pipeMaxSize }: PipesReport, now: number) {
  return {
    containers: containers.map(({ id, name, pid, pipes: one }) => ({
      id,
      name,
      pid,
      bytes: one?.bytes ?? null,
      capacity: one?.capacity ?? null,
      bytesPerSecond: one?.rate ?? null,
      blocksInMs: one?.blocksAt === null || one === null ? null : Math.max(0, one.blocksAt - now),
      blocked: one?.blocked ?? null,
    })),
    notMeasured,
    pipeMaxSize,
  };
}

function pipesText(report: PipesReport, isUp: boolean, now: number, messages: Messages, style: TextStyle): string {
  const words = messages.outage.pipes;
  const { containers, notMeasured } = report;
  if (containers.length === 0) return `${words.nobody}\n`;
  if (notMeasured === 'no-rights')
    return `${words.notMeasured[notMeasured]}\n${messages.rights.byHand}\nsudo afloat pipes\n`;
  if (notMeasured !== null) return `${words.notMeasured[notMeasured]}\n`;
  const lines = pipeLines(report, { isUp, now }, messages, style).map((line) => `${line}\n`);
  return `${lines.join('')}${isUp ? `${words.emptied}\n` : ''}`;
}
