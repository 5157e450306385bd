import { expect, test } from 'vitest';
import type { JsonObject } from '../../../electron/contract/json.ts';
import type { EngineFacts } from '../../../electron/contract/snapshot.ts';
import { belongingOf, pendingAtStart } from '../../../electron/engine/pending.ts';
import { planVerb } from '../../../electron/engine/plan.ts';
import type { Shim } from '../../../electron/engine/ports.ts';
import { running } from '../../fakes/circumstances.ts';
import { container } from '../../fakes/snapshot.ts';

const web = container('web');
const shim = (over: Partial<Shim> = {}): Shim => ({
  id: web.id,
  pid: 7,
  startTicks: '9',
  namespace: 'moby',
  address: '/var/run/docker/containerd/containerd.sock',
  units: [],
  first: null,
  ...over,
});
const at = (file: JsonObject, told: Partial<EngineFacts> = {}, one: Shim = shim(), flags: readonly string[] = []) =>
  running({ 'live-restore': true, ...file }, told, { containers: [web], shims: [one], flags });
const keys = (file: JsonObject, told?: Partial<EngineFacts>, one?: Shim, flags?: readonly string[]) =>
  pendingAtStart(at(file, told, one, flags), file).map(({ key, risk }) => `${key} ${risk}`);

test.each<[JsonObject, Partial<EngineFacts>, string[]]>([
  [{}, {}, []],
  [{ 'storage-driver': 'vfs' }, {}, ['storage-driver hides']],
  [{ 'storage-driver': 'overlay2' }, {}, []],
  [{ 'data-root': '/srv/docker' }, {}, ['data-root hides']],
  [{ 'data-root': '/var/lib/docker/' }, {}, []],
  [{ 'userns-remap': 'default' }, {}, ['userns-remap hides']],
  [{}, { usernsRemap: true, dockerRootDir: '/var/lib/docker/100000.100000' }, ['userns-remap hides']],
  [{ 'userns-remap': 'default', 'data-root': '/srv' }, { usernsRemap: true, dockerRootDir: '/srv/1.1' }, []],
  [{ features: { 'containerd-snapshotter': true } }, {}, ['features.containerd-snapshotter hides']],
  [{}, { snapshotter: true }, ['features.containerd-snapshotter hides']],
  // There, without the key, the data root decides.
  [{}, { snapshotter: true, version: '29.1.0' }, []],
  [{ features: { 'containerd-snapshotter': true } }, { version: '20.10.24' }, []],
])('%j with %j: %j', (file, told, expected) => {
  expect(keys(file, told)).toEqual(expected);
});

test.each<[JsonObject, Partial<Shim>, readonly string[], string[]]>([
  [{ 'containerd-namespace': 'other' }, {}, [], ['containerd-namespace loses']],
  [{ 'containerd-namespace': 'moby' }, {}, [], []],
  [{ 'exec-root': '/srv/run' }, {}, [], ['exec-root loses']],
  [{ 'exec-root': '/run/docker' }, {}, [], []],
  [{ containerd: '/run/containerd/containerd.sock' }, {}, [], ['containerd loses']],
  [{ containerd: '/run/containerd/containerd.sock' }, { address: '/run/containerd/containerd.sock' }, [], []],
  [{}, { address: '/run/containerd/containerd.sock' }, [], []],
  [{}, { address: '/srv/c.sock' }, ['--containerd=/srv/c.sock'], []],
  [{}, { address: '/srv/c.sock' }, [], ['containerd loses']],
])('%j with a shim %j and flags %j: %j', (file, one, flags, expected) => {
  expect(keys(file, {}, shim(one), flags)).toEqual(expected);
});

test('nobody runs: nobody is hidden or lost', () => {
  const now = running({ 'data-root': '/srv' }, {}, { containers: [container('old', { state: 'exited' })] });
  expect(pendingAtStart(now, { 'data-root': '/srv' })).toEqual([]);
});

test('a plain restart is refused without consent to what somebody wrote into the file', () => {
  const plan = planVerb('restart', at({ 'containerd-namespace': 'other' }));
  expect(plan.containers[0]?.verdict).toBe('lost');
  expect(plan.needs).toContain('loses');
});

test('a rootless daemon’s containers are held where its user’s things are, and nowhere else', () => {
  const usual = {
    execRoot: '/run/user/1000/docker',
    dataRoot: '/home/u/.local/share/docker',
    containerd: '/run/user/1000/containerd/containerd.sock',
  };
  const now = { ...at({}), flags: [], usual };
  expect(belongingOf(now, {})).toEqual({
    addresses: ['/run/user/1000/docker/containerd/containerd.sock', '/run/user/1000/containerd/containerd.sock'],
    namespace: 'moby',
  });
  expect(belongingOf(now, { 'exec-root': '/srv/exec' }).addresses).toEqual(['/srv/exec/containerd/containerd.sock']);
  expect(belongingOf({ ...at({}), flags: [] }, {}).addresses).toEqual([
    '/run/docker/containerd/containerd.sock',
    '/run/containerd/containerd.sock',
  ]);
});
