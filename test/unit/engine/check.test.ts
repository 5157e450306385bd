import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../electron/contract/json.ts';
import { checkConfig, verdictOf, type Checked } from '../../../electron/engine/check.ts';
import { nearest } from '../../../electron/engine/nearest.ts';
import { facts } from '../../fakes/snapshot.ts';

const check = (text: string, over: Partial<Checked> = {}) =>
  checkConfig({
    text,
    values: JSON.parse(text) as JsonObject,
    version: '28.5.2',
    flags: [],
    flagSource: 'docker.service',
    facts: null,
    ...over,
  });
const told = (text: string, over: Partial<Checked> = {}) =>
  check(text, over).map(({ severity, path, about }) => [severity, path.join('.'), about.kind]);

describe('keys', () => {
  test.each([
    ['{}', '28.5.2', []],
    ['{"live-restore": true, "debug": false, "log-opts": {"max-size": "10m"}}', '28.5.2', []],
    ['{"foo-bar": 1}', '28.5.2', [['error', 'foo-bar', 'unknown-key']]],
    ['{"Live-Restore": true}', '28.5.2', [['error', 'Live-Restore', 'unknown-key']]],
    ['{"$schema": "x"}', '20.10.24', [['error', '$schema', 'unknown-key']]],
    // A newer engine may know more than we do; its own check decides.
    ['{"foo-bar": 1}', '30.0.0', [['warning', 'foo-bar', 'unknown-key']]],
    ['{"foo-bar": 1}', null, [['error', 'foo-bar', 'unknown-key']]],
    ['{"label": ["a=b"]}', '28.5.2', [['warning', 'label', 'singular-key']]],
    ['{"http-proxy": "x"}', '26.1.5', [['warning', 'http-proxy', 'singular-key']]],
    ['{"bip6": "fd00::1/64"}', '26.1.5', [['error', 'bip6', 'unknown-on-version']]],
    ['{"bip6": "fd00::1/64"}', '28.5.2', []],
    ['{"graph": "/x"}', '26.1.5', [['error', 'graph', 'unknown-on-version']]],
    ['{"graph": "/x"}', '20.10.24', []],
    ['{"proxies": {"http-proxy": "x"}}', '20.10.24', [['error', 'proxies', 'unknown-on-version']]],
    ['{"proxies": {"http-proxy": "x"}}', '26.1.5', []],
    ['{"proxies": {"htp-proxy": "x"}}', '28.5.2', [['error', 'proxies.htp-proxy', 'unknown-key']]],
    ['{"disable-legacy-registry": true}', null, [['error', 'disable-legacy-registry', 'unknown-key']]],
    ['{"default-init": "x"}', '28.5.2', [['error', 'default-init', 'unknown-key']]],
    ['{"containerd-plugin-namespace": "x"}', '28.5.2', [['error', 'containerd-plugin-namespace', 'unknown-key']]],
    ['{"containerd-plugins-namespace": "x"}', '28.5.2', [['warning', 'containerd-plugins-namespace', 'ignored-key']]],
    ['{"help": true}', '28.5.2', [['warning', 'help', 'ignored-key']]],
    [
      '{"allow-nondistributable-artifacts": []}',
      '28.5.2',
      [['warning', 'allow-nondistributable-artifacts', 'ignored-key']],
    ],
    ['{"validate": true}', '28.5.2', [['error', 'validate', 'validate-key']]],
    ['{"validate": false}', '28.5.2', [['warning', 'validate', 'ignored-key']]],
    ['{"validate": true}', '20.10.24', [['error', 'validate', 'unknown-key']]],
    ['{"foo": {"live-restore": true}}', '28.5.2', [['warning', 'foo', 'wrapped-key']]],
    [
      '{"foo": {"bar": 1}}',
      '28.5.2',
      [
        ['warning', 'foo', 'wrapped-key'],
        ['error', 'foo.bar', 'unknown-key'],
      ],
    ],
    ['{"features": {"cdi": true}}', '28.5.2', []],
    ['{"features": {"cdi": true}}', '20.10.24', [['warning', 'features.cdi', 'ignored-key']]],
    ['{"features": {"cdj": true}}', '28.5.2', [['warning', 'features.cdj', 'unknown-key']]],
    ['{"builder": {"gc": {"enabled": true}, "Entitlements": {"network-host": false}}}', '28.5.2', []],
    ['{"features": null, "mtu": null}', '28.5.2', []],
    ['{"proxies": null}', '28.5.2', [['error', 'proxies', 'wrong-type']]],
    ['{"proxies": {}}', '20.10.24', [['warning', 'proxies', 'wrapped-key']]],
    ['{"default-network-opts": {}}', '20.10.24', [['warning', 'default-network-opts', 'wrapped-key']]],
    ['{"default-network-opts": {"bridge": {}}}', '20.10.24', [['warning', 'default-network-opts', 'wrapped-key']]],
    ['{"default-network-opts": {"ovl": {}}}', '20.10.24', [['error', 'default-network-opts', 'unknown-on-version']]],
    ['{"foo": {}}', '28.5.2', [['warning', 'foo', 'wrapped-key']]],
  ] as const)('%s on %s', (text, version, findings) => {
    expect(told(text, { version })).toEqual(findings);
  });

  test.each([
    ['live_restore', 'live-restore'],
    ['liveRestore', 'live-restore'],
    ['Live-Restore', 'live-restore'],
    ['insecure-registris', 'insecure-registries'],
    ['stroage-driver', 'storage-driver'],
    ['registry-mirors', 'registry-mirrors'],
    ['bpi', 'bip'],
    ['something-else', null],
    ['', null],
  ] as const)('%s was meant to be %s', (typed, meant) => {
    const [finding] = check(JSON.stringify({ [typed]: 1 }));
    expect(finding?.about).toEqual({ kind: 'unknown-key', key: typed, suggestion: meant });
  });

  test('the nearest of several wins', () => {
    expect(nearest('dns-opt', ['dns', 'dns-opts', 'dns-search'])).toBe('dns-opts');
    expect(nearest('zzz', ['dns'])).toBeNull();
  });

  test('a suggestion inside a group names the whole way', () => {
    const [finding] = check('{"features": {"containerd-snapshoter": true}}');
    expect(finding?.about).toMatchObject({ suggestion: 'features.containerd-snapshotter' });
  });
});

