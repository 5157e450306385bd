// What the daemon says, read field by field: nothing that is missing or odd gets further than a harmless value.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../electron/contract/json.ts';
import { containerFrom, factsFrom, listedFrom, minimumFrom, quorumFrom } from '../../../electron/engine/api-answers.ts';
import { info, inspected, listed } from '../../fakes/fake-daemon.ts';

const json = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json;

test('whatever is sent, nothing throws and every field has its kind', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const odd = value as Json;
      expect(factsFrom(odd, '1.41')).toBeNull();
      for (const { container } of listedFrom(odd))
        expect(container).toMatchObject({ pid: 0, ports: expect.any(Array) });
      const one = containerFrom(odd, null);
      if (one) expect(one).toMatchObject({ id: expect.any(String), pid: expect.any(Number), ports: expect.any(Array) });
      quorumFrom(odd);
      minimumFrom({ ok: true, value: odd });
    }),
  );
});

describe('facts', () => {
  test('of a usual daemon', () => {
    expect(factsFrom(json(info({ LiveRestoreEnabled: true })), '1.51')).toEqual({
      id: 'fake-id',
      name: 'fake',
      version: '28.5.2',
      apiVersion: '1.51',
      cgroupDriver: '',
      osType: 'linux',
      operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
      rootless: false,
      dockerRootDir: '/var/lib/docker',
      storageDriver: 'overlay2',
      snapshotter: false,
      usernsRemap: false,
      liveRestore: true,
      debug: false,
      running: {
        'data-root': '/var/lib/docker',
        debug: false,
        'live-restore': true,
        'storage-driver': 'overlay2',
      },
      warnings: [],
      swarm: { state: 'inactive', role: null, quorum: null },
    });
  });

  test('with every field but the version of another kind', () => {
    const odd = Object.fromEntries(Object.keys(info()).map((key) => [key, key === 'ServerVersion' ? '1' : 'yes']));
    expect(factsFrom(odd, '1.51')).toMatchObject({ liveRestore: false, debug: false, warnings: [], rootless: false });
  });

  test.each([
    [
      { LocalNodeState: 'active', ControlAvailable: true },
      { state: 'active', role: 'manager' },
    ],
    [
      { LocalNodeState: 'active', ControlAvailable: false },
      { state: 'active', role: 'worker' },
    ],
    [{ LocalNodeState: 'locked' }, { state: 'locked', role: 'worker' }],
    [{ LocalNodeState: '' }, { state: 'inactive', role: null }],
    [null, { state: 'inactive', role: null }],
  ])('swarm %j', (Swarm, expected) => {
    expect(factsFrom(json(info({ Swarm })), '1.51')?.swarm).toMatchObject(expected);
  });

  test('rootless and warnings', () => {
    const said = info({ SecurityOptions: ['name=rootless'], Warnings: ['WARNING: no memory limit', 5] });
    expect(factsFrom(json(said), '1')).toMatchObject({ rootless: true, warnings: ['WARNING: no memory limit'] });
  });
});

describe('quorum', () => {
  const node = (Reachability: string) => ({ ManagerStatus: { Reachability } });
  test.each<readonly [Json, ReturnType<typeof quorumFrom>]>([
    [[node('reachable'), node('unreachable'), node('reachable')], { reachable: 2, managers: 3 }],
    [[{ ID: 'worker' }], null],
    [{ message: 'no leader' }, null],
  ])('%j', (nodes, expected) => expect(quorumFrom(nodes)).toEqual(expected));
});

describe('containers', () => {
  test('inspected', () => {
    expect(containerFrom(json(inspected('web', 42)), null)).toEqual({
      id: 'web',
      name: 'web',
      image: 'busybox',
      state: 'running',
      pid: 42,
      startedAt: '2026-01-02T03:04:05.6Z',
      exitCode: 0,
      restartPolicy: 'always',
      autoRemove: false,
      healthCheck: false,
      health: null,
      ports: ['[::]:8080->80/tcp'],
      details: {
        networkMode: '',
        networks: [],
        dns: [],
        wantedPorts: [],
        mounts: [],
        restartCount: 0,
        tty: false,
        logDriver: '',
        runtime: '',
        devices: 'none',
      },
    });
  });

  test('its networks, mounts, log driver and devices', () => {
    const one = {
      ...inspected('a', 1),
      RestartCount: 3,
      Mounts: [{ Type: 'volume', Destination: '/data' }],
      Config: { Tty: true },
      HostConfig: {
        NetworkMode: 'crew',
        Dns: ['9.9.9.9'],
        PortBindings: { '80/tcp': [{ HostPort: '' }] },
        LogConfig: { Type: 'local' },
        Runtime: 'runc',
        DeviceRequests: [{ Capabilities: [['gpu']] }],
      },
      NetworkSettings: { Ports: {}, Networks: { crew: { IPAddress: '172.18.0.2' }, odd: null } },
    };
    expect(containerFrom(json(one), null)?.details).toEqual({
      networkMode: 'crew',
      networks: [
        { name: 'crew', address: '172.18.0.2' },
        { name: 'odd', address: '' },
      ],
      dns: ['9.9.9.9'],
      wantedPorts: ['80/tcp'],
      mounts: ['/data'],
      restartCount: 3,
      tty: true,
      logDriver: 'local',
      runtime: 'runc',
      devices: 'gpu',
    });
  });

  test.each([
    [['CMD', 'true'], true],
    [['NONE'], false],
    [[], false],
    [null, false],
  ])('health check %j', (Test, expected) => {
    const one = {
      ...inspected('a', 1, { Health: { Status: expected ? 'healthy' : 'none' } }),
      Config: { Healthcheck: { Test } },
    };
    expect(containerFrom(json(one), null)).toMatchObject({
      healthCheck: expected,
      health: expected ? 'healthy' : null,
    });
  });

  test('listed: what stopped tells how, what runs is to be asked', () => {
    const list = listedFrom(
      json([
        listed('a', {
          Ports: [
            { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
            { PrivatePort: 81, Type: 'tcp' },
          ],
        }),
        listed('b', { State: 'exited', Status: 'Exited (137) 3 hours ago' }),
        listed('c', { State: 'paused', Names: null }),
        'odd',
      ]),
    );
    expect(list.map(({ runs, container }) => [container.name, runs, container.exitCode, container.ports])).toEqual([
      ['a', true, 0, ['0.0.0.0:8080->80/tcp']],
      ['b', false, 137, []],
      ['', true, 0, []],
    ]);
  });
});
