// `afloat options`: what scripts were promised, and what people read.
import { describe, expect, test } from 'vitest';
import { knownTruths } from '../../../electron/engine/sources.ts';
import { cli, fakeEngine } from '../../fakes/command-line.ts';
import { snapshot } from '../../fakes/snapshot.ts';

const options = knownTruths({
  values: { 'live-restore': true, mtu: 1400 },
  flags: ['--debug'],
  flagSource: 'docker.service',
  flagPlaces: { '--debug': '/etc/systemd/system/docker.service.d/debug.conf:2' },
  running: { 'live-restore': false, debug: true },
  version: '28.5.2',
});
const engine = () => fakeEngine({}, snapshot({ options }));
type Document = { readonly options: readonly Readonly<Record<string, unknown>>[] };

describe('--json', () => {
  test('tells of every option, with the promised names', async () => {
    const { code, stdout } = await cli(['options', '--json'], { engine: engine() });
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as Document;
    expect(document.options.length).toBeGreaterThan(115);
    for (const one of document.options) {
      for (const name of ['key', 'value', 'source', 'running', 'pending', 'effectOnSet', 'effectOnRemove', 'risk'])
        expect(one).toHaveProperty(name);
    }
  });
  test.each([
    [
      'live-restore',
      {
        value: false,
        source: 'running',
        running: false,
        pending: true,
        effectOnSet: 'reload',
        effectOnRemove: 'restart',
      },
    ],
    ['mtu', { value: 1400, source: 'file', running: null, pending: null, effectOnSet: 'restart', risk: 'deferred' }],
    ['debug', { value: true, source: 'drop-in', running: true }],
    ['data-root', { value: '/var/lib/docker', source: 'default', risk: 'hides' }],
    ['storage-driver', { value: null, source: 'default', running: null }],
  ])('%s', async (key, expected) => {
    const { stdout } = await cli(['options', key, '--json'], { engine: engine() });
    expect((JSON.parse(stdout) as Document).options).toMatchObject([{ key, ...expected }]);
  });
});

test('says of one option where everything comes from, and what nobody tells', async () => {
  const { stdout } = await cli(['options', 'debug'], { engine: engine() });
  expect(stdout).toMatch(/By flag +--debug true \(\/etc\/systemd\/system\/docker\.service\.d\/debug\.conf:2\)/);
  const mtu = (await cli(['options', 'mtu'], { engine: engine() })).stdout;
  expect(mtu).toMatch(/In the daemon +not told by the daemon/);
});

test('an option that the policy locks says so, with the reason', async () => {
  const lock = { key: 'live-restore', path: ['live-restore'], value: true, reason: 'Upgrades happen at noon.' };
  const policy = { state: 'in-force', path: '/etc/afloat/policy.json', locked: [lock], defaults: [] } as const;
  const locked = () => fakeEngine({}, snapshot({ options, policy }));
  const { stdout } = await cli(['options', 'live-restore'], { engine: locked() });
  expect(stdout).toMatch(/Locked +.*\(\/etc\/afloat\/policy\.json\)\. Upgrades happen at noon\./);
  const { options: told } = JSON.parse((await cli(['options', '--json'], { engine: locked() })).stdout) as Document;
  expect(told.filter((one) => one['locked'] !== null)).toMatchObject([
    { key: 'live-restore', locked: { policy: policy.path, reason: lock.reason } },
  ]);
});

test('a key that is none is told with the nearest, as a mistake of the command line', async () => {
  const { code, stderr } = await cli(['options', 'live-restor'], { engine: engine() });
  expect(code).toBe(2);
  expect(stderr).toContain('live-restore');
});