describe('types', () => {
  test.each([
    ['{"live-restore": "true"}', 'live-restore', 'boolean', 'string'],
    ['{"mtu": "1400"}', 'mtu', 'integer', 'string'],
    ['{"mtu": 1e3}', 'mtu', 'integer', 'number'],
    ['{"mtu": 1400.0}', 'mtu', 'integer', 'number'],
    ['{"mtu": 1.5}', 'mtu', 'integer', 'number'],
    ['{"default-shm-size": 134217728}', 'default-shm-size', 'string', 'number'],
    ['{"dns": "1.1.1.1"}', 'dns', 'array', 'string'],
    ['{"dns": ["1.1.1.1", 8]}', 'dns.1', 'string', 'number'],
    ['{"log-opts": {"max-file": 3}}', 'log-opts.max-file', 'string', 'number'],
    ['{"log-opts": []}', 'log-opts', 'object', 'array'],
    ['{"features": {"cdi": "yes"}}', 'features.cdi', 'boolean', 'string'],
    ['{"features": true}', 'features', 'object', 'boolean'],
    ['{"features": {"from-the-future": "x"}}', 'features.from-the-future', 'boolean', 'string'],
    ['{"default-network-opts": {"bridge": {"a": 1}}}', 'default-network-opts.bridge.a', 'string', 'number'],
    ['{"runtimes": {"x": "path"}}', 'runtimes.x', 'object', 'string'],
    ['{"default-address-pools": [1]}', 'default-address-pools.0', 'object', 'number'],
    ['{"bip": false}', 'bip', 'string', 'boolean'],
  ])('%s', (text, key, expected, found) => {
    expect(check(text).map(({ severity, about }) => [severity, about])).toEqual([
      ['error', { kind: 'wrong-type', key, expected, found }],
    ]);
  });

  test.each(['{"mtu": null}', '{"mtu": 0}', '{"dns": [null]}', '{"log-opts": {"tag": null}}', '{"labels": []}'])(
    '%s passes, as in dockerd',
    (text) => expect(check(text)).toEqual([]),
  );
});

