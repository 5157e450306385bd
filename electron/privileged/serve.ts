// Carries out one request with root's rights and answers it; the same engine as everywhere, within what was authorized.
import type { Outcome } from '../contract/outcome.ts';
import {
  seenLine,
  type AskedEtag,
  type PrivilegedLine,
  type PrivilegedRequest,
  type StatusDocument,
} from '../contract/privileged.ts';
import type { Verb } from '../contract/ipc.ts';
import type { Problem, Result } from '../contract/problem.ts';
import type { EngineState, EngineView } from '../contract/snapshot.ts';
import type { Authorized } from '../engine/authority.ts';
import type { Engine } from '../engine/engine.ts';
import { readRequest } from './request.ts';

export type PrivilegedSurroundings = {
  readonly authorized: Authorized;
  /** The next line of the asker without its end; null where there is none in so many ms, or it is longer than we take. */
  readLine(limitMs: number): Promise<Uint8Array | null>;
  /** Never fails, also where nobody reads any more. */
  write(line: string): void;
  createEngine(authorized: Authorized): Engine;
  /** Lays the outcome down for the asker's next start, or takes away what lay there. */
  leave(outcome: Outcome | null): Promise<void>;
  /** Keeps it among root's own things, whoever hears of it. */
  keep(outcome: Outcome): Promise<void>;
};

/** The request comes with the authorization: whoever waits longer is not there any more. */
const requestLimitMs = 10_000;
/** The asker only has to parse a document. */
const seenLimitMs = 5_000;
const steadyLimitMs = 30_000;
/** Events come at once; a container that ended again at once is not waited for. */
const toldLimitMs = 5_000;
const passing: readonly EngineState[] = ['connecting', 'starting', 'restarting', 'reloading', 'stopping'];

/** Resolves when it is answered. Whatever the asker sends or fails to read, what was begun is brought to its end. */
export async function servePrivileged(around: PrivilegedSurroundings): Promise<void> {
  const answer = (line: PrivilegedLine): void => around.write(`${JSON.stringify(line)}\n`);
  const refuse = (problem: Problem): void =>
    answer({ document: { view: null, outcome: null, problem, pipes: null, events: [], log: [] } });

  const line = await around.readLine(requestLimitMs);
  const read = line === null ? { fault: 'missing' } : readRequest(line);
  if ('fault' in read) return refuse({ kind: 'usage', detail: read.fault });
  const { request } = read;
  const { authority } = around.authorized;
  const onlyLooks = request.verb === 'look' || (request.verb === 'pipes' && request.enlargeTo === null);
  if (!onlyLooks && authority === 'look') return refuse({ kind: 'authorization.denied' });

  const engine = around.createEngine(around.authorized);
  try {
    const document = await carriedOut(engine, request, answer);
    if (document.outcome !== null) await around.keep(document.outcome);
    answer({ document });
    if (document.outcome === null) return;
    const seen = await around.readLine(seenLimitMs);
    const arrived = seen !== null && new TextDecoder().decode(seen) === seenLine;
    await around.leave(arrived ? null : document.outcome);
  } finally {
    await engine.close();
  }
}

async function carriedOut(
  engine: Engine,
  request: PrivilegedRequest,
  answer: (line: PrivilegedLine) => void,
): Promise<StatusDocument> {
  const began = Date.now();
  if (engine.problem !== null)
    return { view: null, outcome: null, problem: engine.problem, pipes: null, events: [], log: [] };
  await engine.settled();
  await steady(engine);
  let step: string | null = null;
  const stop = engine.watch(({ operation }) => {
    if (operation.kind !== 'running' || operation.step === step) return;
    ({ step } = operation);
    answer({ step: operation.step });
  });
  await engine.recall();
  const { access } = engine.get().target;
  // Whoever plans finds that out himself.
  const unplanned = request.verb === 'pipes' || request.verb === 'start-again';
  const untrusted: Problem | null =
    unplanned && access.kind === 'read-only'
      ? { kind: 'target.read-only', reason: access.reason, detail: access.detail }
      : null;
  const pipes =
    request.verb === 'pipes' && untrusted === null ? await engine.pipes({ enlargeTo: request.enlargeTo }) : null;
  const started =
    request.verb === 'start-again' && untrusted === null ? await startedAgain(engine, request.containers) : null;
  const outcome = await done(engine, request);
  stop();
  const { events, log } = await engine.account(began);
  const failed = [pipes, started].find((one) => one?.ok === false);
  const problem = untrusted ?? (failed?.ok === false ? failed.problem : null);
  return { view: engine.get(), outcome, problem, pipes: pipes?.ok ? pipes.value : null, events, log };
}

const act = (engine: Engine, { verb, version: _version, ...consent }: Extract<PrivilegedRequest, { verb: Verb }>) =>
  engine.act(verb, consent);

const goingBy = (etag: AskedEtag) => (etag === 'unseen' ? { etag: null, unseen: true } : { etag: etag.seen });

function done(engine: Engine, request: PrivilegedRequest): Promise<Outcome | null> {
  switch (request.verb) {
    case 'look':
    case 'pipes':
    case 'start-again':
      return Promise.resolve(null);
    case 'apply': {
      const { change, etag, verb: _verb, version: _version, ...consent } = request;
      return engine.apply(change, { ...goingBy(etag), ...consent });
    }
    case 'go-back': {
      const { verb: _verb, version: _version, ...asked } = request;
      return engine.goBack(asked);
    }
    case 'rescue':
      return engine.rescue({ ...goingBy(request.etag), keep: request.keep });
    case 'reload':
    case 'restart':
    case 'start':
    case 'stop':
      return act(engine, request);
  }
}

/** Until the daemon has told of those that were started, so that the document does. */
async function startedAgain(engine: Engine, ids: readonly string[]): Promise<Result<null>> {
  const started = await engine.startAgain(ids);
  const isTold = ({ fallen }: EngineView): boolean => !fallen?.containers.some(({ id }) => ids.includes(id));
  if (started.ok) await until(engine, isTold, toldLimitMs);
  return started;
}

/** A daemon that is on its way up or down is waited for, as far as the time goes. */
const steady = (engine: Engine): Promise<void> =>
  until(engine, ({ engine: { state } }) => !passing.includes(state), steadyLimitMs);

/** Resolves once the view is so, or when the time is over. */
function until(engine: Engine, holds: (view: EngineView) => boolean, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    let stop: () => void = () => undefined;
    const end = (): void => {
      clearTimeout(late);
      stop();
      resolve();
    };
    const late = setTimeout(end, limitMs);
    const look = (view: EngineView): void => {
      if (holds(view)) end();
    };
    stop = engine.watch(look);
    look(engine.get());
  });
}
