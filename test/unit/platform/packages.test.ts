// What dpkg, apt and needrestart say of the engine's package.
import { expect, test } from 'vitest';
import { candidateIn, ownerIn, restartsDocker } from '../../../electron/platform/packages.ts';

test.each([
  ['docker-ce: /usr/bin/dockerd\n', 'docker-ce'],
  ['docker.io: /usr/sbin/dockerd\n', 'docker.io'],
  ['libc6:amd64: /lib/x86_64-linux-gnu/libc.so.6\n', 'libc6'],
  ['dash, bash: /bin/sh\n', 'dash'],
  ['diversion by dash from: /bin/sh\ndiversion by dash to: /bin/sh.distrib\ndash: /bin/sh\n', 'dash'],
  ['', null],
])('dpkg-query -S: %j', (said, owner) => {
  expect(ownerIn(said)).toBe(owner);
});

const policy = (installed: string, candidate: string): string =>
  `docker.io:\n  Installed: ${installed}\n  Candidate: ${candidate}\n  Version table:\n     20.10.24+dfsg1-1+deb12u1+b6 500\n        500 https://packages.example/debian bookworm/main amd64 Packages\n`;

test('apt-cache policy: the candidate, or none', () => {
  expect(candidateIn(policy('(none)', '20.10.24+dfsg1-1+deb12u1+b6'))).toBe('20.10.24+dfsg1-1+deb12u1+b6');
  expect(candidateIn(policy('20.10.24', '(none)'))).toBeNull();
  expect(candidateIn('N: Unable to locate package docker-ce\n')).toBeNull();
});

test.each([
  [["$nrconf{restart} = 'a';\n"], true],
  [["#$nrconf{restart} = 'a';\n"], false],
  [["$nrconf{restart} = 'a';\n", "$nrconf{restart} = 'l';\n"], false],
  [["$nrconf{restart} = 'a';\n$nrconf{override_rc} = {\n    qr(^docker) => 0,\n};\n"], false],
  [["$nrconf{restart} = 'a';\n", '$nrconf{override_rc}{qr(^docker)} = 1;\n'], true],
  [[], false],
])('needrestart: %j', (texts, restarts) => {
  expect(restartsDocker(texts)).toBe(restarts);
});
