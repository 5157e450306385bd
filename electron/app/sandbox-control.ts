// Starts and ends the private practice daemon on request, and points the engine at it and back.
import { fail, ok, type Result } from '../contract/problem.ts';
import type { SandboxStatus } from '../contract/snapshot.ts';
import type { Engine } from '../engine/engine.ts';

/** What the control needs to know of a running one. */
export type Running = { readonly endpoint: string; end(): Promise<void> };

export type SandboxPorts<S extends Running> = {
  readonly missing: () => readonly string[];
  readonly create: () => Promise<Result<S>>;
  /** Makes it known to the platform, or forgotten. */
  readonly adopt: (sandbox: S) => void;
  readonly forget: (sandbox: S) => void;
  readonly publish: (status: SandboxStatus) => void;
};

export type SandboxControl = {
  /** Starts one without showing it to an engine; null where that failed, which is published. */
  open(): Promise<Result<string>>;
  /** Starts one and makes it the engine's target. */
  start(engine: Pick<Engine, 'get' | 'choose'>): Promise<Result<null>>;
  /** Goes back to the daemon that was the target before, and ends it. */
  stop(engine: Pick<Engine, 'get' | 'choose'>): Promise<Result<null>>;
  close(): Promise<void>;
};

export function createSandboxControl<S extends Running>(ports: SandboxPorts<S>): SandboxControl {
  let running: S | null = null;
  let before: string | null = null;
  let starting = false;
  const idle = (): SandboxStatus => {
    const missing = ports.missing();
    return missing.length === 0 ? { state: 'off' } : { state: 'unavailable', missing };
  };
  ports.publish(idle());

  async function open(): Promise<Result<string>> {
    if (running !== null) return ok(running.endpoint);
    const missing = ports.missing();
    if (missing.length > 0) return fail({ kind: 'sandbox.missing', what: missing });
    if (starting) return fail({ kind: 'engine.busy', verb: 'start' });
    starting = true;
    ports.publish({ state: 'starting' });
    const made = await created();
    if (!made.ok) {
      const lines = made.problem.kind === 'sandbox.failed' ? made.problem.lines : [made.problem.kind];
      ports.publish({ state: 'failed', lines });
      return made;
    }
    running = made.value;
    ports.adopt(running);
    ports.publish({ state: 'on', endpoint: running.endpoint });
    return ok(running.endpoint);
  }

  async function created(): Promise<Result<S>> {
    try {
      return await ports.create();
    } catch (error) {
      // Whoever asked hears of it; it may be tried again.
      ports.publish(idle());
      throw error;
    } finally {
      starting = false;
    }
  }

  async function end(): Promise<void> {
    if (running === null) return;
    const ending = running;
    running = null;
    await ending.end();
    ports.forget(ending);
    ports.publish(idle());
  }

  return {
    open,
    async start(engine) {
      const { endpoint } = engine.get().target;
      const opened = await open();
      if (!opened.ok) return opened;
      if (endpoint === opened.value) return ok(null);
      before = endpoint;
      const chosen = await engine.choose(opened.value);
      // A draft is open: a daemon that nobody can look at would only be a leftover.
      if (!chosen.ok) await end();
      return chosen;
    },
    async stop(engine) {
      const { target, candidates } = engine.get();
      const back = before ?? candidates.find(({ endpoint }) => endpoint !== running?.endpoint)?.endpoint;
      if (running !== null && target.endpoint === running.endpoint && back !== undefined) {
        const chosen = await engine.choose(back);
        if (!chosen.ok) return chosen;
      }
      await end();
      return ok(null);
    },
    close: end,
  };
}
