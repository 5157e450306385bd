// Patch files for the window: read whole or not at all, written where main chose, never where the page says.
import { expect, test } from 'vitest';
import { createPatchDesk, type PatchPorts } from '../../../electron/app/patch-desk.ts';
import { configFile, CONFIG_PATH, snapshot } from '../../fakes/snapshot.ts';

function desk(over: Partial<PatchPorts> = {}) {
  const written: [string, string][] = [];
  const made = createPatchDesk({
    view: () => snapshot({ config: configFile({ debug: true, mtu: 1500 }) }),
    chooseToOpen: async () => '/in.json',
    chooseToSave: async (suggested) => `/out/${suggested}`,
    readFile: async () =>
      new TextEncoder().encode('{"format":"afloat-patch","version":1,"edits":[{"path":["debug"],"set":false}]}'),
    writeFile: async (path, text) => void written.push([path, text]),
    ...over,
  });
  return { made, written };
}
const change = { kind: 'text', text: '{"debug": false}' } as const;

test('a patch is read from where the user chose, and nothing is done with it', async () => {
  const edits = [{ path: ['debug'], set: false }];
  expect(await desk().made.read()).toEqual({ ok: true, value: { summary: '', edits } });
  expect(await desk({ chooseToOpen: async () => null }).made.read()).toEqual({ ok: true, value: null });
  const broken = desk({ readFile: async () => new TextEncoder().encode('{}') });
  expect(await broken.made.read()).toMatchObject({ problem: { kind: 'patch-file.invalid', path: '/in.json' } });
  const denied = desk({ readFile: () => Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' })) });
  expect(await denied.made.read()).toMatchObject({ problem: { kind: 'config.unreadable', cause: 'denied' } });
});

test('a whole text is written as what it changes here', async () => {
  const { made, written } = desk();
  expect(await made.write('patch', change)).toEqual({ ok: true, value: true });
  const [[path, text] = ['', '{}']] = written;
  expect(path).toBe('/out/daemon.afloat-patch.json');
  expect(JSON.parse(text)).toMatchObject({
    edits: [
      { path: ['mtu'], remove: true },
      { path: ['debug'], set: false },
    ],
  });
});

test('what cannot be written or compared is told', async () => {
  const full = desk({ writeFile: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOSPC' })) });
  expect(await full.made.write('shell', change)).toMatchObject({
    problem: { kind: 'config.write-failed', cause: 'ENOSPC' },
  });
  expect(await desk({ chooseToSave: async () => null }).made.write('shell', change)).toEqual({
    ok: true,
    value: false,
  });
  const problem = {
    kind: 'config.invalid',
    path: CONFIG_PATH,
    fault: 'syntax',
    place: { line: 1, column: 1 },
    detail: '',
  } as const;
  const config = {
    state: 'unreadable',
    path: CONFIG_PATH,
    etag: 'x',
    text: '{',
    problem,
    writable: { ok: true },
  } as const;
  expect(await desk({ view: () => snapshot({ config }) }).made.write('shell', change)).toMatchObject({ problem });
});