describe('flags', () => {
  test.each([
    ['{"hosts": ["unix:///x"]}', ['-H', 'fd://'], [['hosts', '--host']]],
    ['{"live-restore": true}', ['--live-restore'], [['live-restore', '--live-restore']]],
    ['{"live-restore": false}', ['--live-restore=false'], [['live-restore', '--live-restore']]],
    ['{"runtimes": {}}', ['--add-runtime', 'a=/b'], []],
    ['{"features": {"cdi": true}}', ['--feature', 'buildkit'], [['features', '--feature']]],
    ['{"proxies": {"no-proxy": "x"}}', ['--http-proxy', 'x'], []],
    ['{"proxies": {"http-proxy": "x"}}', ['--http-proxy', 'x'], [['proxies.http-proxy', '--http-proxy']]],
    [
      '{"debug": true, "log-level": "warn"}',
      ['-Dl', 'info'],
      [
        ['debug', '--debug'],
        ['log-level', '--log-level'],
      ],
    ],
    ['{"debug": true}', ['-H', 'fd://', '--containerd=/run/x'], []],
  ] as const)('%s with %j', (text, flags, conflicts) => {
    const found = check(text, { flags }).map(({ about }) => about);
    expect(found).toEqual(
      conflicts.map(([key, flag]) => ({ kind: 'conflicts-with-flag', key, flag, where: 'docker.service' })),
    );
  });
});

describe('combinations', () => {
  const swarm = { state: 'active', role: 'worker', quorum: null } as const;
  test.each([
    ['{"live-restore": true}', { facts: facts({ swarm }) }, [['error', 'live-restore', 'live-restore-with-swarm']]],
    ['{"live-restore": false}', { facts: facts({ swarm }) }, []],
    ['{"live-restore": true}', { facts: facts() }, []],
    [
      '{"firewall-backend": "nftables"}',
      { facts: facts({ swarm }), version: '29.0.0' },
      [['error', 'firewall-backend', 'bad-value']],
    ],
    ['{"firewall-backend": "nftables", "iptables": false}', { facts: facts({ swarm }), version: '29.0.0' }, []],
    ['{"firewall-backend": "nftables"}', { facts: facts(), version: '29.0.0' }, []],
    [
      '{"userland-proxy": true}',
      { version: '28.5.2' },
      [['warning', 'userland-proxy', 'userland-proxy-true-blocks-reload']],
    ],
    [
      '{"userland-proxy": true}',
      { version: '26.1.5' },
      [['warning', 'userland-proxy', 'userland-proxy-true-blocks-reload']],
    ],
    ['{"userland-proxy": true}', { version: '20.10.24' }, []],
    ['{"userland-proxy": false}', {}, []],
    ['{"userland-proxy": true, "userland-proxy-path": "/usr/bin/docker-proxy"}', {}, []],
    ['{"bridge": "br0", "bip": "10.0.0.1/24"}', {}, [['error', 'bip', 'bridge-with-bip']]],
    ['{"bip": "10.0.0.1/24"}', { flags: ['-b', 'br0'] }, [['error', 'bip', 'bridge-with-bip']]],
    ['{"bridge": "", "bip": "10.0.0.1/24"}', {}, []],
  ] as const)('%s %#', (text, over, findings) => {
    expect(told(text, over)).toEqual(findings);
  });
});

describe('places', () => {
  test('a finding stands where its key stands', () => {
    const text = '{\n  "debug": true,\r\n\t"mtu": "x", "log-opts": { "max-file": 3 }\n}\n';
    expect(check(text).map(({ place }) => place)).toEqual([
      { line: 3, column: 2 },
      { line: 3, column: 28 },
    ]);
  });

  test('of a key that stands twice the last one counts, and the repetition is told', () => {
    const text = '{\n  "mtu": 1,\n  "mtu": "x"\n}';
    expect(check(text).map(({ about, place }) => [about.kind, place?.line])).toEqual([
      ['wrong-type', 3],
      ['duplicate-key', 3],
    ]);
  });

  test('a byte order mark does not hide them', () => {
    const found = checkConfig({
      text: '\uFEFF{"mtu": "x"}',
      values: { mtu: 'x' },
      version: '28.5.2',
      flags: [],
      flagSource: '',
      facts: null,
    });
    expect(found[0]?.place).toEqual({ line: 1, column: 3 });
  });
});

test('a daemon refuses what is an error, and starts with what is a warning', () => {
  expect(verdictOf(check('{"foo": 1}'))).toBe('refuses');
  expect(verdictOf(check('{"label": [], "userland-proxy": true}'))).toBe('starts');
  expect(verdictOf(check('{}'))).toBe('starts');
});
