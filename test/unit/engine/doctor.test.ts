// Every check of the doctor: what makes it speak, and that a healthy daemon gets silence.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkIds, type CheckId, type DoctorAbout } from '@contract/doctor.ts';
import type { ContainerDetails } from '@contract/snapshot.ts';
import type { Look } from '../../../electron/engine/doctor/check.ts';
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
  containers: [web],
  inspected: [{ id: web.id, logDriver: 'json-file', logAddress: '' }],
  networks: ['bridge', 'host', 'none', 'front'].map((name) => ({ name, driver: 'bridge' })),
  cgroupDriver: 'systemd',
  shims: [shimOf(web.id)],
  machine: { unit, gone: new Set(), unattended: null, flushes: null },
};
const old = (version: string) => facts({ version });
const withUnit = (over: Partial<typeof unit>): Partial<Look> => ({
  machine: { ...healthy.machine, unit: { ...unit, ...over } as typeof unit },
});
const withDetails = (over: Partial<ContainerDetails>): Partial<Look> => ({
  containers: [{ ...web, details: { ...details, ...over } }],
});
const twin = container('api', { details: { ...details, wantedPorts: [] } });
const logger = container('app', { details: { ...details, networks: [], networkMode: 'none', wantedPorts: [] } });

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
    { networks: [{ name: 'bridge', driver: 'bridge' }] },
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
      networks: [...(healthy.networks ?? []).slice(0, 3), { name: 'front', driver: 'overlay' }],
    },
    { networks: ['front'] } as Partial<DoctorAbout>,
  ],
  'volume-prune': [{ facts: old('20.10.17') }, { version: '20.10.17' } as Partial<DoctorAbout>],
  'own-log-target': [
    {
      containers: [web, logger],
      shims: [shimOf(web.id), shimOf(logger.id)],
      inspected: [{ id: logger.id, logDriver: 'fluentd', logAddress: 'localhost:8080' }],
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
};

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
    machine: { unit: null, gone: new Set(), unattended: null, flushes: null },
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
    expect(readFileSync(path, 'utf8')).toContain(id);
  });
});

test('checks of old engines are silent on newer ones', () => {
  for (const id of ['auto-remove', 'health-checks', 'overlay-networks', 'volume-prune'] as const) {
    const [over] = ill[id];
    expect(examine({ ...healthy, ...over, facts: facts() })).toEqual([]);
  }
});

test('with live restore off, what live restore breaks is no news', () => {
  for (const id of ['kill-mode', 'mount-flags', 'auto-remove', 'overlay-networks', 'volume-prune'] as const) {
    const look = { ...healthy, ...ill[id][0] };
    const version = look.facts?.version ?? '28.5.2';
    expect(examine({ ...look, facts: facts({ version, liveRestore: false }) })).toEqual([]);
  }
});
