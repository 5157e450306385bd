// The engine inside a test machine, where it sees the daemon's processes, files and units as the app would.
import { createInterface } from 'node:readline';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { Change } from '../../electron/contract/change.ts';
import type { Drill } from '../../electron/contract/drill.ts';
import type { History, WayBack } from '../../electron/contract/history.ts';
import type { Verb } from '../../electron/contract/ipc.ts';
import type { Outcome } from '../../electron/contract/outcome.ts';
import type { Accept, Plan } from '../../electron/contract/plan.ts';
import type { Result } from '../../electron/contract/problem.ts';
import type { EngineView } from '../../electron/contract/snapshot.ts';
import { bundled } from '../fakes/program.ts';
import type { Asked } from '../fakes/programs/engine-by-lines.ts';
import type { TestHost } from './test-host.ts';

export type EngineInside = {
  /** The newest view that was told. */
  get(): EngineView;
  /** The first view from now on, this one included, for which this holds. Throws when the engine ends before. */
  until(holds: (view: EngineView) => boolean): Promise<EngineView>;
  settled(): Promise<EngineView>;
  refresh(): Promise<void>;
  killMode(): Promise<string | null>;
  /** Reads as administrator what the user may not see. */
  look(): Promise<Result<null>>;
  plan(change: Change): Promise<Result<Plan>>;
  /** Over the file as it was last seen. */
  apply(change: Change, accept?: readonly Accept[]): Promise<Outcome>;
  /** Starts those again that ended with the daemon. */
  startAgain(): Promise<Result<null>>;
  drill(): Promise<Drill>;
  rescue(request: { readonly etag: string | null; readonly keep: boolean }): Promise<Outcome>;
  act(verb: Verb, accept?: readonly Accept[]): Promise<Outcome>;
  /** Answered when all that was seen is written down. */
  history(): Promise<Result<History>>;
  wayBack(): Promise<Result<WayBack>>;
  /** Over the file as it was last seen. */
  goBack(version: string, accept?: readonly Accept[]): Promise<Outcome>;
  close(): Promise<void>;
};

type Call = Asked extends infer One ? (One extends { id: number } ? Omit<One, 'id'> : never) : never;
type Told = { readonly view: EngineView } | { readonly id: number; readonly value: unknown };

let program: Promise<{ readonly path: string; readonly folder: string }> | null = null;

/** Made once for all tests of a file. */
const engineProgram = () => (program ??= bundled('engine-by-lines'));

/** Removes the program that the engines of this file were made from. */
export async function forgetEngineProgram(): Promise<void> {
  if (program !== null) rmSync((await program).folder, { recursive: true, force: true });
  program = null;
}

/** Starts an engine as root inside, with the program's own words behind it, and waits until it knows its daemon. */
export const openEngineInside = async (host: TestHost, ...words: readonly 'watchful'[]): Promise<EngineInside> =>
  follow(host.runProgram((await engineProgram()).path, words));

/** Starts an engine with a command that the program's path inside is put behind, and waits until it knows its daemon. */
export async function openEngineAs(
  host: TestHost,
  start: (program: string) => ChildProcessWithoutNullStreams,
): Promise<EngineInside> {
  return follow(start(host.bring((await engineProgram()).path)));
}

async function follow(child: ChildProcessWithoutNullStreams): Promise<EngineInside> {
  let stderr = '';
  child.stderr.on('data', (part: Buffer) => (stderr += part.toString('utf8')));
  let view: EngineView | null = null;
  let ids = 0;
  const answers = new Map<number, (value: unknown) => void>();
  const listeners = new Set<() => void>();
  let fail: (error: Error) => void = () => undefined;
  const ended = new Promise<never>((_resolve, reject) => (fail = reject));
  ended.catch(() => undefined);
  const gone = new Promise<void>((resolve) =>
    child.on('close', (code) => {
      fail(new Error(`the engine inside ended with ${code}: ${stderr}`));
      resolve();
    }),
  );
  createInterface({ input: child.stdout }).on('line', (line) => {
    const told = JSON.parse(line) as Told;
    if ('view' in told) {
      ({ view } = told);
      for (const listener of listeners) listener();
    } else {
      answers.get(told.id)?.(told.value);
      answers.delete(told.id);
    }
  });
  function ask<T>(call: Call): Promise<T> {
    const id = (ids += 1);
    const answered = new Promise<T>((resolve) => answers.set(id, (value) => resolve(value as T)));
    child.stdin.write(`${JSON.stringify({ id, ...call })}\n`);
    return Promise.race([answered, ended]);
  }
  function get(): EngineView {
    if (view === null) throw new Error('the engine inside has not told anything yet');
    return view;
  }
  const engine: EngineInside = {
    get,
    until(holds) {
      const seen = new Promise<EngineView>((resolve) => {
        const look = (): void => {
          if (view === null || !holds(view)) return;
          listeners.delete(look);
          resolve(view);
        };
        listeners.add(look);
        look();
      });
      return Promise.race([seen, ended]);
    },
    settled: () => ask({ call: 'settled' }),
    refresh: () => ask({ call: 'refresh' }),
    look: () => ask({ call: 'look' }),
    plan: (change) => ask({ call: 'plan', change }),
    killMode: () => ask({ call: 'kill-mode' }),
    apply: (change, accept = []) => ask({ call: 'apply', change, accept }),
    startAgain: () => ask({ call: 'start-again' }),
    drill: () => ask({ call: 'drill' }),
    rescue: (request) => ask({ call: 'rescue', ...request }),
    act: (verb, accept = []) => ask({ call: 'act', verb, accept }),
    history: () => ask({ call: 'history' }),
    wayBack: () => ask({ call: 'way-back' }),
    goBack: (version, accept = []) => ask({ call: 'go-back', version, accept }),
    async close() {
      child.stdin.end();
      await gone;
    },
  };
  await engine.settled();
  return engine;
}
