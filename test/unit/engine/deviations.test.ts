import { expect, test } from 'vitest';
import { isWorse, type Orphan } from '../../../electron/contract/audit.ts';
import type { Container, ContainerDetails } from '../../../electron/contract/snapshot.ts';
import { auditOf, deviationsOf } from '../../../electron/engine/deviations.ts';
import { orphansAmong, settled, type Answered } from '../../../electron/engine/orphans.ts';
import type { Shim } from '../../../electron/engine/ports.ts';
import { portsIn } from '../../../electron/platform/listening.ts';
import { container } from '../../fakes/snapshot.ts';

const details: ContainerDetails = {
  networkMode: 'crew',
  networks: [{ name: 'crew', address: '172.18.0.2' }],
  dns: [],
  wantedPorts: [],
  mounts: ['/data'],
  restartCount: 1,
  tty: false,
  logDriver: 'json-file',
  runtime: 'runc',
  devices: 'none',
};
/** Long after everything was started. */
const at = Date.now();
const before = container('web', { details, health: 'healthy', ports: ['0.0.0.0:80->80/tcp'] });
const later = (over: Partial<Container>, more: Partial<ContainerDetails> = {}) =>
  deviationsOf(
    before,
    { ...before, details: { ...details, ...more }, ...over },
    { at, version: '28.5.2', listening: new Set(['tcp/80']) },
  ).map(({ kind }) => kind);

test('nothing changed, nothing is told', () => {
  expect(later({})).toEqual([]);
});

test.each<[string, Partial<Container>, Partial<ContainerDetails>]>([
  ['ended', { state: 'exited', pid: 0, exitCode: 137 }, {}],
  ['new-process', { pid: 9, startedAt: 'later' }, {}],
  ['port-gone', { ports: [] }, {}],
  ['port-closed', { ports: ['0.0.0.0:80->80/tcp', '0.0.0.0:81->81/tcp'] }, {}],
  ['network-gone', {}, { networks: [] }],
  ['address-changed', {}, { networks: [{ name: 'crew', address: '172.18.0.9' }] }],
  ['dns-changed', {}, { dns: ['9.9.9.9'] }],
  ['health-worse', { health: 'unhealthy' }, {}],
  ['mount-gone', {}, { mounts: [] }],
  ['restarted', {}, { restartCount: 3 }],
])('%s', (kind, over, more) => {
  expect(later(over, more)).toEqual([kind]);
});

test('one that its restart policy is still starting says nothing of ports and addresses', () => {
  const gone = { ports: [], pid: 0, exitCode: 1, state: 'restarting' } as const;
  const startedAt = new Date(at - 200).toISOString();
  expect(later(gone)).toEqual(['keeps-ending']);
  expect(later({ pid: 9, startedAt }, { restartCount: 2 })).toEqual(['keeps-ending']);
  // Started by the daemon itself, and not again.
  expect(later({ pid: 9, startedAt }, { restartCount: 0 })).toEqual(['new-process']);
  // It was no better before.
  expect(
    deviationsOf({ ...before, state: 'restarting', pid: 0 }, before, { at, version: '28.5.2', listening: null }),
  ).toEqual([]);
});

test('a health check that begins anew is no deviation', () => {
  expect(later({ health: 'starting' })).toEqual([]);
});

test('an old engine goes on with no health check, but with that of one that was paused', () => {
  const checked = { ...before, healthCheck: true };
  const of = (version: string, now: Partial<Container> = {}) =>
    deviationsOf(checked, { ...checked, ...now }, { at, version, listening: null });
  expect(of('20.10.24')).toEqual([{ kind: 'health-stopped', last: 'healthy' }]);
  expect(of('23.0.1')).toEqual([]);
  expect(of('20.10.24', { state: 'paused' })).toEqual([]);
  expect(of('20.10.24', { pid: 9 }).map(({ kind }) => kind)).toEqual(['new-process']);
});

test('paused before and not afterwards', () => {
  const paused = container('p', { state: 'paused' });
  expect(deviationsOf(paused, { ...paused, state: 'running' }, { at, version: '28.5.2', listening: null })).toEqual([
    { kind: 'not-paused' },
  ]);
});

