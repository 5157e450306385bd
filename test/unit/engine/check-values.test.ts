import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../electron/contract/json.ts';
import { checkConfig, reloadVerdictOf, verdictOf, type Checked } from '../../../electron/engine/check.ts';
import { isPattern } from '../../../electron/engine/go-pattern.ts';
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
    ['{"registry-mirrors": ["https://mirror.example/%zz"]}', [['registry-mirrors.0', 'not-a-url', 'always']]],
    ['{"registry-mirrors": ["https://a.example,https://b.example"]}', [['registry-mirrors.0', 'not-a-url', 'nothing']]],
    ['{"registry-mirrors": ["https://mirror.example\\u200b"]}', [['registry-mirrors.0', 'not-a-url', 'nothing']]],
    ['{"registry-mirrors": ["http://10.0.0.256:5000"]}', [['registry-mirrors.0', 'not-a-url', 'nothing']]],
    ['{"registry-mirrors": ["https://mirror_1.example:5000/v2/", "https://[::1]:5000", "http://bücher.example"]}', []],
    ['{"proxies": {"http-proxy": "proxy.example:3128", "https-proxy": "http://user:p@ss@proxy.example"}}', []],
    ['{"proxies": {"http-proxy": "http://proxy.example:port"}}', [['proxies.http-proxy', 'not-a-url', 'nothing']]],
    ['{"proxies": {"https-proxy": "http://user:p%ss@proxy"}}', [['proxies.https-proxy', 'not-a-url', 'nothing']]],
    ['{"insecure-registries": ["host/path"]}', [['insecure-registries.0', 'not-a-registry', 'always']]],
    ['{"insecure-registries": ["10.0.0.0/8", "[::1]:5000", "host:5000"]}', []],
    ['{"log-opts": {"max_size": "1m"}}', [['log-opts.max_size', 'unknown-log-option', 'start']]],
    ['{"log-opts": {"max-size": "bogus"}}', [['log-opts.max-size', 'bad-log-option', 'containers']]],
    ['{"log-opts": {"max-size": ""}}', [['log-opts.max-size', 'bad-log-option', 'containers']]],
    ['{"log-opts": {"max-size": "0"}}', [['log-opts.max-size', 'bad-log-option', 'containers']]],
    ['{"log-opts": {"max-size": "-1"}}', [['log-opts.max-size', 'bad-log-option', 'containers']]],
    ['{"log-opts": {"max-size": "10 MB", "max-file": "+3"}}', []],
    ['{"log-driver": "local", "log-opts": {"max-size": "0"}}', []],
    ['{"log-driver": "local", "log-opts": {"max-file": "1"}}', [['log-opts.max-file', 'bad-log-option', 'containers']]],
    ['{"log-driver": "local", "log-opts": {"max-file": "1", "compress": "false"}}', []],
    ['{"log-opts": {"tag": "{{.Nope}}"}}', [['log-opts.tag', 'bad-log-option', 'containers']]],
    ['{"log-opts": {"tag": "{{.Name"}}', [['log-opts.tag', 'bad-log-option', 'containers']]],
    ['{"log-opts": {"tag": "{{ .ImageName }}/{{index .ContainerLabels \\"x\\"}}}}"}}', []],
    [
      '{"log-driver": "splunk", "log-opts": {"splunk-url": "splunk.example:8088", "splunk-gzip": "yes"}}',
      [
        ['log-opts', 'missing-log-option', 'containers'],
        ['log-opts.splunk-url', 'bad-log-option', 'containers'],
        ['log-opts.splunk-gzip', 'bad-log-option', 'containers'],
      ],
    ],
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
    [
      '{"hosts": ["tcp://10.1.2.3:2375"]}',
      [
        ['hosts.0', 'no-address', 'start'],
        ['hosts.0', 'open-to-all', 'nothing'],
      ],
    ],
    [
      '{"hosts": ["tcp://0.0.0.0:2376"], "tlsverify": false}',
      expect.arrayContaining([['hosts.0', 'open-to-all', 'nothing']]),
    ],
    ['{"hosts": ["tcp://127.0.0.1:2375", "tcp://127.0.0.1:2375"]}', []],
    ['{"hosts": ["tcp://127.0.0.1:2375", "tcp://localhost:2375"]}', [['hosts.1', 'same-port', 'start']]],
    ['{"hosts": ["tcp://127.0.0.1", "tcp://[::]:2375"]}', expect.arrayContaining([['hosts.1', 'same-port', 'start']])],
    ['{"hosts": ["tcp://:2375"]}', []],
    ['{"hosts": ["tcp://:2375", "tcp://192.168.50.10:2375"]}', [['hosts.1', 'open-to-all', 'nothing']]],
    ['{"hosts": ["tcp://:2375", "tcp://127.0.0.1:2375"]}', [['hosts.1', 'same-port', 'start']]],
    ['{"hosts": ["unix:///srv/folder"]}', [['hosts.0', 'not-a-file', 'start']]],
    ['{"ip": "10.1.2.3"}', [['ip', 'no-address', 'containers']]],
    ['{"ip": "192.168.50.10"}', []],
    ['{"bip": "10.20.0.1/32"}', [['bip', 'network-too-small', 'containers']]],
    [
      '{"default-address-pools": [{"base": "10.30.0.0/24", "size": 32}]}',
      [['default-address-pools.0.size', 'network-too-small', 'containers']],
    ],
    ['{"hosts": ["tcp://my host:2375"]}', expect.arrayContaining([['hosts.0', 'not-a-host', 'always']])],
    ['{"init-path": "bin/init"}', [['init-path', 'not-absolute', 'containers']]],
    ['{"init-path": "docker-init"}', []],
    ['{"runtimes": {"x": {"path": "bin/crun"}}}', [['runtimes.x.path', 'not-absolute', 'containers']]],
    ['{"runtimes": {"x": {"path": "crun"}}}', []],
    ['{"log-opts": {"labels-regex": "("}}', [['log-opts.labels-regex', 'bad-log-option', 'containers']]],
    ['{"log-opts": {"env-regex": "a(?=b)"}}', [['log-opts.env-regex', 'bad-log-option', 'containers']]],
    ['{"log-opts": {"labels-regex": "^(com|org)\\\\.example", "env-regex": "(?i)^os_[a-z]+$"}}', []],
    ['{"log-driver": "syslog", "log-opts": {"syslog-address": "udp://127.0.0.1", "labels-regex": "("}}', []],
    [
      '{"default-network-opts": {"bridge": {"com.docker.network.driver.mtu": "1,400"}}}',
      [['default-network-opts.bridge.com.docker.network.driver.mtu', 'not-a-choice', 'networks']],
    ],
    [
      '{"default-network-opts": {"bridge": {"com.docker.network.bridge.enable_icc": "no"}}}',
      [['default-network-opts.bridge.com.docker.network.bridge.enable_icc', 'not-a-choice', 'networks']],
    ],
    [
      '{"default-network-opts": {"bridge": {"com.docker.network.bridge.host_binding_ipv4": "lan0"}}}',
      [['default-network-opts.bridge.com.docker.network.bridge.host_binding_ipv4', 'not-an-ip', 'networks']],
    ],
    [
      '{"default-network-opts": {"ipvlan": {"ipvlan_mode": "l4"}}}',
      [['default-network-opts.ipvlan.ipvlan_mode', 'not-a-choice', 'networks']],
    ],
    [
      '{"default-network-opts": {"bridge": {"com.docker.network.driver.mtu": "1400", "x": "y"}, "weave": {"a": "b"}}}',
      [],
    ],
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
    [
      '{"default-ulimits": {"nofile": {"name": "nofile", "soft": 20, "hard": 10}}}',
      [['default-ulimits.nofile', 'soft-above-hard', 'containers']],
    ],
    [
      '{"default-ulimits": {"nofile": {"Name": "nofile", "Soft": 20}}}',
      [['default-ulimits.nofile', 'soft-above-hard', 'containers']],
    ],
    [
      '{"default-ulimits": {"nofile": {"Name": "nofile", "Hard": 20}}}',
      [['default-ulimits.nofile', 'no-open-files', 'containers']],
    ],
    [
      '{"default-ulimits": {"nofile": {"Name": "nofile", "Soft": -1, "Hard": -1}}}',
      [['default-ulimits.nofile', 'too-many-files', 'containers']],
    ],
    [
      '{"default-ulimits": {"nofile": {"Soft": 10, "Hard": 10}, "core": null}}',
      [
        ['default-ulimits.nofile', 'limit-without-name', 'containers'],
        ['default-ulimits.core', 'limit-without-name', 'containers'],
      ],
    ],
    [
      '{"default-ulimits": {"files": {"Name": "files", "Soft": 10, "Hard": 10}}}',
      [['default-ulimits.files.Name', 'not-a-choice', 'containers']],
    ],
    [
      '{"default-ulimits": {"nproc": {"Name": "nofile", "Soft": 10, "Hard": 10}}}',
      [['default-ulimits.nproc.Name', 'another-limit', 'nothing']],
    ],
    [
      '{"default-ulimits": {"nofile": {"Name": "nofile", "Soft": 1024, "Hard": 1048577}}}',
      [['default-ulimits.nofile', 'too-many-files', 'containers']],
    ],
    ['{"default-ulimits": {"nofile": {"Name": "nofile", "Soft": 1024, "Hard": 1048576}}}', []],
    ['{"default-ulimits": {"MEMLOCK": {"Name": "memlock", "Soft": -1, "Hard": -1}}}', []],
    [
      '{"builder": {"gc": {"policy": [{"filter": ["unused-for=2200x"]}]}}}',
      [['builder.gc.policy.0.filter.0', 'not-a-duration', 'start']],
    ],
    ['{"builder": {"gc": {"policy": [{"filter": ["until=24h", "type=source.local"]}]}}}', []],
    [
      '{"builder": {"gc": {"policy": [{"filter": ["until=24h", "unused-for=48h"]}]}}}',
      [['builder.gc.policy.0.filter', 'not-a-filter', 'start']],
    ],
    [
      '{"builder": {"gc": {"policy": [{"filter": {"unused-for": {"2d": true}}}]}}}',
      [['builder.gc.policy.0.filter.unused-for', 'not-a-duration', 'start']],
    ],
    ['{"node-generic-resources": ["gpu=1", "gpu=2"]}', [['node-generic-resources.1', 'not-a-resource', 'always']]],
    ['{"node-generic-resources": ["gpu=a", "gpu=b", "disk=1"]}', []],
    ['{"labels": ["COM.DOCKER.x=1"]}', [['labels.0', 'reserved-label', 'always']]],
    ['{"insecure-registries": ["registry..example"]}', [['insecure-registries.0', 'not-a-registry', 'always']]],
    ['{"pidfile": "/srv/file/docker.pid"}', [['pidfile', 'not-a-folder', 'start']]],
    ['{"ipv6": true, "fixed-cidr-v6": "fd00::/128"}', [['fixed-cidr-v6', 'network-too-small', 'start']]],
    ['{"ipv6": true, "fixed-cidr-v6": "ff00::/64"}', [['fixed-cidr-v6', 'reserved-range', 'always']]],
    ['{"containerd": "unix:///run/containerd/containerd.sock"}', [['containerd', 'not-absolute', 'containers']]],
    [
      '{"log-driver": "fluentd", "log-opts": {"fluentd-async-reconnect-interval": "1m"}}',
      [['log-opts.fluentd-async-reconnect-interval', 'bad-log-option', 'start']],
    ],
    [
      '{"log-driver": "syslog", "log-opts": {"syslog-address": "unix://dev/log"}}',
      [['log-opts.syslog-address', 'no-socket', 'start']],
    ],
    ['{"builder": {"history": {"maxAge": "2 days"}}}', [['builder.history.maxAge', 'not-a-duration', 'always']]],
    ['{"tls": true, "tlscert": "cert.pem", "tlskey": "/srv/key.pem"}', [['tlscert', 'not-absolute', 'start']]],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));

  test('flags count too', () => {
    expect(told('{"icc": false}', { flags: ['--iptables=false'] })).toEqual([['icc', 'needs-other', 'start']]);
    expect(told('{"default-runtime": "x"}', { flags: ['--add-runtime', 'x=/x'] })).toEqual([]);
    expect(told('{"log-driver": "journald"}', { flags: ['--log-opt', 'max-size=1m'] })).toEqual([
      ['log-opts.max-size', 'unknown-log-option', 'start'],
    ]);
  });

  test('a computer that was not looked at is not spoken of', () => {
    const text = '{"bridge": "gone0", "group": "nope", "hosts": ["tcp://127.0.0.9:7778"], "userns-remap": "bob"}';
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
    ['{"builder": {"gc": {"policy": [{"filter": ["x"]}]}}}', '20.10.24', 'refuses'],
    ['{"builder": {"gc": {"policy": [{"filter": ["x"]}]}}}', '28.5.2', 'starts'],
    ['{"hosts": ["tcp://::1:2375"]}', '20.10.24', 'refuses'],
    ['{"hosts": ["tcp://::1:2375"]}', '28.5.2', 'starts'],
    ['{"hosts": ["tcp://127.0.0.1:0"]}', '20.10.24', 'starts'],
    ['{"hosts": ["tcp://127.0.0.1:0"]}', '26.1.5', 'refuses'],
    ['{"default-shm-size": ".5g"}', '20.10.24', 'refuses'],
    ['{"default-shm-size": ".5g"}', '26.1.5+dfsg1', 'refuses'],
    ['{"default-shm-size": ".5g"}', '26.1.5', 'starts'],
    ['{"default-shm-size": ".5g"}', '28.5.2+dfsg4', 'starts'],
    ['{"default-shm-size": "1e3"}', '28.5.2', 'starts'],
    ['{"default-shm-size": "1_000"}', '28.5.2', 'starts'],
    ['{"default-shm-size": "1__0"}', '28.5.2', 'refuses'],
    ['{"default-shm-size": "1e999"}', '28.5.2', 'refuses'],
    ['{"default-shm-size": "64ki"}', '26.1.5+dfsg1', 'starts'],
    ['{"default-shm-size": "64ki"}', '28.5.2', 'refuses'],
    ['{"builder": {"gc": {"defaultKeepStorage": "1e3"}}}', '28.5.2', 'starts'],
    ['{"seccomp-profile": "unconfined"}', '20.10.24', 'refuses'],
    ['{"seccomp-profile": "unconfined"}', '28.5.2', 'starts'],
  ])('%s on %s: %s', (text, version, verdict) => expect(verdictOf(check(text, { version }))).toBe(verdict));
});

