// Every check of the doctor: what makes it speak, and that a healthy daemon gets silence.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkIds, type CheckId, type DoctorAbout } from '@contract/doctor.ts';
import type { ContainerDetails } from '@contract/snapshot.ts';
import type { Inspected, Look, Network } from '../../../electron/engine/doctor/check.ts';
import { checks, examine } from '../../../electron/engine/doctor/doctor.ts';
import { container, facts } from '../../fakes/snapshot.ts';
import { madeReal } from '../../integration/doctor-made-real.ts';

const details: ContainerDetails = {
  networkMode: 'front',
  networks: [{ name: 'front', address: '172.18.0.2' }],
  dns: [],
  wantedPorts: ['80/tcp'],
  mounts: ['/data'],
  restartCount: 0,
  tty: false,
  logDriver: 'json-file',
  runtime: 'runc',
  devices: 'none',
};
const web = container('web', { ports: ['0.0.0.0:8080->80/tcp'], details });
const shimOf = (id: string, units: readonly string[] = []) => ({
  id,
  pid: 900,
  startTicks: '1',
  namespace: 'moby',
  address: '/run/containerd/containerd.sock',
  units,
  first: null,
});
const nothingElse = { addresses: null, bridges: null, proxies: [], forwarded: null };
const networkOf = (name: string, driver = 'bridge', over: Partial<Network> = {}): Network => ({
  id: `${name}0123456789abcdef`,
  name,
  driver,
  subnets: name === 'front' ? ['172.18.0.0/16'] : [],
  options: {},
  ...over,
});
const asked = (id: string, over: Partial<Inspected> = {}): Inspected => ({
  id,
  logDriver: 'json-file',
  logAddress: '',
  bindMount: false,
  hostGateway: false,
  restartPolicy: 'no',
  error: '',
  ...over,
});
const unit = {
  name: 'docker.service',
  killMode: 'process',
  execStop: false,
  mountFlags: '',
  privateMounts: false,
  bindsTo: [],
  requires: ['docker.socket'],
  limited: false,
  restarts: 0,
  sockets: ['docker.socket'],
};
const healthy: Look = {
  facts: facts(),
  manager: 'systemd',
  flags: [],
  values: { 'live-restore': true },
  containers: [web],
  inspected: [asked(web.id)],
  networks: ['bridge', 'host', 'none', 'front'].map((name) => networkOf(name)),
  volumes: null,
  cgroupDriver: 'systemd',
  shims: [shimOf(web.id)],
  machine: {
    unit,
    gone: new Set(),
    unattended: null,
    flushes: null,
    addresses: new Set(['127.0.0.1', '172.18.0.1']),
    bridges: new Map([['br-front0123456', 2]]),
    proxies: [],
    forwarded: new Set(['8080/tcp']),
  },
};
const old = (version: string) => facts({ version });
const withUnit = (over: Partial<typeof unit>): Partial<Look> => ({
  machine: { ...healthy.machine, unit: { ...unit, ...over } as typeof unit },
});
const withMachine = (over: Partial<Look['machine']>): Partial<Look> => ({ machine: { ...healthy.machine, ...over } });
const withDetails = (over: Partial<ContainerDetails>): Partial<Look> => ({
  containers: [{ ...web, details: { ...details, ...over } }],
});
const twin = container('api', { details: { ...details, wantedPorts: [] } });
const logger = container('app', { details: { ...details, networks: [], networkMode: 'none', wantedPorts: [] } });
const ended = container('job', { state: 'exited', pid: 0, exitCode: 137 });