test('a container that the daemon does not know', () => {
  expect(deviationsOf(before, undefined, { at, version: '28.5.2', listening: null })).toEqual([{ kind: 'unknown' }]);
});

test('without listeners to be seen no port is called closed', () => {
  expect(deviationsOf(before, before, { at, version: '28.5.2', listening: null })).toEqual([]);
});

test('what was foretold is told, and is no reason for alarm', () => {
  const fate = { id: before.id, name: 'web', pidBefore: 1, pidAfter: 0, exitCode: 137 };
  const gone = [{ ...before, state: 'exited' as const, pid: 0, exitCode: 137 }];
  const after = { at, version: '28.5.2', containers: gone, listening: null, orphans: [], logs: [] };
  const foretold = auditOf([before], [{ ...fate, foretold: 'stops' }], after);
  expect(foretold.containers.map(({ name }) => name)).toEqual(['web']);
  expect(isWorse(foretold)).toBe(false);
  expect(isWorse(auditOf([before], [{ ...fate, foretold: 'keeps-running' }], after))).toBe(true);
});

const shim = (over: Partial<Shim> = {}): Shim => ({
  id: before.id,
  pid: 70,
  startTicks: '7',
  namespace: 'moby',
  address: '/var/run/docker/containerd/containerd.sock',
  units: [],
  first: { pid: 71, startTicks: '8', command: 'httpd -f' },
  ...over,
});
const ours = {
  addresses: ['/run/docker/containerd/containerd.sock'],
  namespace: 'moby',
  known: new Map<string, string>(),
};
const kinds = (found: readonly Orphan[]) => found.map(({ kind, pid, name }) => `${kind} ${pid} ${name}`);

test.each<[string, Partial<Shim>, Container[], string[]]>([
  ['the daemon runs that very process', { first: { pid: before.pid, startTicks: '8', command: '' } }, [before], []],
  ['it takes it for ended', {}, [{ ...before, state: 'exited', pid: 0 }], ['ended 71 web']],
  ['it runs another copy', {}, [before], ['copy 71 web']],
  ['it does not know it', {}, [], [`unknown 71 ${before.id.slice(0, 12)}`]],
  ['it is just being started', {}, [{ ...before, state: 'created', pid: 0 }], []],
  ['another daemon has it', { address: '/run/k3s/containerd.sock' }, [], []],
  ['another program of this containerd has it', { namespace: 'k8s.io' }, [], []],
  ['its process has ended', { first: null }, [], []],
])('%s', (_, over, containers, expected) => {
  expect(kinds(orphansAmong([shim(over)], containers, ours))).toEqual(expected);
});

test('what the daemon had before is its own wherever it is held', () => {
  const known = new Map([[before.id, 'web']]);
  const held = shim({ address: '/srv/old/containerd.sock', namespace: 'old' });
  expect(kinds(orphansAmong([held], [], { ...ours, known }))).toEqual(['unknown 71 web']);
});

test('what only starts, or has ended by the time of the answer, is not told', () => {
  const found = orphansAmong([shim()], [], ours);
  const now = { at: 100_000, shims: [shim()], daemonBegan: 50_000 };
  const of = (over: Partial<Answered>) => settled(found, { ...now, began: () => 99_000, ...over }).length;
  expect(of({})).toBe(0);
  expect(of({ daemonBegan: null })).toBe(0);
  // It lived before the daemon, or for so long that it has been started.
  expect(of({ daemonBegan: 99_500 })).toBe(1);
  expect(of({ began: () => 90_000 })).toBe(1);
  expect(of({ began: () => null })).toBe(1);
  const again = shim({ first: { pid: 71, startTicks: '9', command: 'httpd -f' } });
  for (const shims of [[], [again], [shim({ first: null })]]) expect(of({ daemonBegan: 99_500, shims })).toBe(0);
});

test('listening sockets, as the kernel lists them', () => {
  const tcp = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1',
    '   1: 0100007F:0050 0100007F:D2F0 01 00000000:00000000 00:00000000 00000000     0        0 2',
    '',
  ].join('\n');
  expect(portsIn(tcp, 'tcp')).toEqual(['tcp/8080']);
  expect(portsIn('  5: 00000000:0035 00000000:0000 07 0:0 00:0 0 0 0 3', 'udp')).toEqual(['udp/53']);
});
