import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../electron/contract/json.ts';
import { runningOptions } from '../../../electron/engine/running-options.ts';
import { kindOfPlace, knownTruths, optionTruths, type Sources } from '../../../electron/engine/sources.ts';

const nothing: Sources = {
  values: {},
  flags: [],
  flagSource: 'command line',
  flagPlaces: {},
  running: {},
  version: '28.5.2',
};
const truth = (key: string, over: Partial<Sources>) =>
  optionTruths({ ...nothing, ...over }).find((one) => one.key === key);

describe('a value and where it comes from', () => {
  test.each([
    ['mtu', {}, { value: 1500, source: 'default', running: null, pending: null }],
    ['mtu', { values: { mtu: 1400 } }, { value: 1400, source: 'file', file: 1400, running: null, pending: null }],
    ['mtu', { flags: ['--mtu', '1450'] }, { value: 1450, source: 'flag', file: null, pending: null }],
    [
      'mtu',
      {
        flags: ['--mtu=1450'],
        flagPlaces: { '--mtu': '/etc/systemd/system/docker.service.d/mtu.conf:3' },
      },
      { value: 1450, source: 'drop-in' },
    ],
    ['storage-driver', {}, { value: null, source: 'default', default: null }],
    ['storage-driver', { running: { 'storage-driver': 'overlay2' } }, { value: 'overlay2', source: 'running' }],
    [
      'live-restore',
      { values: { 'live-restore': true }, running: { 'live-restore': false } },
      { value: false, source: 'running', file: true, running: false, pending: true },
    ],
    // A key that is gone stays on until the next start.
    ['live-restore', { running: { 'live-restore': true } }, { value: true, source: 'running', pending: false }],
    [
      'live-restore',
      { values: { 'live-restore': true }, running: { 'live-restore': true } },
      { value: true, source: 'file', pending: null },
    ],
    [
      'registry-mirrors',
      {
        values: { 'registry-mirrors': ['https://a.example/'] },
        running: { 'registry-mirrors': ['https://a.example'] },
      },
      { source: 'file', pending: null },
    ],
    [
      'labels',
      { values: { labels: ['a=1', 'b=2'] }, running: { labels: ['b=2', 'a=1'] } },
      { source: 'file', pending: null },
    ],
    ['builder.GC.Enabled', { values: { builder: { gc: { enabled: true } } } }, { file: true, source: 'file' }],
    ['ip6tables', { version: '26.1.5' }, { value: false }],
    ['ip6tables', { version: null }, { value: null }],
    // Nobody knows what an unreadable file says: neither is its default known to hold.
    ['mtu', { values: null }, { value: null, file: null, source: 'default', default: 1500 }],
  ] as const satisfies readonly (readonly [string, Partial<Sources>, object])[])('%s %j', (key, over, expected) => {
    expect(truth(key, over)).toMatchObject(expected);
  });

  test('only what is known beside the default is published', () => {
    expect(knownTruths(nothing)).toEqual([]);
    expect(knownTruths({ ...nothing, values: { mtu: 1400 } }).map(({ key }) => key)).toEqual(['mtu']);
  });
});

test.each([
  ['command line', 'flag'],
  ['docker.service', 'flag'],
  ['/lib/systemd/system/docker.service:13', 'flag'],
  ['/etc/systemd/system/docker.service.d/10-own.conf:4', 'drop-in'],
  ['/etc/default/docker:9', 'environment'],
] as const)('%s is a %s', (place, kind) => {
  expect(kindOfPlace(place)).toBe(kind);
});

describe('/info', () => {
  const info: JsonObject = {
    LiveRestoreEnabled: true,
    Debug: false,
    DockerRootDir: '/srv/docker',
    Driver: 'overlay2',
    DriverStatus: [['Backing Filesystem', 'extfs']],
    LoggingDriver: 'local',
    Labels: null,
    HttpProxy: '',
    RegistryConfig: {
      Mirrors: ['https://a.example/'],
      InsecureRegistryCIDRs: ['127.0.0.0/8', '::1/128', '10.0.0.0/8'],
      IndexConfigs: { 'docker.io': { Secure: true }, 'registry.lan:5000': { Secure: false } },
    },
  };
  test('tells of some options, and of no others', () => {
    expect(runningOptions(info)).toEqual({
      'live-restore': true,
      debug: false,
      'data-root': '/srv/docker',
      'storage-driver': 'overlay2',
      'log-driver': 'local',
      labels: [],
      'registry-mirrors': ['https://a.example'],
      'insecure-registries': ['registry.lan:5000', '10.0.0.0/8'],
      'proxies.http-proxy': '',
    });
    expect(runningOptions({})).toEqual({});
  });
  test('names a snapshotter where images are in containerd, which is no storage driver', () => {
    const status = [['driver-type', 'io.containerd.snapshotter.v1']];
    expect(runningOptions({ ...info, DriverStatus: status })['storage-driver']).toBeUndefined();
  });
});
