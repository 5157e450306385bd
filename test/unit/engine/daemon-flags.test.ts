import { describe, expect, test } from 'vitest';
import { optionFor } from '../../../electron/contract/options.ts';
import { flagDifference, flagValue, givenFlags } from '../../../electron/engine/daemon-flags.ts';

const valueOf = (args: readonly string[], key: string): unknown => flagValue(args, optionFor(key)!);

describe('flags as pflag reads them', () => {
  test.each([
    [['--live-restore'], 'live-restore', true],
    [['--live-restore=true'], 'live-restore', true],
    [['--live-restore=1'], 'live-restore', true],
    [['--live-restore=false'], 'live-restore', false],
    [['--live-restore=F'], 'live-restore', false],
    [['--live-restore', '--live-restore=false'], 'live-restore', false],
    // A boolean takes no next argument.
    [['--live-restore', 'false'], 'live-restore', true],
    [['-D'], 'debug', true],
    [['-D=false'], 'debug', false],
    [['-Dl', 'warn'], 'log-level', 'warn'],
    [['-Dl', 'warn'], 'debug', true],
    [['-l', 'warn'], 'log-level', 'warn'],
    [['-lwarn'], 'log-level', 'warn'],
    [['-l=warn'], 'log-level', 'warn'],
    [
      ['-H', 'fd://', '-Hunix:///x', '--host=tcp://y', '--host', 'tcp://z'],
      'hosts',
      ['fd://', 'unix:///x', 'tcp://y', 'tcp://z'],
    ],
    [['--data-root', '/a', '--data-root=/b'], 'data-root', '/b'],
    [['--mtu=1400'], 'mtu', 1400],
    [['--host', '--live-restore'], 'live-restore', undefined],
    [['--host', '--live-restore'], 'hosts', ['--live-restore']],
    [['--', '--live-restore'], 'live-restore', undefined],
    [['--containerd=/run/containerd/containerd.sock'], 'containerd', '/run/containerd/containerd.sock'],
    [['--feature', 'cdi=false', '--feature=containerd-snapshotter'], 'features.cdi', false],
    [['--feature', 'cdi=false', '--feature=containerd-snapshotter'], 'features.containerd-snapshotter', true],
    [['--feature', 'cdi'], 'features.buildkit', undefined],
    [['--http-proxy', 'http://p:1'], 'proxies.http-proxy', 'http://p:1'],
    [['--iptables=false'], 'iptables', false],
    [[], 'live-restore', undefined],
    [['--from-the-future', 'value', '--live-restore'], 'live-restore', true],
    [['--from-the-future', '--live-restore'], 'live-restore', true],
  ] as const)('%j: %s is %j', (args, key, value) => {
    expect(valueOf(args, key)).toEqual(value);
  });

  test('options without a flag have no value', () => {
    expect(valueOf(['--builder'], 'builder.GC.Enabled')).toBeUndefined();
  });

  test('names are long ones, in order of their first appearance', () => {
    expect(givenFlags(['-H', 'a', '-D', '-H', 'b']).map(({ name }) => name)).toEqual(['host', 'debug']);
  });
});

test.each([
  [['-H', 'fd://'], ['--host=fd://'], [], []],
  [['-H', 'fd://', '--live-restore'], ['-H', 'fd://'], ['--live-restore'], []],
  [['--mtu=1400'], ['--mtu', '1500', '--debug'], [], ['--mtu', '--debug']],
  // Init scripts name it themselves.
  [['-p', '/var/run/docker.pid'], [], [], []],
] as const)('from %j to %j', (now, next, gone, come) => {
  expect(flagDifference(now, next)).toEqual({ gone, come });
});
