// Makes a program of the tests into one file that plain Node runs, for tests that need processes of their own.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'vite';

/** Bundles `test/fakes/programs/<name>.ts` and returns the path of the result; the caller removes its folder. */
export async function bundled(name: string): Promise<{ readonly path: string; readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'afloat-program-'));
  const entry = join(import.meta.dirname, 'programs', `${name}.ts`);
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      // dbus-next asks X11 where a session bus is, which none of the tests do.
      rollupOptions: { external: ['x11'], output: { entryFileNames: '[name].mjs' } },
    },
  });
  return { path: join(folder, `${basename(name)}.mjs`), folder };
}
