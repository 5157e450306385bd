// A private daemon with three containers, and the app's engine on it, for everything that is measured.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '../../electron/engine/engine.ts';
import { findEngine } from '../../electron/platform/find-engine.ts';
import { createPlatform } from '../../electron/platform/index.ts';
import { createSandbox, type Sandbox } from '../../electron/platform/sandbox-daemon.ts';
import type { ByHand } from './by-hand.ts';

export type BenchDaemon = ByHand & {
  readonly sandbox: Sandbox;
  /** A folder of ours, on the same disk as the daemon's. */
  readonly folder: string;
  /** An engine of this process; its manager tells when it sends a SIGHUP. */
  openEngine(options?: {
    readonly signalled?: () => void;
    readonly probe?: (point: string) => Promise<void>;
  }): Promise<Engine>;
  end(): Promise<void>;
};

/** `version`: beginning of the dockerd version; null takes the newest that is unpacked. */
export async function startDaemon(version: string | null): Promise<BenchDaemon> {
  const programs = findEngine(process.env, version);
  if ('missing' in programs) throw new Error(`Missing for the bench: ${programs.missing.join(', ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'afb-'));
  const made = await createSandbox({ programs: programs.found, parent: folder });
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  const sandbox = made.value;
  return {
    sandbox,
    folder,
    socketPath: sandbox.socketPath,
    configPath: sandbox.configPath,
    pidPath: join(sandbox.folder, 'docker.pid'),
    async openEngine({ signalled, probe } = {}) {
      const platform = { ...createPlatform(), stateFolder: join(folder, 'state') };
      const { manager } = sandbox;
      const reload: typeof manager.reload = () => {
        signalled?.();
        return manager.reload();
      };
      platform.adopt({ ...sandbox, manager: { ...manager, reload } });
      const engine = createEngine(platform, {
        host: sandbox.endpoint,
        context: null,
        configFile: null,
        manager: null,
        ...(probe ? { probe } : {}),
      });
      await engine.settled();
      return engine;
    },
    async end() {
      await sandbox.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
