import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../electron/contract/json.ts';
import type { EngineFacts } from '../../../electron/contract/snapshot.ts';
import { belongingOf, pendingAtStart } from '../../../electron/engine/pending.ts';
import type { Circumstances } from '../../../electron/engine/circumstances.ts';
import { planChange, planRescue, planVerb } from '../../../electron/engine/plan.ts';
import type { Shim } from '../../../electron/engine/ports.ts';
import { down, edited, running } from '../../fakes/circumstances.ts';
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
  // The key is gone, and with it the place.
  [{}, { dockerRootDir: '/srv/docker' }, ['data-root hides']],
  [{}, { dockerRootDir: '/srv/docker/100000.100000', usernsRemap: true }, ['data-root hides', 'userns-remap hides']],
  [{ graph: '/srv/docker' }, { dockerRootDir: '/srv/docker', version: '20.10.24' }, []],
  [{}, { dockerRootDir: 'C:\\ProgramData\\docker', osType: 'windows' }, []],
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
  [{}, { address: '/srv/run/containerd/containerd.sock' }, [], ['exec-root loses']],
  [{ containerd: '/run/containerd/containerd.sock' }, {}, [], ['containerd loses']],
  [{ containerd: '/run/containerd/containerd.sock' }, { address: '/run/containerd/containerd.sock' }, [], []],
  [{}, { address: '/run/containerd/containerd.sock' }, [], []],
  [{}, { address: '/srv/c.sock' }, ['--containerd=/srv/c.sock'], []],
  [{}, { address: '/srv/c.sock' }, [], ['containerd loses']],
])('%j with a shim %j and flags %j: %j', (file, one, flags, expected) => {
  expect(keys(file, {}, shim(one), flags)).toEqual(expected);
});

describe('places', () => {
  const links: Readonly<Record<string, string>> = { '/var/lib/docker': '/mnt/big/docker', '/srv/run': '/run/docker' };
  const realPath = (path: string): string =>
    Object.entries(links).reduce((at, [from, to]) => (at.startsWith(from) ? to + at.slice(from.length) : at), path);
  const pending = (file: JsonObject, told: Partial<EngineFacts>, over: Partial<Circumstances> = {}) =>
    pendingAtStart({ ...at(file, told), realPath, ...over }, file).map(({ key }) => key);

  // `/info` shows where the links lead.
  test.each<[JsonObject, string, string[]]>([
    [{}, '/mnt/big/docker', []],
    [{ 'data-root': '/var/lib/docker' }, '/mnt/big/docker', []],
    [{ 'data-root': '/mnt/big/docker' }, '/mnt/big/docker', []],
    [{ 'exec-root': '/srv/run' }, '/mnt/big/docker', []],
    [{ 'data-root': '/srv/docker' }, '/mnt/big/docker', ['data-root']],
  ])('%j in %s: %j', (file, dockerRootDir, expected) => {
    expect(pending(file, { dockerRootDir })).toEqual(expected);
  });

  test('a rootless daemon has its own', () => {
    const usual = {
      dataRoot: '/home/ann/.local/share/docker',
      execRoot: '/run/user/1000/docker',
      containerd: '/run/user/1000/containerd/containerd.sock',
    };
    const told = { rootless: true, dockerRootDir: usual.dataRoot };
    const shims = [shim({ address: '/run/user/1000/docker/containerd/containerd.sock' })];
    expect(pending({}, told, { usual, shims })).toEqual([]);
    expect(pending({}, { ...told, dockerRootDir: '/data/docker' }, { usual, shims })).toEqual(['data-root']);
  });
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

describe('an apply that restarts', () => {
  const plan = (file: JsonObject, after: JsonObject) => {
    const planned = planChange(at(file), edited({ 'live-restore': true, ...after }));
    if (!planned.ok) throw new Error(planned.problem.kind);
    return planned.value;
  };

  test('takes with it what somebody wrote into the file, and asks for that too', () => {
    const made = plan({ 'containerd-namespace': 'other' }, { 'containerd-namespace': 'other', mtu: 1400 });
    expect(made.changes).toMatchObject([
      { key: 'mtu', from: undefined, to: 1400 },
      { key: 'containerd-namespace', from: 'moby', to: 'other', effect: 'restart', risk: 'loses', waiting: true },
    ]);
    expect(made.changes[0]).not.toHaveProperty('waiting');
    expect(made.containers[0]?.verdict).toBe('lost');
    expect(made.needs).toEqual(['loses']);
  });

  test('of an option that is also changed now, the worse of both counts', () => {
    // Written out, then removed: neither is what the daemon runs with.
    const shims = [shim({ address: '/srv/run/containerd/containerd.sock' })];
    const gone = planChange({ ...at({ 'exec-root': '/var/run/docker' }), shims }, edited({ 'live-restore': true }));
    expect(gone).toMatchObject({
      ok: true,
      value: { changes: [{ key: 'exec-root', risk: 'loses' }], needs: ['loses'] },
    });
  });

  test('that only reloads leaves it where it is', () => {
    const made = plan({ 'data-root': '/srv' }, { 'data-root': '/srv', debug: true });
    expect(made).toMatchObject({ effect: 'reload', needs: [], changes: [{ key: 'debug' }] });
    expect(made.containers[0]?.verdict).toBe('keeps-running');
  });
});

describe('a rescue', () => {
  const rescue = (file: JsonObject) => {
    const now = down(file, {}, { containers: [web], shims: [shim()], flags: [] });
    const planned = planRescue(now, edited({ ...file, 'live-restore': true }));
    if (!planned.ok) throw new Error(planned.problem.kind);
    return planned.value;
  };

  test.each([
    ['data-root', '/srv', 'hidden'],
    ['containerd-namespace', 'other', 'lost'],
    ['exec-root', '/srv/run', 'lost'],
  ])('is none where %s waits in the file', (key, value, verdict) => {
    const plan = rescue({ [key]: value });
    expect(plan.containers[0]?.verdict).toBe(verdict);
    expect(plan.blocked).toMatchObject({ kind: 'rescue.would-lose', keys: [key], names: ['web'] });
  });

  test('is one where nothing does', () => {
    expect(rescue({ mtu: 1400 })).toMatchObject({ blocked: null, containers: [{ verdict: 'keeps-running' }] });
  });
});
