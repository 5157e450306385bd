import { expect, test } from 'vitest';
import type { Container, ContainerDetails } from '../../../electron/contract/snapshot.ts';
import { interruptions, type Meanwhile } from '../../../electron/engine/interruptions.ts';
import { neededLogAddress } from '../../../electron/engine/log-target.ts';
import { container } from '../../fakes/snapshot.ts';

const details = (over: Partial<ContainerDetails> = {}): ContainerDetails => ({
  networkMode: 'bridge',
  networks: [{ name: 'bridge', address: '172.17.0.2' }],
  dns: [],
  wantedPorts: [],
  mounts: [],
  restartCount: 0,
  tty: false,
  logDriver: 'json-file',
  runtime: 'runc',
  devices: 'none',
  ...over,
});
const usual: Meanwhile = { act: 'restart', version: '28.5.2', containers: [], userlandProxy: true, iptables: true };
const why = (over: Partial<Meanwhile>, one: Partial<Container>) =>
  interruptions(container('web', one), { ...usual, ...over });

// Each row was measured on 20.10, 26.1 and 28.5.
test.each([
  ['restart', true, true, ['published-ports', 'port-rules']],
  ['restart', false, true, ['port-rules']],
  ['restart', true, false, ['published-ports']],
  ['start', true, true, ['port-rules']],
  ['stop', true, true, ['published-ports']],
  ['stop', false, true, []],
] as const)('%s, docker-proxy %s, rules %s: %j', (act, userlandProxy, iptables, expected) => {
  const ports = ['0.0.0.0:80->80/tcp'];
  expect(why({ act, userlandProxy, iptables }, { ports }).map(({ kind }) => kind)).toEqual(expected);
});

test('what is published on 127.0.0.1 alone has no rules to be written', () => {
  const ports = ['127.0.0.1:80->80/tcp'];
  expect(why({ act: 'start' }, { ports })).toEqual([]);
  expect(why({}, { ports })).toEqual([{ kind: 'published-ports', ports }]);
});

test('without rules every address is served by docker-proxy', () => {
  const ports = ['192.0.2.1:80->80/tcp'];
  expect(why({}, { ports })).toEqual([{ kind: 'port-rules', ports }]);
  expect(why({ iptables: false }, { ports })).toEqual([{ kind: 'published-ports', ports }]);
});

test('names are lost in networks that a user made, and only there', () => {
  expect(why({}, { details: details() })).toEqual([]);
  expect(why({}, { details: details({ networkMode: 'host', networks: [{ name: 'host', address: '' }] }) })).toEqual([]);
  const own = details({ networkMode: 'crew', networks: [{ name: 'crew', address: '172.18.0.2' }] });
  expect(why({}, { details: own })).toEqual([{ kind: 'network-names', networks: ['crew'] }]);
  expect(why({ act: 'start' }, { details: own })).toEqual([]);
  // One that shares the network of another has none of its own.
  const other = container('other', { id: 'f'.repeat(64), details: own });
  const shared = details({ networkMode: `container:${other.id}`, networks: [] });
  expect(why({ containers: [other] }, { details: shared })).toEqual([{ kind: 'network-names', networks: ['crew'] }]);
});

test('health checks pause while it is down, and begin anew; on an old engine another reason says that they never go on', () => {
  const pause = { kind: 'health-checks-pause' };
  const anew = { kind: 'health-begins-again' };
  expect(why({}, { healthCheck: true })).toEqual([pause, anew]);
  expect(why({ version: null }, { healthCheck: true })).toEqual([pause, anew]);
  expect(why({ version: '24.0.9' }, { healthCheck: true })).toEqual([pause]);
  expect(why({ act: 'stop' }, { healthCheck: true })).toEqual([pause]);
  expect(why({ act: 'start' }, { healthCheck: true })).toEqual([anew]);
  expect(why({ version: '20.10.24' }, { healthCheck: true })).toEqual([]);
  expect(why({ version: '20.10.24', act: 'stop' }, { healthCheck: true })).toEqual([{ kind: 'health-checks-pause' }]);
});

test('a docker exec that runs in it is cut off, but not by a start', () => {
  const one = { details: details({ execs: 2 }) };
  expect(why({}, one)).toEqual([{ kind: 'execs-cut', count: 2 }]);
  expect(why({ act: 'start' }, one)).toEqual([]);
});

test('before a stop it is told how much output there is room for', () => {
  expect(why({ act: 'stop' }, { details: details() })).toEqual([{ kind: 'output-waits', bytes: 131_072 }]);
  expect(why({ act: 'stop' }, { details: details({ tty: true }) })).toEqual([{ kind: 'output-waits', bytes: 79_872 }]);
});

test.each([
  ['tcp://127.0.0.1:24224', 'restart', ['log-target-away']],
  ['tcp://localhost:24224', 'start', ['log-target-away']],
  ['https://[::1]:24224', 'reload-then-restart', ['log-target-away']],
  // The daemon that stops keeps its connection until it has ended.
  ['tcp://127.0.0.1:24224', 'stop', []],
  ['tcp://127.0.0.1:24225', 'restart', []],
  ['tcp://logs.example.org:24224', 'restart', []],
  [undefined, 'restart', []],
] as const)('a log that goes to %s, %s: %j', (logAddress, act, expected) => {
  const sink = container('sink', { id: 'other', ports: ['127.0.0.1:24224->24224/tcp'] });
  const own = details({ logDriver: 'fluentd', ...(logAddress === undefined ? {} : { logAddress }) });
  const kinds = (containers: readonly Container[]) =>
    why({ act, containers }, { details: own }).flatMap((reason) =>
      reason.kind === 'log-target-away' ? [reason.kind] : [],
    );
  expect(kinds([sink])).toEqual(expected);
  expect(kinds([{ ...sink, state: 'exited' }])).toEqual([]);
});

const driver = (type: string, config: Readonly<Record<string, string>>) =>
  neededLogAddress({ Type: type, Config: config });

test('what a daemon has to reach before it reads output', () => {
  expect(driver('fluentd', {})).toBe('tcp://127.0.0.1:24224');
  expect(driver('fluentd', { 'fluentd-address': 'localhost:5' })).toBe('localhost:5');
  expect(driver('fluentd', { 'fluentd-async': 'true' })).toBeUndefined();
  expect(driver('fluentd', { 'fluentd-async-connect': 'true' })).toBeUndefined();
  expect(driver('fluentd', { 'fluentd-address': 'unix:///run/fluentd.sock' })).toBeUndefined();
  expect(driver('syslog', { 'syslog-address': 'tcp+tls://127.0.0.1:6514' })).toBe('tcp+tls://127.0.0.1:6514');
  expect(driver('syslog', { 'syslog-address': 'udp://127.0.0.1:514' })).toBeUndefined();
  expect(driver('syslog', {})).toBeUndefined();
  expect(driver('gelf', { 'gelf-address': 'tcp://127.0.0.1:12201' })).toBe('tcp://127.0.0.1:12201');
  expect(driver('splunk', { 'splunk-url': 'https://127.0.0.1:8088' })).toBe('https://127.0.0.1:8088');
  expect(driver('splunk', { 'splunk-url': 'https://x:8088', 'splunk-verify-connection': 'false' })).toBeUndefined();
  expect(driver('json-file', {})).toBeUndefined();
  expect(neededLogAddress({})).toBeUndefined();
});
