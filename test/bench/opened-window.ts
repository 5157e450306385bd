// Opens a program of the runtime and talks to its page by the debugging pipe, which costs both sides the same.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Launch } from './bare-window.ts';
import { processTree, stillRuns, type TreeProcess } from './processes.ts';

export type OpenedWindow = {
  readonly pid: number;
  /** Ms from the start of the process until the page had drawn what was waited for. */
  readonly shownMs: number;
  /** The same to the first contentful paint. */
  readonly paintedMs: number;
  /** The same to the navigation of the page: what the main process takes. */
  readonly navigatedMs: number;
  /** The same to the end of its own scripts. */
  readonly loadedMs: number;
  /** The value of an expression in the page; promises are awaited. */
  evaluate<T>(expression: string): Promise<T>;
  /** Closes the window; resolves when its process has gone, while the program runs on. */
  closeWindow(): Promise<void>;
  /** Ends the program; resolves when it has ended. */
  end(): Promise<void>;
};

type Message = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly sessionId?: string;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
};

const limitMs = 30_000;
const remainsMs = 3_000;

/**
 * In every page from its beginning: tells when `isShown` first holds and its frame has been handed over. `afterPaint` is
 * there for later measurements too.
 */
const watcher = (isShown: string): string => `
globalThis.afterPaint ??= (holds) => new Promise((resolve) => {
  const look = () => {
    if (!holds()) return false;
    observer.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
      port2.postMessage(null);
    });
    return true;
  };
  const observer = new MutationObserver(look);
  if (!look()) observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
});
globalThis.shownAt ??= afterPaint(() => ${isShown});
globalThis.paintedAt ??= new Promise((resolve) => {
  const told = (list) => {
    const first = list.getEntriesByName('first-contentful-paint')[0];
    if (first) resolve(performance.timeOrigin + first.startTime);
  };
  new PerformanceObserver(told).observe({ type: 'paint', buffered: true });
});
`;

/** Opens it and resolves when the page shows what is waited for: an expression in the page's own terms. */
export async function openWindow(
  launch: Launch,
  { args, home, isShown }: { readonly args: readonly string[]; readonly home: string; readonly isShown: string },
): Promise<OpenedWindow> {
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(DOCKER_|XDG_|NODE_OPTIONS$)/.test(name)),
  );
  const startedAt = performance.timeOrigin + performance.now();
  const child = spawn(launch.executable, [...launch.args, ...args, '--remote-debugging-pipe'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...environment, HOME: home, XDG_CONFIG_HOME: home, LANG: 'C.UTF-8' },
  });
  const ended = once(child, 'exit');
  const pid = child.pid ?? 0;
  const { ask, heard } = debuggingPipe(child.stdio[3] as Writable, child.stdio[4] as Readable);

  const page = new Promise<string>((resolve) => {
    heard((message) => {
      if (message.method !== 'Target.attachedToTarget') return;
      const { sessionId, targetInfo } = message.params as { sessionId: string; targetInfo: { type: string } };
      if (targetInfo.type === 'page') resolve(sessionId);
      else void ask('Runtime.runIfWaitingForDebugger', {}, sessionId);
    });
  });
  await ask('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
  const session = await within(page, 'a page');
  const source = watcher(isShown);
  await ask('Page.enable', {}, session);
  await ask('Page.addScriptToEvaluateOnNewDocument', { source, runImmediately: true }, session);
  await ask('Runtime.runIfWaitingForDebugger', {}, session);

  async function evaluate<T>(expression: string): Promise<T> {
    const how = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = (await ask('Runtime.evaluate', how, session)) as {
      readonly result: { readonly value?: unknown; readonly description?: string };
      readonly exceptionDetails?: unknown;
    };
    if (exceptionDetails !== undefined) throw new Error(`${expression}: ${result.description}`);
    return result.value as T;
  }

  /** Before the first document there is nothing to ask; its successor forgets what was asked. */
  async function shownAt(): Promise<number> {
    for (;;) {
      const at = await evaluate<number | null>('globalThis.shownAt ?? null').catch(() => null);
      if (at !== null && (await evaluate<boolean>('location.href !== "about:blank"'))) return at;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  const shown = await within(shownAt(), isShown);
  const painted = await within(evaluate<number>('paintedAt'), 'a first contentful paint');
  const [navigated = 0, loaded = 0] = await evaluate<readonly number[]>(
    '[0, performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd].map((at) => performance.timeOrigin + at)',
  );
  return {
    pid,
    navigatedMs: navigated - startedAt,
    loadedMs: loaded - startedAt,
    // What is in the page before anything was painted is seen with the first paint.
    shownMs: Math.max(shown, painted) - startedAt,
    paintedMs: painted - startedAt,
    evaluate,
    async closeWindow() {
      await ask('Runtime.evaluate', { expression: 'window.close()' }, session).catch(() => undefined);
      while (processTree(pid).some(({ type }) => type === 'renderer'))
        await new Promise((resolve) => setTimeout(resolve, 20));
    },
    async end() {
      const all = processTree(pid);
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), limitMs);
      await ended;
      clearTimeout(kill);
      await endRemains(all);
    },
  };
}

/** A program that leaves processes behind is told of; they would take time from what is measured next. */
async function endRemains(all: readonly TreeProcess[]): Promise<void> {
  for (const limit = Date.now() + remainsMs; all.some(stillRuns) && Date.now() < limit;)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const remains = all.filter(stillRuns);
  for (const { pid } of remains) process.kill(pid, 'SIGKILL');
  if (remains.length > 0)
    console.error(`bench: left behind and ended: ${remains.map(({ pid, name }) => `${name} (${pid})`).join(', ')}`);
}

function within<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Not seen within ${limitMs} ms: ${what}`)), limitMs);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

/** Messages are JSON that ends with a zero byte. */
function debuggingPipe(input: Writable, output: Readable) {
  const listeners = new Set<(message: Message) => void>();
  const waiting = new Map<number, (message: Message) => void>();
  let id = 0;
  let rest = '';
  output.setEncoding('utf8');
  output.on('data', (part: string) => {
    const texts = (rest + part).split('\0');
    rest = texts.pop() ?? '';
    for (const text of texts) {
      const message = JSON.parse(text) as Message;
      if (message.id === undefined) for (const listener of listeners) listener(message);
      else waiting.get(message.id)?.(message);
    }
  });
  // The program may end first; whoever waits for an answer then runs into a limit of its own.
  input.on('error', () => undefined);
  return {
    heard: (listener: (message: Message) => void): void => void listeners.add(listener),
    ask(method: string, params: object, sessionId?: string): Promise<Readonly<Record<string, unknown>>> {
      const own = (id += 1);
      return new Promise((resolve, reject) => {
        waiting.set(own, ({ result, error }) => {
          waiting.delete(own);
          if (error) reject(new Error(`${method}: ${error.message}`));
          else resolve(result ?? {});
        });
        input.write(`${JSON.stringify({ id: own, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
      });
    },
  };
}
