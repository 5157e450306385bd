import { expect, test } from 'vitest';
import type { Upgrade } from '../../../electron/contract/upgrade.ts';
import { cli, fakeEngine } from '../../fakes/command-line.ts';
import { snapshotIn } from '../../fakes/snapshot.ts';

const skipping: Upgrade = {
  manager: 'apt',
  name: 'docker-ce',
  installed: '5:26.1.5-1~debian.12~bookworm',
  candidate: '5:28.5.2-1~debian.12~bookworm',
  held: true,
  byItself: ['unattended-upgrades', 'needrestart'],
  running: '26.1.5',
  verdict: 'skips',
  containers: [{ id: 'a'.repeat(64), name: 'db', verdict: 'may-be-lost', reasons: [] }],
  removed: ['job'],
  problems: [],
  steps: [
    { kind: 'stop', command: 'docker stop job db' },
    { kind: 'upgrade', command: 'sudo apt-get install --only-upgrade docker-ce' },
  ],
};
const engine = () => fakeEngine({ upgrade: () => Promise.resolve(skipping) });

test('gives the fields of its contract', async () => {
  const ran = await cli(['upgrade', '--json'], { engine: engine() });
  expect(ran.code).toBe(0);
  expect(ran.document()).toMatchObject({
    package: 'docker-ce',
    installed: skipping.installed,
    candidate: skipping.candidate,
    held: true,
    byItself: ['unattended-upgrades', 'needrestart'],
    verdict: 'skips',
    containers: [{ name: 'db', verdict: 'may-be-lost', reasons: [] }],
    steps: skipping.steps,
  });
});

test.each([
  ['en', /skips releases/],
  ['ja', /リリースを飛ばす/],
])('tells the verdict, who is in danger, and every command as it is typed (%s)', async (language, words) => {
  const { stdout } = await cli(['upgrade', '--lang', language], { engine: engine() });
  expect(stdout).toMatch(words);
  for (const text of ['db', '--rm', 'needrestart', ...skipping.steps.map(({ command }) => command)])
    expect(stdout).toContain(text);
});

test('a patch release that somebody would not outlive is no all-clear', async () => {
  const told = async (steps: Upgrade['steps']) =>
    (
      await cli(['upgrade'], {
        engine: fakeEngine({ upgrade: () => Promise.resolve({ ...skipping, verdict: 'patch', steps }) }),
      })
    ).stdout;
  expect(await told(skipping.steps)).toMatch(/not every container would outlive/);
  expect(await told(skipping.steps.slice(1))).not.toMatch(/not every container/);
});

test('without a daemon there is nothing to upgrade', async () => {
  expect((await cli(['upgrade'], { engine: fakeEngine({}, snapshotIn('absent')) })).code).toBe(6);
});
