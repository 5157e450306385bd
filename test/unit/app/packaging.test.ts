// Who brings a newer version, by how this one came here.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packagingOf } from '../../../electron/app/packaging.ts';

test.each([
  [null, true, {}, 'archive'],
  ['deb\n', true, {}, 'deb'],
  ['rpm', true, {}, 'rpm'],
  ['deb', false, {}, 'checkout'],
  ['something', true, {}, 'archive'],
  [null, true, { APPIMAGE: '/home/a/Afloat.AppImage' }, 'appimage'],
] as const)('marked %j, packaged %s, %j: %s', (mark, packaged, env, packaging) => {
  const folder = mkdtempSync(join(tmpdir(), 'afloat-packaging-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  if (mark !== null) writeFileSync(join(folder, 'package-type'), mark);
  expect(packagingOf(folder, packaged, env)).toBe(packaging);
});
