// A command line without a process and without a daemon: what it is given, and everything that it said.
import type { FixResult } from '../../electron/engine/check-file.ts';
import type { EngineView } from '@contract/snapshot.ts';
import type { Engine, EngineOptions } from '../../electron/engine/engine.ts';
import { runCli } from '../../electron/cli/run.ts';
import type { CliSurroundings, Signal } from '../../electron/cli/surroundings.ts';
import { outcome, planned, snapshot } from './snapshot.ts';

export type FakeEngine = Engine & {
  /** The calls that plan, check or act, with what they were given. */
  readonly calls: readonly { readonly name: string; readonly given: readonly unknown[] }[];
  publish(view: EngineView): void;
  isClosed(): boolean;
};

/** Nothing to put right. */
const untouched = (bytes: Uint8Array | null): FixResult => {
  const text = bytes ?? new TextEncoder().encode('{}\n');
  return { verdict: 'starts', findings: [], fixed: [], before: text, after: text };
};

/** An engine that knows everything at once and agrees to all, unless told otherwise. */
export function fakeEngine(over: Partial<Engine> = {}, first: EngineView = snapshot()): FakeEngine {
  const calls: { name: string; given: readonly unknown[] }[] = [];
  const listeners = new Set<(view: EngineView) => void>();
  let view = first;
  let closed = false;
  const base: Engine = {
    problem: null,
    get: () => view,
    watch(listener) {
      listeners.add(listener);
      listener(view);
      return () => void listeners.delete(listener);
    },
    settled: () => Promise.resolve(view),
    plan: () => Promise.resolve({ ok: true, value: planned({ text: { before: '{}\n', after: '{"debug":true}\n' } }) }),
    presets: () => Promise.resolve({ ok: true, value: [] }),
    planVerb: (verb) => Promise.resolve({ ok: true, value: planned({ verb }) }),
    check: () => Promise.resolve({ ok: true, value: { verdict: 'starts', findings: [] } }),
    fix: (bytes) => Promise.resolve({ ok: true, value: untouched(bytes) }),
    fixFile: () => Promise.resolve({ ok: true, value: untouched(null) }),
    apply: () => Promise.resolve(outcome()),
    act: (verb) => Promise.resolve(outcome({ verb })),
    look: () => Promise.resolve({ ok: true, value: null }),
    account: () => Promise.resolve({ events: [], log: [] }),
    drill: () =>
      Promise.resolve({
        survived: true,
        pidBefore: 4242,
        pidAfter: 4242,
        logGapLines: 0,
        apiDowntimeMs: 900,
        outcome: outcome({ verb: 'restart' }),
        problem: null,
      }),
    endOrphan: () => Promise.resolve({ ok: true, value: null }),
    rescue: () => Promise.resolve(outcome({ verb: 'start' })),
    wayBack: () => Promise.resolve({ ok: false, problem: { kind: 'way-back.unknown' } }),
    goBack: () => Promise.resolve(outcome({ verb: 'start' })),
    pipes: () => Promise.resolve({ ok: true, value: { containers: [], notMeasured: null, pipeMaxSize: 1048576 } }),
    attend: () => undefined,
    doctor: () => Promise.resolve(view.findings),
    upgrade: () =>
      Promise.resolve({
        manager: 'apt',
        name: 'docker-ce',
        installed: '5:28.5.1-1~debian.12~bookworm',
        candidate: '5:28.5.2-1~debian.12~bookworm',
        held: false,
        byItself: [],
        running: '28.5.1',
        verdict: 'patch',
        containers: [],
        removed: [],
        problems: [],
        steps: [{ kind: 'upgrade', command: 'sudo apt-get install --only-upgrade docker-ce' }],
      }),
    history: () => Promise.resolve({ ok: true, value: { versions: [], entries: [] } }),
    versionText: (id) => Promise.resolve({ ok: true, value: { id, text: '{}\n' } }),
    recall: () => Promise.resolve(),
    startAgain: () => Promise.resolve({ ok: true, value: null }),
    refresh: () => Promise.resolve(),
    choose: () => Promise.resolve({ ok: true, value: null }),
    holdTarget: () => undefined,
    close() {
      closed = true;
      return Promise.resolve();
    },
    ...over,
  };
  const noted =
    <Given extends readonly unknown[], Answer>(name: string, answer: (...given: Given) => Answer) =>
    (...given: Given): Answer => {
      calls.push({ name, given });
      return answer(...given);
    };
  return {
    ...base,
    plan: noted('plan', base.plan),
    planVerb: noted('planVerb', base.planVerb),
    check: noted('check', base.check),
    fix: noted('fix', base.fix),
    fixFile: noted('fixFile', base.fixFile),
    apply: noted('apply', base.apply),
    act: noted('act', base.act),
    pipes: noted('pipes', base.pipes),
    rescue: noted('rescue', base.rescue),
    goBack: noted('goBack', base.goBack),
    drill: noted('drill', base.drill),
    startAgain: noted('startAgain', base.startAgain),
    calls,
    publish(next) {
      view = next;
      for (const listener of listeners) listener(next);
    },
    isClosed: () => closed,
  };
}

