// What rpm and dnf say of the engine's package, in the forms that they write; there is no such system where tests run.
import { expect, test } from 'vitest';
import {
  candidateIn,
  excludesIn,
  locksIn,
  namesIt,
  ownerIn,
  upgradesByDnf,
} from '../../../electron/platform/packages-rpm.ts';

test.each([
  ['docker-ce\t3:28.5.2-1.fc43\n', { name: 'docker-ce', version: '3:28.5.2-1.fc43' }],
  ['moby-engine\t28.5.1-1.fc43\n', { name: 'moby-engine', version: '28.5.1-1.fc43' }],
  ['file /usr/local/bin/dockerd is not owned by any package\n', null],
  ['error: file /usr/bin/dockerd: No such file or directory\n', null],
  ['', null],
])('rpm -qf: %j', (said, owner) => {
  expect(ownerIn(said)).toEqual(owner);
});

test.each([
  // dnf 5 ends lines as it is told, dnf 4 once more.
  ['3:29.1.0-1.fc43\n', '3:29.1.0-1.fc43'],
  ['3:29.1.0-1.el9\n\n', '3:29.1.0-1.el9'],
  ['0:28.5.2-1.fc43\n', '28.5.2-1.fc43'],
  ['3:29.0.0~rc.1-1.fc43\n', '3:29.0.0~rc.1-1.fc43'],
  ["Cache-only enabled but no cache for 'docker-ce-stable', ignoring this repo.\n", null],
  ['', null],
])('dnf -C repoquery: %j', (said, candidate) => {
  expect(candidateIn(said)).toBe(candidate);
});

const dnf4 = `# Added lock on Tue Nov 18 09:12:44 2025
docker-ce-3:28.5.1-1.fc40.*
!containerd.io-0:2.1.0-1.fc40.*
3:docker-ce-cli-28.5.1-1.el9.*
docker-buildx-plugin-0.29*
`;
const dnf5 = `version = "1.0"

[[packages]]
name = "moby-engine"
comment = "Added by 'versionlock add' command on 2025-11-18 09:12:44"
[[packages.conditions]]
key = "evr"
comparator = "="
value = "28.5.1-1.fc43"
`;

test('versionlock: of dnf 4 and yum a line each, of dnf 5 TOML; one excluded version holds nothing', () => {
  expect(locksIn(dnf4, '')).toEqual(['docker-ce', 'docker-ce-cli', 'docker-buildx-plugin']);
  expect(locksIn('', dnf5)).toEqual(['moby-engine']);
  expect(locksIn('', '')).toEqual([]);
});

test('excluded packages are patterns', () => {
  const patterns = excludesIn(
    '[main]\ngpgcheck=True\n# exclude=nothing\nexclude=docker-ce* kernel\nexcludepkgs = a, b\n',
  );
  expect(patterns).toEqual(['docker-ce*', 'kernel', 'a', 'b']);
  expect(patterns.some(namesIt('docker-ce'))).toBe(true);
  expect(patterns.some(namesIt('docker.io'))).toBe(false);
  expect(['docker.ce'].some(namesIt('docker-ce'))).toBe(false);
  // What is no pattern of a shell is taken as it is.
  expect(['('].some(namesIt('docker-ce'))).toBe(false);
});

test.each([
  [['dnf-automatic.timer'], '[commands]\napply_updates = yes\n', true],
  [['dnf-automatic.timer'], '[commands]\napply_updates = no\n', false],
  [['dnf-automatic.timer'], '# apply_updates = yes\n', false],
  [['dnf5-automatic.timer'], 'apply_updates = True\n', true],
  [['dnf-automatic-install.timer'], '', true],
  [[], 'apply_updates = yes\n', false],
] as const)('dnf-automatic: %j, %j', (timers, conf, upgrades) => {
  expect(upgradesByDnf(timers, conf)).toBe(upgrades);
});
