import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../electron/contract/json.ts';
import { checkConfig, reloadVerdictOf, verdictOf, type Checked } from '../../../electron/engine/check.ts';
import { machine } from '../../fakes/machine.ts';

const check = (text: string, over: Partial<Checked> = {}) =>
  checkConfig({
    text,
    values: JSON.parse(text) as JsonObject,
    version: '28.5.2',
    flags: [],
    flagSource: '',
    facts: null,
    machine: machine(),
    ...over,
  });
const told = (text: string, over: Partial<Checked> = {}) =>
  check(text, over).map(({ path, about }) => [
    path.join('.'),
    'why' in about ? about.why : about.kind,
    'hurts' in about ? about.hurts : '',
  ]);

describe('what is wrong with a value', () => {
  test.each([
    ['{"bip": "10.20.0.0/16"}', [['bip', 'network-address', 'start']]],
    ['{"bip": "10.20.0.1"}', [['bip', 'not-a-cidr', 'start']]],
    ['{"bip": "10.20.0.01/16"}', [['bip', 'not-a-cidr', 'start']]],
    ['{"bip": "10.20.0.1/16"}', []],
    ['{"bip": "10.66.9.1/24"}', [['bip', 'overlap', 'nothing']]],
    ['{"bip": "10.80.9.1/24"}', [['bip', 'overlap', 'nothing']]],
    ['{"bip": "10.20.0.1/16", "default-gateway": "10.21.0.1"}', [['default-gateway', 'outside-of', 'start']]],
    ['{"bip": "10.20.0.1/16", "default-gateway": "10.20.0.1"}', [['default-gateway', 'same-as', 'start']]],
    ['{"bridge": "none", "bip": "x"}', [['bip', 'bridge-with-bip', '']]],
    ['{"bridge": "gone0"}', [['bridge', 'no-interface', 'start']]],
    ['{"bridge": "lan0"}', [['bridge', 'not-a-bridge', 'start']]],
    ['{"bridge": "br-own"}', []],
    [
      '{"default-address-pools": [{"base": "10.30.0.0/16", "size": 8}]}',
      [['default-address-pools.0.size', 'pool-smaller-than-base', 'start']],
    ],
    [
      '{"default-address-pools": [{"base": "192.168.50.0/24", "size": 28}]}',
      [
        ['default-address-pools', 'pools-taken', 'start'],
        ['default-address-pools.0.base', 'overlap', 'nothing'],
      ],
    ],
    ['{"icc": false, "iptables": false}', [['icc', 'needs-other', 'start']]],
    ['{"mtu": 10}', [['mtu', 'too-small', 'start']]],
    ['{"max-concurrent-downloads": -1}', [['max-concurrent-downloads', 'negative', 'always']]],
    ['{"log-level": "verbose"}', [['log-level', 'not-a-choice', 'always']]],
    ['{"labels": ["a=1", "a=2"]}', [['labels.1', 'conflicting-labels', 'always']]],
    ['{"dns": ["dns.example"]}', [['dns.0', 'not-an-ip', 'always']]],
    ['{"registry-mirrors": ["mirror.example"]}', [['registry-mirrors.0', 'not-a-url', 'always']]],
    ['{"registry-mirrors": ["https://mirror.example/path"]}', []],
    ['{"insecure-registries": ["host/path"]}', [['insecure-registries.0', 'not-a-registry', 'always']]],
    ['{"insecure-registries": ["10.0.0.0/8", "[::1]:5000", "host:5000"]}', []],
    ['{"log-opts": {"max_size": "1m"}}', [['log-opts.max_size', 'unknown-log-option', 'start']]],
    ['{"log-opts": {"max-size": "bogus"}}', [['log-opts.max-size', 'bad-log-option', 'containers']]],
    ['{"log-driver": "nope"}', [['log-driver', 'unknown-log-driver', 'containers']]],
    ['{"log-driver": "nope", "log-opts": {"a": "b"}}', [['log-driver', 'unknown-log-driver', 'start']]],
    ['{"log-driver": "loki", "log-opts": {"a": "b"}}', []],
    ['{"log-driver": "none", "log-opts": {"a": "b"}}', []],
    ['{"default-runtime": "nope"}', [['default-runtime', 'unknown-runtime', 'always']]],
    ['{"default-runtime": "io.containerd.kata.v2"}', []],
    ['{"runtimes": {"runc": {"path": "/x"}}}', [['runtimes.runc', 'reserved-runtime', 'always']]],
    ['{"runtimes": {"x": {"path": "/srv/missing"}}}', [['runtimes.x.path', 'no-program', 'containers']]],
    ['{"storage-driver": "aufs"}', [['storage-driver', 'removed-storage-driver', 'start']]],
    ['{"storage-driver": "zfs"}', [['storage-driver', 'not-in-kernel', 'start']]],
    ['{"storage-opts": ["dm.basesize=1G"]}', [['storage-opts.0', 'unknown-storage-option', 'start']]],
    ['{"seccomp-profile": "/srv/missing"}', [['seccomp-profile', 'no-file', 'start']]],
    ['{"seccomp-profile": "/srv/file"}', [['seccomp-profile', 'not-json', 'containers']]],
    ['{"seccomp-profile": "/srv/profile.json"}', []],
    ['{"group": "nope"}', [['group', 'no-group', 'start']]],
    ['{"group": "4711"}', []],
    ['{"userns-remap": "bob"}', [['userns-remap', 'no-subordinate-ids', 'start']]],
    ['{"userns-remap": "alice"}', []],
    ['{"authorization-plugins": ["nope"]}', [['authorization-plugins.0', 'no-plugin', 'always']]],
    ['{"hosts": ["tcp://127.0.0.1:7778"]}', [['hosts.0', 'port-taken', 'start']]],
    ['{"hosts": ["tcp://10.1.2.3:2375"]}', [['hosts.0', 'no-address', 'start']]],
    ['{"hosts": ["http://127.0.0.1"]}', [['hosts.0', 'host-scheme', 'always']]],
    ['{"metrics-addr": "127.0.0.1"}', [['metrics-addr', 'no-port', 'start']]],
    ['{"tls": true, "tlscert": "/srv/key.pem", "tlskey": "/srv/key.pem"}', [['tlscert', 'bad-certificate', 'start']]],
    ['{"tls": true, "tlscert": "/srv/cert.pem", "tlskey": "/srv/key.pem"}', []],
    ['{"exec-opts": ["native.cgroupdriver=foo"]}', [['exec-opts.0', 'not-a-choice', 'start']]],
    ['{"default-shm-size": "much"}', [['default-shm-size', 'not-a-size', 'always']]],
    [
      '{"default-ulimits": {"nofile": {"Name": "nofile", "Soft": 20, "Hard": 10}}}',
      [['default-ulimits.nofile', 'soft-above-hard', 'containers']],
    ],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));

  test('flags count too', () => {
    expect(told('{"icc": false}', { flags: ['--iptables=false'] })).toEqual([['icc', 'needs-other', 'start']]);
    expect(told('{"default-runtime": "x"}', { flags: ['--add-runtime', 'x=/x'] })).toEqual([]);
    expect(told('{"log-driver": "journald"}', { flags: ['--log-opt', 'max-size=1m'] })).toEqual([
      ['log-opts.max-size', 'unknown-log-option', 'start'],
    ]);
  });

  test('a computer that was not looked at is not spoken of', () => {
    const text = '{"bridge": "gone0", "group": "nope", "hosts": ["tcp://10.1.2.3:7778"], "userns-remap": "bob"}';
    expect(told(text, { machine: null })).toEqual([]);
  });
});

