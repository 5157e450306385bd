// Patch files for the window: main asks where, reads and writes; the page never names a path.
import { patchBetween, type Change, type Patch } from '../contract/change.ts';
import type { ExportForm } from '../contract/export-form.ts';
import type { PatchFile } from '../contract/patch-file.ts';
import { fail, ok, type Result } from '../contract/problem.ts';
import type { EngineView } from '../contract/snapshot.ts';
import { readConfigText } from '../engine/config-text.ts';
import { exportChange } from '../engine/exports/export-change.ts';
import { readPatchFile } from '../engine/patch-file.ts';

export type PatchPorts = {
  readonly view: () => EngineView;
  /** Null where nothing was chosen. */
  readonly chooseToOpen: () => Promise<string | null>;
  readonly chooseToSave: (suggested: string) => Promise<string | null>;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  readonly writeFile: (path: string, text: string) => Promise<void>;
};

export type PatchDesk = {
  read(): Promise<Result<PatchFile | null>>;
  write(form: ExportForm, change: Change): Promise<Result<boolean>>;
};

const names: Readonly<Record<ExportForm, string>> = {
  patch: 'daemon.afloat-patch.json',
  shell: 'change-daemon.sh',
  ansible: 'change-daemon.yml',
  'cloud-init': 'cloud-config.yml',
};

export function createPatchDesk(ports: PatchPorts): PatchDesk {
  return {
    async read() {
      const path = await ports.chooseToOpen();
      if (path === null) return ok(null);
      try {
        return readPatchFile(await ports.readFile(path), path);
      } catch (error) {
        if (!(error instanceof Error) || !('code' in error)) throw error;
        return fail({ kind: 'config.unreadable', path, cause: error.code === 'EACCES' ? 'denied' : 'io' });
      }
    },
    async write(form, change) {
      const view = ports.view();
      const version = 'facts' in view.engine ? view.engine.facts.version : null;
      const patch = patchOf(change, view, version);
      if (!patch.ok) return patch;
      const path = await ports.chooseToSave(names[form]);
      if (path === null) return ok(false);
      try {
        await ports.writeFile(path, exportChange(form, patch.value, '', version));
        return ok(true);
      } catch (error) {
        if (!(error instanceof Error) || !('code' in error)) throw error;
        return fail({ kind: 'config.write-failed', path, cause: String(error.code) });
      }
    },
  };
}

/** A whole text goes to other hosts as what it changes here. */
function patchOf(change: Change, { config }: EngineView, version: string | null): Result<Patch> {
  if (change.kind === 'patch') return ok(change.patch);
  if (config.state === 'unreadable') return fail(config.problem);
  const after = readConfigText(new TextEncoder().encode(change.text), '', version);
  if (!after.ok) return after;
  return ok(patchBetween(config.state === 'read' ? config.values : {}, after.value.values));
}