test('a reload notices less than a start, and sometimes more', () => {
  const verdicts = (text: string) => [verdictOf(check(text)), reloadVerdictOf(check(text))];
  expect(verdicts('{"bip": "nonsense"}')).toEqual(['refuses', 'takes']);
  expect(verdicts('{"dns": ["nonsense"]}')).toEqual(['refuses', 'refuses']);
  expect(verdicts('{"userland-proxy": true}')).toEqual(['starts', 'refuses']);
  expect(verdicts('{"labels": ["nolabel"]}')).toEqual(['refuses', 'takes']);
  expect(verdicts('{"hosts": ["tcp://127.0.0.1:port"]}')).toEqual(['refuses', 'refuses']);
  expect(verdicts('{"log-driver": "nope"}')).toEqual(['starts', 'takes']);
});

describe('members of objects are read by name whatever their case, and each into its own type', () => {
  test.each([
    ['{"runtimes": {"x": {"Path": "/srv/program", "RUNTIMEARGS": []}}}', []],
    ['{"runtimes": {"x": {"path": "/srv/program", "runtimeArgs": "--x"}}}', ['runtimes.x.runtimeArgs: array']],
    ['{"runtimes": {"x": {"path": "/srv/program", "runtimeArgs": [1]}}}', ['runtimes.x.runtimeArgs.0: string']],
    [
      '{"default-ulimits": {"core": {"name": "core", "hard": "5", "soft": 1.5}}}',
      ['default-ulimits.core.hard: integer', 'default-ulimits.core.soft: integer'],
    ],
    ['{"default-address-pools": [{"base": "10.30.0.0/16", "size": 24.5}]}', ['default-address-pools.0.size: integer']],
    [
      '{"builder": {"gc": {"policy": [{"keepStorage": 5, "all": "true"}]}}}',
      ['builder.gc.policy.0.keepStorage: string', 'builder.gc.policy.0.all: boolean'],
    ],
    ['{"builder": {"gc": {"policy": [{"unknown": 5}]}}}', []],
  ])('%s', (text, expected) => {
    const wrong = check(text).flatMap(({ path, about }) =>
      about.kind === 'wrong-type' ? [`${path.join('.')}: ${about.expected}`] : [],
    );
    expect(wrong).toEqual(expected);
    expect(verdictOf(check(text))).toBe(expected.length > 0 ? 'refuses' : 'starts');
  });
});

test('of a key that stands twice both values are read', () => {
  const text = '{"debug": "x", "debug": true}';
  expect(verdictOf(check(text))).toBe('refuses');
});

describe('regular expressions as Go reads them', () => {
  // Each was given to a real daemon (measured on 20.10, 26.1, 28.5).
  test.each([
    '(?i)^a',
    '\\p{Greek}',
    '(?P<x>a)',
    '(?<n>a)',
    ']a{',
    '\\Q(\\E',
    '[[:alpha:]]\\z',
    '[]a]',
    'a??b+?',
    '^*',
    '\\12',
  ])('%s is one', (text) => expect(isPattern(text)).toBe(true));

  test.each([
    '(',
    ')',
    '[',
    'a(?=b)',
    'a{1,2000}',
    'a{3,2}',
    'a{2}{3}',
    '(a)\\1',
    '\\8',
    '\\y',
    '*a',
    'a|*',
    '(|*)',
    'a**',
    '[b-a]',
    '[a\\]',
    '(?x)a',
    '\\d\\',
  ])('%s is none', (text) => expect(isPattern(text)).toBe(false));
});
