// Opens an engine on a real private daemon for a test, and ends everything afterwards.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Change } from '../../electron/contract/change.ts';
import type { Json } from '../../electron/contract/json.ts';
import type { EngineView } from '../../electron/contract/snapshot.ts';
import { createEngine, type Engine, type EngineOptions } from '../../electron/engine/engine.ts';
import { createPlatform, type HostPlatform } from '../../electron/platform/index.ts';
import { findEngine } from '../../electron/platform/find-engine.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../electron/platform/sandbox-daemon.ts';

const ending: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end();
});

/** Runs after the test, the last one first. */
export const afterwards = (end: () => Promise<void> | void): void => void ending.push(end);

/** The versions that are tried. */
export const versions = ['20.10', '26.1', '28.5'] as const;

/** A folder with a short path, gone after the test. */
export function shortFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'afl-'));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function openSandbox(
  version: string,
  more: Partial<Pick<SandboxOptions, 'config' | 'flags' | 'seeds'>> = {},
): Promise<{ readonly sandbox: Sandbox; readonly parent: string }> {
  const engine = findEngine(process.env, version);
  if (!('found' in engine)) throw new Error(`missing for the test: ${engine.missing.join(', ')}`);
  const parent = shortFolder();
  const made = await createSandbox({ programs: engine.found, parent, ...more });
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  afterwards(() => made.value.end());
  return { sandbox: made.value, parent };
}

export const platformFor = (parent: string): HostPlatform => ({
  ...createPlatform(),
  stateFolder: join(parent, 'state'),
});

/** A private daemon with an engine of this process on it, settled. */
export async function openEngine(
  version: string,
  more: Partial<Pick<SandboxOptions, 'config' | 'flags' | 'seeds'>> & Pick<EngineOptions, 'probe'> = {},
): Promise<{ readonly sandbox: Sandbox; readonly engine: Engine; readonly parent: string }> {
  const { probe, ...rest } = more;
  const { sandbox, parent } = await openSandbox(version, rest);
  const platform = platformFor(parent);
  platform.adopt(sandbox);
  const engine = createEngine(platform, {
    host: sandbox.endpoint,
    context: null,
    configFile: null,
    manager: null,
    ...(probe ? { probe } : {}),
  });
  afterwards(() => engine.close());
  await engine.settled();
  return { sandbox, engine, parent };
}

/** Resolves with the first view for which this holds. */
export function until(engine: Engine, holds: (view: EngineView) => boolean): Promise<EngineView> {
  return new Promise((resolve) => {
    let stop = (): void => undefined;
    let done = false;
    stop = engine.watch((view) => {
      if (done || !holds(view)) return;
      done = true;
      stop();
      resolve(view);
    });
    if (done) stop();
  });
}

export const setting = (...edits: readonly (readonly [string, Json])[]): Change => ({
  kind: 'patch',
  patch: edits.map(([key, value]) => ({ path: [key], set: value })),
});

/** The etag of the file as the engine shows it. */
export function etagOf(engine: Engine): string | null {
  const { config } = engine.get();
  return 'etag' in config ? config.etag : null;
}