/** What makes each check speak, as data; how it is made real, `madeReal` says. */
const ill: { readonly [Id in CheckId]: readonly [Partial<Look>, Partial<DoctorAbout>] } = {
  'kill-mode': [
    { ...withUnit({ killMode: 'mixed' }), shims: [shimOf(web.id, ['docker.service'])] },
    { killMode: 'mixed', unit: 'docker.service' } as Partial<DoctorAbout>,
  ],
  'never-ended': [withUnit({ killMode: 'none' }), { unit: 'docker.service' } as Partial<DoctorAbout>],
  'mount-flags': [withUnit({ mountFlags: 'slave' }), { flags: 'MountFlags=slave' } as Partial<DoctorAbout>],
  'containerd-bound': [
    withUnit({ bindsTo: ['containerd.service'] as never }),
    { by: 'BindsTo' } as Partial<DoctorAbout>,
  ],
  'start-limit': [
    { ...withUnit({ limited: true }), facts: null, containers: [] },
    { sockets: ['docker.socket'] } as Partial<DoctorAbout>,
  ],
  'restart-loop': [withUnit({ restarts: 4 }), { restarts: 4 } as Partial<DoctorAbout>],
  'ports-not-restored': [
    { containers: [{ ...web, ports: [] }] },
    { container: 'web', ports: ['80/tcp'] } as Partial<DoctorAbout>,
  ],
  'no-network': [withDetails({ networks: [] }), { container: 'web', network: 'front' } as Partial<DoctorAbout>],
  'duplicate-address': [
    { containers: [web, twin], shims: [shimOf(web.id), shimOf(twin.id)] },
    { address: '172.18.0.2', containers: ['web', 'api'] } as Partial<DoctorAbout>,
  ],
  'standard-networks': [
    { networks: [networkOf('bridge'), networkOf('front')] },
    { missing: ['host', 'none'] } as Partial<DoctorAbout>,
  ],
  'ghost-process': [
    { machine: { ...healthy.machine, gone: new Set([web.pid]) } },
    { container: 'web', pid: web.pid } as Partial<DoctorAbout>,
  ],
  'shim-missing': [
    { containers: [web, logger], shims: [shimOf(web.id)] },
    { container: 'app' } as Partial<DoctorAbout>,
  ],
  'auto-remove': [
    { facts: old('20.10.24'), containers: [{ ...web, autoRemove: true }] },
    { containers: ['web'], version: '20.10.24' } as Partial<DoctorAbout>,
  ],
  'health-checks': [
    { facts: old('20.10.24'), containers: [{ ...web, healthCheck: true }] },
    { containers: ['web'] } as Partial<DoctorAbout>,
  ],
  'overlay-networks': [
    {
      facts: old('20.10.24'),
      networks: [...(healthy.networks ?? []).slice(0, 3), networkOf('front', 'overlay')],
    },
    { networks: ['front'] } as Partial<DoctorAbout>,
  ],
  'volume-prune': [{ facts: old('20.10.17') }, { version: '20.10.17' } as Partial<DoctorAbout>],
  'own-log-target': [
    {
      containers: [web, logger],
      shims: [shimOf(web.id), shimOf(logger.id)],
      inspected: [asked(logger.id, { logDriver: 'fluentd', logAddress: 'localhost:8080' })],
    },
    { container: 'app', target: 'web' } as Partial<DoctorAbout>,
  ],
  'sysbox-names': [withDetails({ runtime: 'sysbox-runc' }), { containers: ['web'] } as Partial<DoctorAbout>],
  'gpu-daemon-reload': [withDetails({ devices: 'gpu' }), { containers: ['web'] } as Partial<DoctorAbout>],
  'unattended-upgrades': [
    { facts: facts({ liveRestore: false }), machine: { ...healthy.machine, unattended: 'docker.io' } },
    { packageName: 'docker.io' } as Partial<DoctorAbout>,
  ],
  'nftables-flush': [
    { machine: { ...healthy.machine, flushes: '/etc/nftables.conf' } },
    { path: '/etc/nftables.conf' } as Partial<DoctorAbout>,
  ],
  'network-gone': [
    { networks: ['bridge', 'host', 'none'].map((name) => networkOf(name)) },
    { container: 'web', network: 'front' } as Partial<DoctorAbout>,
  ],
  'bridge-address': [
    withMachine({ addresses: new Set(['127.0.0.1', '172.17.0.1']) }),
    { network: 'front', subnet: '172.18.0.0/16' } as Partial<DoctorAbout>,
  ],
  'bridge-detached': [
    withMachine({ bridges: new Map([['br-front0123456', 0]]) }),
    { network: 'front', containers: ['web'] } as Partial<DoctorAbout>,
  ],
  'bridge-settings': [
    {
      values: { mtu: 1400 },
      networks: [
        networkOf('bridge', 'bridge', { options: { 'com.docker.network.driver.mtu': '1500' } }),
        ...['host', 'none', 'front'].map((name) => networkOf(name)),
      ],
    },
    { key: 'mtu', wanted: '1400', now: '1500' } as Partial<DoctorAbout>,
  ],
  'port-rules': [withMachine({ forwarded: new Set() }), { containers: ['web'] } as Partial<DoctorAbout>],
  'proxy-left': [
    withMachine({ proxies: [{ pid: 77, port: '8080/tcp', target: '172.18.0.9' }] }),
    { pid: 77, port: '8080/tcp' } as Partial<DoctorAbout>,
  ],
  'start-failed': [
    {
      containers: [web, ended],
      inspected: [asked(ended.id, { restartPolicy: 'always', error: 'address already in use' })],
    },
    { container: 'job', error: 'address already in use' } as Partial<DoctorAbout>,
  ],
  'volume-unmounted': [
    {
      facts: old('20.10.24'),
      volumes: [
        { name: 'shared', mounted: true },
        { name: 'plain', mounted: false },
      ],
    },
    { volumes: ['shared'] } as Partial<DoctorAbout>,
  ],
  'restored-networks': [{ facts: old('24.0.2') }, { containers: ['web'], version: '24.0.2' } as Partial<DoctorAbout>],
  'bind-mount-crash': [
    { facts: old('24.0.3'), inspected: [asked(web.id, { bindMount: true })] },
    { containers: ['web'] } as Partial<DoctorAbout>,
  ],
  'host-gateway': [
    { facts: old('29.6.0'), inspected: [asked(web.id, { hostGateway: true })] },
    { containers: ['web'] } as Partial<DoctorAbout>,
  ],
};