export type Given = {
  readonly engine?: FakeEngine;
  /** A terminal on all three streams. */
  readonly tty?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** What is typed or piped in. */
  readonly input?: string;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Why standard output cannot be written. */
  readonly unwritten?: string;
};

/** Starts the command line; `done` resolves with the exit code. */
export function startCli(argv: readonly string[], given: Given = {}) {
  const engine = given.engine ?? fakeEngine();
  const said = { stdout: '', stderr: '' };
  const made: EngineOptions[] = [];
  const listeners = new Set<(signal: Signal) => void>();
  const unread = new Set<() => void>();
  const left: number[] = [];
  const written = new Map<string, string>();
  const around: CliSurroundings = {
    argv,
    env: given.env ?? {},
    version: '1.2.3',
    stdout: { isTty: given.tty ?? false, write: (text) => void (said.stdout += text) },
    stderr: { isTty: given.tty ?? false, write: (text) => void (said.stderr += text) },
    stdin: {
      isTty: given.tty ?? false,
      read: () => Promise.resolve(new TextEncoder().encode(given.input ?? '')),
      readLine: () => Promise.resolve(given.input === undefined ? null : (given.input.split('\n')[0] ?? null)),
    },
    readFile(path) {
      const found = given.files?.[path];
      if (found === undefined) return Promise.reject(Object.assign(new Error('no such file'), { code: 'ENOENT' }));
      return Promise.resolve(typeof found === 'string' ? new TextEncoder().encode(found) : found);
    },
    writeFile(path, text, replace) {
      if (path.startsWith('/read-only/')) return Promise.reject(Object.assign(new Error('no'), { code: 'EROFS' }));
      if (!replace && given.files?.[path] !== undefined)
        return Promise.reject(Object.assign(new Error('is there'), { code: 'EEXIST' }));
      written.set(path, text);
      return Promise.resolve();
    },
    ownFacts: () =>
      Promise.resolve({
        versions: { afloat: '1.2.3', node: '20.19.0' },
        paths: { log: '/home/mira/.config/Afloat/logs/afloat.log' },
        home: '/home/mira',
        user: 'mira',
        hostName: 'harbor',
        log: 'info started in /home/mira on harbor\n',
      }),
    onSignal(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onStdoutClosed(listener) {
      unread.add(listener);
      return () => void unread.delete(listener);
    },
    flushed: () => Promise.resolve(given.unwritten ?? null),
    leave: (code) => void left.push(code),
    backupPath: (configPath, id, asRoot) => Promise.resolve(`${asRoot ? '/of-root' : ''}/backups${configPath}/${id}`),
    openSandbox: () => Promise.resolve({ ok: true, value: { engine, end: () => Promise.resolve() } }),
    createEngine(options) {
      made.push(options);
      return Promise.resolve(engine);
    },
  };
  return {
    done: runCli(around),
    engine,
    said,
    /** With what engines were made. */
    made,
    /** Files that were written, by path. */
    written,
    /** Codes with which the process would have ended at once. */
    left,
    send: (signal: Signal): void => listeners.forEach((listener) => listener(signal)),
    closeStdout: (): void => unread.forEach((listener) => listener()),
  };
}

/** Runs the command line to its end. */
export async function cli(argv: readonly string[], given: Given = {}) {
  const started = startCli(argv, given);
  const code = await started.done;
  return {
    code,
    ...started.said,
    engine: started.engine,
    made: started.made,
    written: started.written,
    /** The one document on standard output; throws where there is another or something else. */
    document: () => JSON.parse(started.said.stdout) as never,
  };
}
