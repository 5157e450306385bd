// Opens the engine for one command: waits until the daemon's state is known, and closes it again.
import type { Change } from '../contract/change.ts';
import { ok, type Problem, type Result } from '../contract/problem.ts';
import type { EngineState, EngineView } from '../contract/snapshot.ts';
import type { Engine } from '../engine/engine.ts';
import type { GlobalOptions, TypedChange } from './arguments.ts';
import type { Interrupts } from './interrupts.ts';
import { notThere } from './not-there.ts';
import { progressLine } from './progress.ts';
import type { Screen } from './screen.ts';
import type { CliSurroundings } from './surroundings.ts';
import type { UsageFault } from './usage-fault.ts';

/** What every command gets. */
export type Session = {
  readonly around: CliSurroundings;
  readonly options: GlobalOptions;
  readonly screen: Screen;
  readonly interrupts: Interrupts;
};

/** States that pass by themselves; a verb waits for their end, as far as the time goes. */
const passing: readonly EngineState[] = ['connecting', 'starting', 'restarting', 'reloading', 'stopping'];

/** Runs a command on the engine. `steady`: only on a daemon that is there, and neither on its way up nor down. */
export async function withEngine(
  session: Session,
  steady: boolean,
  work: (engine: Engine) => Promise<number>,
): Promise<number> {
  const { around, options, screen } = session;
  const { host, context, configFile, manager } = options;
  const engine = await around.createEngine({ host, context, configFile, manager });
  try {
    if (engine.problem !== null) return screen.problem(engine.problem);
    const known = await untilKnown(session, engine, steady);
    if (!known.ok) return screen.problem(known.problem);
    const absent = steady ? notThere(known.value) : null;
    if (absent) return screen.problem(absent);
    return await work(engine);
  } finally {
    await engine.close();
  }
}

async function untilKnown(session: Session, engine: Engine, steady: boolean): Promise<Result<EngineView>> {
  const { around, options, screen } = session;
  const line = progressLine(around.stderr);
  if (!screen.json) line.say(screen.messages.cli.waiting);
  const limit = timeLimit(options.timeoutMs);
  try {
    const view = await Promise.race([engine.settled(), limit.over]);
    if (view === null) {
      const { endpoint } = engine.get().target;
      return { ok: false, problem: { kind: 'engine.hanging', endpoint, waitedMs: options.timeoutMs } };
    }
    const { lastOutcome } = view;
    // Of an earlier run: this one has done nothing yet.
    if (lastOutcome !== null) {
      const { cli, plan } = screen.messages;
      line.clear();
      screen.aside(`${cli.recovered(plan.outcome(lastOutcome))}\n`);
    }
    if (steady) await Promise.race([untilSteady(engine), limit.over]);
    return ok(engine.get());
  } finally {
    limit.clear();
    line.clear();
  }
}

function untilSteady(engine: Engine): Promise<void> {
  return new Promise((resolve) => {
    let stop: () => void = () => undefined;
    let done = false;
    stop = engine.watch((view) => {
      if (passing.includes(view.engine.state) || done) return;
      done = true;
      stop();
      resolve();
    });
    if (done) stop();
  });
}

function timeLimit(ms: number): { readonly over: Promise<null>; clear(): void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  return { over, clear: () => clearTimeout(timer) };
}

/** The bytes of a file that was named on the command line; `-` is standard input. */
export async function readInput(
  around: CliSurroundings,
  path: string,
): Promise<{ readonly bytes: Uint8Array } | { readonly fault: UsageFault }> {
  try {
    if (path !== '-') return { bytes: await around.readFile(path) };
    const bytes = await around.stdin.read();
    // A pipe whose writer failed: taken for a configuration it would empty the file.
    return bytes.length === 0 ? { fault: { kind: 'input-empty' } } : { bytes };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return { fault: { kind: 'input-unreadable', path, cause: String(error.code) } };
  }
}

/** The change that was typed, with its file read; a preset is made for the daemon later. */
export async function readChange(
  around: CliSurroundings,
  typed: TypedChange,
): Promise<
  | { readonly change: Change; readonly summary: string }
  | { readonly preset: Extract<TypedChange, { readonly kind: 'preset' }> }
  | { readonly fault: UsageFault }
  | { readonly problem: Problem }
> {
  if (typed.kind === 'edits') return { change: { kind: 'patch', patch: typed.edits }, summary: '' };
  if (typed.kind === 'preset') return { preset: typed };
  const input = await readInput(around, typed.path);
  if ('fault' in input) return input;
  if (typed.kind === 'patch-file') {
    const { readPatchFile } = await import('../engine/patch-file.ts');
    const read = readPatchFile(input.bytes, typed.path);
    if (!read.ok) return { problem: read.problem };
    return { change: { kind: 'patch', patch: read.value.edits }, summary: read.value.summary };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(input.bytes);
    return { change: { kind: 'text', text }, summary: '' };
  } catch {
    // `fatal` throws for bytes that are no UTF-8; written as text they would become others.
    return { fault: { kind: 'input-not-text', path: typed.path } };
  }
}

/** The change for this daemon. */
export async function changeFor(
  engine: Engine,
  input: { readonly change: Change } | { readonly preset: Extract<TypedChange, { readonly kind: 'preset' }> },
): Promise<Result<Change>> {
  if ('change' in input) return ok(input.change);
  const { name, value } = input.preset;
  const presets = await engine.presets(value);
  if (!presets.ok) return presets;
  const found = presets.value.find((one) => one.name === name);
  if (found && 'patch' in found) return ok({ kind: 'patch', patch: found.patch });
  return { ok: false, problem: { kind: 'preset.not-here', name, lack: found?.lack ?? 'done' } };
}
