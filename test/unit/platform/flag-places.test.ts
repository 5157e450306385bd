// Where a flag stands: the file and line that decide, not the ones that they overrule.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { flagPlacesOfFile, flagPlacesOfUnit } from '../../../electron/platform/flag-places.ts';
import { unitFrom } from '../../../electron/platform/systemd.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'afloat-flags-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, ...lines: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
};

const unit = file.bind(null, 'docker.service');
const view = (fragment: string, dropIns: readonly string[] = [], environmentFiles: readonly string[] = []) =>
  unitFrom(
    [
      'LoadState=loaded',
      `FragmentPath=${fragment}`,
      `DropInPaths=${dropIns.join(' ')}`,
      ...environmentFiles.map((path) => `EnvironmentFiles=${path} (ignore_errors=no)`),
    ].join('\n'),
  );

test('in the unit itself, where its line may go on in the next ones', () => {
  const path = unit(
    '[Service]',
    '# ExecStart=dockerd --debug',
    'ExecStart=/usr/bin/dockerd -H fd:// \\',
    '  --icc=false',
  );
  expect(flagPlacesOfUnit(view(path))).toEqual({ '-H': `${path}:3`, '--icc': `${path}:4` });
});

test('in the last drop-in that names a program; an empty line only takes the earlier ones away', () => {
  const main = unit('[Service]', 'ExecStart=/usr/bin/dockerd -H fd:// --live-restore');
  const first = file('10.conf', '[Service]', 'ExecStart=', 'ExecStart=/usr/bin/dockerd --mtu 1400');
  const second = file('20.conf', '[Service]', 'Restart=no');
  expect(flagPlacesOfUnit(view(main, [first, second]))).toEqual({ '--mtu': `${first}:3` });
});

test('in the variable or the environment file that it comes from', () => {
  const settings = file('settings', '# --debug', `OPTS="--live-restore --label 'a=b'"`);
  const main = unit('[Service]', 'Environment=MORE=--ipv6', 'ExecStart=/usr/bin/dockerd $OPTS $MORE');
  expect(flagPlacesOfUnit(view(main, [], [settings]))).toEqual({
    '--ipv6': `${main}:2`,
    '--live-restore': `${settings}:2`,
    '--label': `${settings}:2`,
  });
  expect(flagPlacesOfFile(settings)['--live-restore']).toBe(`${settings}:2`);
  expect(flagPlacesOfFile(join(folder, 'none'))).toEqual({});
});