function frontWith(option: string, value: string): readonly Network[] {
  const options = { [`com.docker.network.bridge.${option}`]: value };
  return [...(healthy.networks ?? []).slice(0, 3), networkOf('front', 'bridge', { options })];
}
const bridgeWith = (subnet: string): Partial<Look> => ({
  networks: [networkOf('bridge', 'bridge', { subnets: [subnet] }), ...(healthy.networks ?? []).slice(1)],
});

test('a healthy daemon gets silence', () => {
  expect(examine(healthy)).toEqual([]);
});

test('nothing is said of what nobody could read', () => {
  const blind: Look = {
    ...healthy,
    containers: [container('web')],
    inspected: [],
    networks: null,
    cgroupDriver: null,
    shims: null,
    machine: { unit: null, gone: new Set(), unattended: null, flushes: null, ...nothingElse },
    values: null,
  };
  expect(examine(blind)).toEqual([]);
  expect(examine({ ...blind, facts: null, containers: [] })).toEqual([]);
});

describe.each(checkIds)('%s', (id) => {
  const [over, about] = ill[id];

  test('speaks of what it is for, and of nothing else', () => {
    expect(examine({ ...healthy, ...over })).toMatchObject([{ about: { kind: 'doctor', check: id, ...about } }]);
  });

  test('says where it is told of, and which versions it can meet', () => {
    expect(checks[id].id).toBe(id);
    expect(checks[id].source).toMatch(/#|@|measured/);
  });

  test('is made real by a test that hears it speak, or it is said why it cannot be', () => {
    const how = madeReal[id];
    if ('notHere' in how) return expect(how.notHere).toMatch(/^[A-Z].{40,}\.$/s);
    const path = join(import.meta.dirname, '..', '..', 'integration', `${how.in}.test.ts`);
    expect(existsSync(path)).toBe(true);
    expect(new RegExp(`[',]${id}[',]`).test(readFileSync(path, 'utf8'))).toBe(true);
  });
});

test.each<readonly [string, Partial<Look>]>([
  [
    'a bridge that was told to have no address',
    { ...ill['bridge-address'][0], networks: frontWith('inhibit_ipv4', 'true') },
  ],
  ['an isolated bridge', { ...ill['bridge-address'][0], networks: frontWith('gateway_mode_ipv4', 'isolated') }],
  ['volumes of the last 23.0', { ...ill['volume-unmounted'][0], facts: old('23.0.7') }],
  ['rules that the daemon does not write', { ...ill['port-rules'][0], values: { iptables: false } }],
  ['rules that it does not write by flag', { ...ill['port-rules'][0], flags: ['--iptables=false'] }],
  ['rules of another kind', { ...ill['port-rules'][0], values: { 'firewall-backend': 'nftables' } }],
  ['rules that may be there, in a file that cannot be read', { ...ill['port-rules'][0], values: null }],
  [
    'a port that only this computer reaches',
    { ...ill['port-rules'][0], containers: [{ ...web, ports: ['127.0.0.1:1->80/tcp'] }] },
  ],
  [
    'a container that ended and nobody wants',
    { containers: [web, ended], inspected: [asked(ended.id, { error: 'no' })] },
  ],
  [
    'an address of the bridge that is the same network',
    { ...bridgeWith('10.9.0.0/24'), values: { bip: '10.9.0.1/24' } },
  ],
  ['an address of the bridge that was not chosen', { ...bridgeWith('172.17.0.0/16'), values: { bip: '' } }],
])('silence for %s', (_what, over) => {
  expect(examine({ ...healthy, ...over })).toEqual([]);
});

test('checks of old engines are silent on newer ones', () => {
  for (const id of [
    'auto-remove',
    'health-checks',
    'overlay-networks',
    'volume-prune',
    'volume-unmounted',
    'restored-networks',
    'bind-mount-crash',
    'host-gateway',
  ] as const) {
    const [over] = ill[id];
    expect(examine({ ...healthy, ...over, facts: facts() })).toEqual([]);
  }
});

test('host-gateway that has an address of its own is not forgotten', () => {
  const look = { ...healthy, ...ill['host-gateway'][0] };
  expect(examine({ ...look, values: { 'host-gateway-ips': ['172.17.0.1'] } })).toEqual([]);
  expect(examine({ ...look, flags: ['--host-gateway-ip=172.17.0.1'] })).toEqual([]);
  expect(examine({ ...look, values: { 'host-gateway-ips': [] } })).toHaveLength(1);
});

test('with live restore off, what live restore breaks is no news', () => {
  for (const id of [
    'kill-mode',
    'mount-flags',
    'auto-remove',
    'overlay-networks',
    'volume-prune',
    'bridge-settings',
    'volume-unmounted',
    'restored-networks',
    'bind-mount-crash',
    'host-gateway',
  ] as const) {
    const look = { ...healthy, ...ill[id][0] };
    const version = look.facts?.version ?? '28.5.2';
    expect(examine({ ...look, facts: facts({ version, liveRestore: false }) })).toEqual([]);
  }
});
