// The command that makes one text of what helps to find out what is wrong, without anything private: the window's own.
import type { Problem } from '../contract/problem.ts';
import { diagnosticsText, lastLines } from '../engine/diagnostics.ts';
import type { Engine } from '../engine/engine.ts';
import type { Command } from './arguments.ts';
import { exitCodes } from './exit-code.ts';
import { withEngine, type Session } from './session.ts';

type Diagnostics = Extract<Command, { readonly name: 'diagnostics' }>;

const logLines = 200;

export const diagnostics = (session: Session, { output, force }: Diagnostics): Promise<number> =>
  withEngine(session, false, async (engine) => {
    const { around, screen } = session;
    const { log, ...own } = await around.ownFacts();
    const view = { ...engine.get(), findings: await findingsOf(engine) };
    const text = diagnosticsText(
      { view, ...own, log: log === '' ? [] : lastLines(log, logLines), env: around.env, now: new Date() },
      screen.messages,
    );
    if (output === null) {
      screen.result({ text }, () => text);
      return exitCodes.done;
    }
    const problem = await written(session, output, text, force);
    if (problem !== null) return screen.problem(problem);
    screen.result({ path: output }, () => `${screen.messages.diagnostics.saved(output)}\n`);
    return exitCodes.done;
  });

/** As the window has them. Where no daemon is there is nobody to examine. */
const findingsOf = async (engine: Engine): ReturnType<Engine['doctor']> =>
  engine.get().engine.state === 'absent' ? engine.get().findings : engine.doctor();

async function written({ around }: Session, path: string, text: string, replace: boolean): Promise<Problem | null> {
  try {
    await around.writeFile(path, text, replace);
    return null;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'EEXIST') return { kind: 'diagnostics.exists', path };
    return { kind: 'diagnostics.not-saved', path, cause: String(error.code) };
  }
}
