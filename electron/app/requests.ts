// What each request of the page does.
import type { Preferences } from '../contract/preferences.ts';
import { fail, ok, type Result } from '../contract/problem.ts';
import type { Engine } from '../engine/engine.ts';
import type { DiagnosticsDesk } from './diagnostics-desk.ts';
import type { Handlers } from './door.ts';
import type { PatchDesk } from './patch-desk.ts';
import { addressOf } from './links.ts';

export type RequestPorts = {
  readonly engine: Engine;
  readonly sandbox: { start(): Promise<Result<null>>; stop(): Promise<Result<null>> };
  readonly setPreferences: (change: Partial<Preferences>) => Promise<Result<null>>;
  /** Shows a file in the file manager. */
  readonly reveal: (path: string) => void;
  readonly openAddress: (address: string) => Promise<void>;
  readonly logPath: string;
  readonly preferencesPath: string;
  readonly diagnostics: DiagnosticsDesk;
  readonly patches: PatchDesk;
};

export function createHandlers({ engine, sandbox, ...ports }: RequestPorts): Handlers {
  return {
    'config.plan': (change) => engine.plan(change),
    'config.apply': async ({ change, ...request }) => ok(await engine.apply(change, request)),
    'presets.list': (mirror) => engine.presets(mirror),
    'patch.import': () => ports.patches.read(),
    'patch.export': ({ form, change }) => ports.patches.write(form, change),
    'config.reveal': () => {
      const { configPath } = engine.get().target;
      if (configPath === null) return Promise.resolve(fail({ kind: 'engine.not-running' }));
      ports.reveal(configPath);
      return Promise.resolve(ok(null));
    },
    'engine.plan': (verb) => engine.planVerb(verb),
    'engine.act': async ({ verb, ...consent }) => ok(await engine.act(verb, consent)),
    'orphan.end': (orphan) => engine.endOrphan(orphan),
    'engine.look': () => engine.look(),
    'engine.rescue': async (request) => ok(await engine.rescue(request)),
    'engine.way-back': () => engine.wayBack(),
    'engine.go-back': async (request) => ok(await engine.goBack(request)),
    'pipes.enlarge': (enlargeTo) => engine.pipes({ enlargeTo }),
    'history.read': () => engine.history(),
    'history.text': (id) => engine.versionText(id),
    'containers.start-again': () => engine.startAgain(),
    'drill.run': async () => ok(await engine.drill()),
    'engine.refresh': async () => {
      await engine.refresh();
      return ok(null);
    },
    'target.choose': (endpoint) => {
      // Only what was found and shown: the page never names an address of its own.
      const known = engine.get().candidates.some((candidate) => candidate.endpoint === endpoint);
      return known ? engine.choose(endpoint) : Promise.resolve(fail({ kind: 'endpoint.invalid', endpoint }));
    },
    'sandbox.start': () => sandbox.start(),
    'sandbox.stop': () => sandbox.stop(),
    'preferences.set': (change) => ports.setPreferences(change),
    'link.open': async (link) => {
      await ports.openAddress(addressOf(link));
      return ok(null);
    },
    'log.reveal': () => {
      ports.reveal(ports.logPath);
      return Promise.resolve(ok(null));
    },
    'preferences.reveal': () => {
      ports.reveal(ports.preferencesPath);
      return Promise.resolve(ok(null));
    },
    'diagnostics.make': () => Promise.resolve(ports.diagnostics.make()),
    'diagnostics.copy': () => ports.diagnostics.copy(),
    'diagnostics.save': () => ports.diagnostics.save(),
    'draft.open': (open) => {
      engine.holdTarget(open);
      return Promise.resolve(ok(null));
    },
  };
}
