// `check --fix`: puts right what needs no question, in a file, on standard output, or in the daemon's own file.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import type { FixResult } from '../engine/check-file.ts';
import { applyChange } from './act.ts';
import type { Command } from './arguments.ts';
import { exitCodes } from './exit-code.ts';
import { fixDocument } from './plan-document.ts';
import { readInput, withEngine, type Session } from './session.ts';
import { checkText, fixedTextOf } from './show-findings.ts';

type Check = Extract<Command, { readonly name: 'check' }>;

export async function fix(session: Session, command: Check): Promise<number> {
  const { path } = command;
  if (path === '-') return throughStandardOutput(session, command);
  return withEngine(session, path === null, async (engine) => {
    const { config } = engine.get();
    const own = 'path' in config ? config.path : null;
    const isOwn = path === null || (own !== null && isSameFile(path, own));
    return isOwn ? ownFile(session, engine, command) : otherFile(session, engine, command, path);
  });
}

/** By whatever name, through links and mounts: the daemon's own file is changed in no other way than by a change. */
function isSameFile(path: string, own: string): boolean {
  if (resolve(path) === own) return true;
  try {
    const [a, b] = [statSync(path, { bigint: true }), statSync(own, { bigint: true })];
    return a.dev === b.dev && a.ino === b.ino;
  } catch {
    // One of them is not there or may not be looked at: whoever writes it finds out.
    return false;
  }
}

const askedFor = ({ engineVersion, flags }: Check) => ({ version: engineVersion, flags });

/** The text goes to standard output, and what is said about it does not mix with it. */
async function throughStandardOutput(session: Session, command: Check): Promise<number> {
  const { around, screen } = session;
  const input = await readInput(around, '-');
  if ('fault' in input) return screen.usage(input.fault);
  return withEngine(session, false, async (engine) => {
    const result = await engine.fix(input.bytes, askedFor(command));
    if (!result.ok) return screen.problem(result.problem);
    const { value } = result;
    if (screen.json) screen.result({ ...fixDocument(value, screen.messages), text: textOf(value.after) }, () => '');
    else {
      around.stdout.write(textOf(value.after));
      around.stderr.write(said(session, value, '-'));
    }
    return exitFor(value);
  });
}

async function otherFile(session: Session, engine: Engine, command: Check, path: string): Promise<number> {
  const { screen } = session;
  const result = await engine.fixFile(path, askedFor(command));
  if (!result.ok) return screen.problem(result.problem);
  screen.result(fixDocument(result.value, screen.messages), () => said(session, result.value, path));
  return exitFor(result.value);
}

/** As every change of this file: planned, proven, and put back if the daemon does not take it. */
async function ownFile(session: Session, engine: Engine, command: Check): Promise<number> {
  const { around, screen } = session;
  const result = await engine.fix(null, askedFor(command));
  if (!result.ok) return screen.problem(result.problem);
  const { value } = result;
  const { config } = engine.get();
  if (value.fixed.length === 0) {
    const path = 'path' in config ? config.path : null;
    screen.result(fixDocument(value, screen.messages), () => said(session, value, path));
    return exitFor(value);
  }
  if (!screen.json) around.stderr.write(fixedTextOf(value.fixed, screen.messages, screen.sideStyle));
  return applyChange(session, engine, { kind: 'text', text: textOf(value.after) }, { ...command, inputIsTaken: false });
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const said = ({ screen }: Session, result: FixResult, path: string | null): string =>
  fixedTextOf(result.fixed, screen.messages, screen.style) + checkText(result, path, screen.messages, screen.style);

const exitFor = ({ verdict }: FixResult): number => (verdict === 'starts' ? exitCodes.done : exitCodes.refused);