describe('versions differ', () => {
  test.each([
    ['{"max-download-attempts": 0}', '20.10.24', 'refuses'],
    ['{"max-download-attempts": 0}', '26.1.5', 'starts'],
    ['{"registry-mirrors": ["https://m.example/path"]}', '20.10.24', 'refuses'],
    ['{"registry-mirrors": ["https://m.example/path"]}', '28.5.2', 'starts'],
    ['{"storage-driver": "aufs"}', '26.1.5', 'refuses'],
    ['{"seccomp-profile": "unconfined"}', '20.10.24', 'refuses'],
    ['{"seccomp-profile": "unconfined"}', '28.5.2', 'starts'],
  ])('%s on %s: %s', (text, version, verdict) => expect(verdictOf(check(text, { version }))).toBe(verdict));
});

test('a reload notices less than a start, and sometimes more', () => {
  const verdicts = (text: string) => [verdictOf(check(text)), reloadVerdictOf(check(text))];
  expect(verdicts('{"bip": "nonsense"}')).toEqual(['refuses', 'takes']);
  expect(verdicts('{"dns": ["nonsense"]}')).toEqual(['refuses', 'refuses']);
  expect(verdicts('{"userland-proxy": true}')).toEqual(['starts', 'refuses']);
  expect(verdicts('{"log-driver": "nope"}')).toEqual(['starts', 'takes']);
});

test('of a key that stands twice both values are read', () => {
  const text = '{"debug": "x", "debug": true}';
  expect(verdictOf(check(text))).toBe('refuses');
});
