// The flags of a daemon's next start: what systemd will read then, and where nobody can tell.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nextFlagsOfUnit } from '../../../electron/platform/service-flags.ts';
import { unitFrom } from '../../../electron/platform/systemd.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'afloat-next-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const settings = (text: string): string => {
  const path = join(folder, 'docker');
  writeFileSync(path, text);
  return path;
};

const unit = (program: string, words: string, ...files: readonly string[]) =>
  unitFrom(
    [
      'LoadState=loaded',
      `ExecStart={ path=${program} ; argv[]=${program}${words} ; ignore_errors=no ; }`,
      ...files.map((path) => `EnvironmentFiles=${path} (ignore_errors=yes)`),
    ].join('\n'),
  );
const dockerd = '/usr/sbin/dockerd';

describe('the next start', () => {
  test('reads its environment file again', () => {
    const path = settings('DOCKER_OPTS="--live-restore --mtu 1400"\n');
    const view = unit(dockerd, ' -H fd:// $DOCKER_OPTS', path);
    expect(nextFlagsOfUnit(view, dockerd)).toEqual(['-H', 'fd://', '--live-restore', '--mtu', '1400']);
    settings('# DOCKER_OPTS="--live-restore"\n');
    expect(nextFlagsOfUnit(view, dockerd)).toEqual(['-H', 'fd://']);
    rmSync(path);
    expect(nextFlagsOfUnit(view, null)).toEqual(['-H', 'fd://']);
  });

  test('of a rootless daemon hands the script’s words on', () => {
    expect(nextFlagsOfUnit(unit('/usr/bin/dockerd-rootless.sh', ' --mtu=1400'), '/usr/bin/dockerd')).toEqual([
      '--mtu=1400',
    ]);
  });

  test.each([
    ['a script of somebody’s own', unit('/usr/local/bin/start-docker', ''), dockerd],
    ['a script by the name of dockerd', unit('/usr/bin/dockerd', ''), '/usr/lib/docker/dockerd-real'],
    ['a script by such a name, seen from outside', unit('/usr/bin/dockerd-wrapper', ''), null],
    ['files by pattern', unit(dockerd, ' $DOCKER_OPTS', '/etc/default/docker.d/*'), dockerd],
    ['no program', unitFrom('LoadState=loaded'), dockerd],
  ])('cannot be told of %s', (_what, view, executable) => {
    expect(nextFlagsOfUnit(view, executable)).toBeNull();
  });

  test('cannot be told where the settings are no file that we can read', () => {
    expect(nextFlagsOfUnit(unit(dockerd, ' $DOCKER_OPTS', folder), dockerd)).toBeNull();
  });
});
