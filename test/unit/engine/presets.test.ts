// Presets: each says what it changes here, or why it is not for here, and stays clear of what this computer uses.
import { describe, expect, test } from 'vitest';
import { policyIn } from '../../../electron/engine/policy.ts';
import { presetFor, presetsFor, type PresetGrounds } from '../../../electron/engine/presets.ts';
import { checkConfig } from '../../../electron/engine/check.ts';
import { patched } from '../../../electron/contract/change.ts';
import { networksIn } from '../../../electron/platform/networks.ts';

const grounds = (over: Partial<PresetGrounds> = {}): PresetGrounds => ({
  values: {},
  version: '28.5.2',
  windows: false,
  environment: { https_proxy: 'http://proxy.example:3128', NO_PROXY: 'localhost' },
  networks: ['0.0.0.0/0', '192.168.1.0/24'],
  policy: policyIn({
    kind: 'read',
    path: '/p',
    bytes: new TextEncoder().encode('{"version":1,"defaults":{"debug":{"value":true}}}'),
  }),
  mirror: 'https://mirror.example',
  ...over,
});

describe('presets', () => {
  test.each(['20.10.24', '26.1.5', '28.5.2'])('hold nothing that dockerd %s refuses', (version) => {
    for (const one of presetsFor(grounds({ version }))) {
      if (!('patch' in one)) continue;
      const values = patched({}, one.patch);
      const text = JSON.stringify(values);
      const found = checkConfig({ text, values, version, flags: [], flagPlaces: {}, flagSource: '', facts: null });
      expect([one.name, found.filter(({ severity }) => severity === 'error')]).toEqual([one.name, []]);
    }
  });
  test('change nothing that is so already, and say when nothing is left', () => {
    expect(presetFor('log-rotation', grounds({ values: { 'log-opts': { 'max-size': '10m' } } }))).toEqual({
      name: 'log-rotation',
      patch: [{ path: ['log-opts', 'max-file'], set: '3' }],
    });
    const done = grounds({ values: { debug: true } });
    expect(presetFor('policy', done)).toEqual({ name: 'policy', lack: 'done' });
  });
  test('are not for daemons that they would break', () => {
    expect(presetFor('log-rotation', grounds({ values: { 'log-driver': 'journald' } }))).toMatchObject({
      lack: 'other-log-driver',
    });
    expect(presetFor('system-proxy', grounds({ version: '20.10.24' }))).toMatchObject({ lack: 'too-old' });
    expect(presetFor('system-proxy', grounds({ environment: { no_proxy: 'x' } }))).toMatchObject({
      lack: 'no-proxy-here',
    });
    expect(presetFor('registry-mirror', grounds({ mirror: null }))).toMatchObject({ lack: 'needs-value' });
    expect(presetFor('address-pools', grounds({ networks: null }))).toMatchObject({ lack: 'routes-unknown' });
    expect(presetFor('address-pools', grounds({ networks: ['172.16.0.0/12', '10.0.0.0/8'] }))).toMatchObject({
      lack: 'no-free-range',
    });
  });
  test('take the proxy from either spelling, and put the mirror first', () => {
    expect(presetFor('system-proxy', grounds())).toMatchObject({
      patch: [
        { path: ['proxies', 'https-proxy'], set: 'http://proxy.example:3128' },
        { path: ['proxies', 'no-proxy'], set: 'localhost' },
      ],
    });
    const values = { 'registry-mirrors': ['https://old.example'] };
    expect(presetFor('registry-mirror', grounds({ values }))).toMatchObject({
      patch: [{ set: ['https://mirror.example', 'https://old.example'] }],
    });
  });
  test('offer pools that overlap no route', () => {
    const networks = ['172.30.0.0/15', '172.28.4.0/24', '10.0.0.0/8'];
    expect(presetFor('address-pools', grounds({ networks }))).toMatchObject({
      patch: [
        {
          set: [
            { base: '172.29.0.0/16', size: 24 },
            { base: '172.27.0.0/16', size: 24 },
          ],
        },
      ],
    });
  });
});

test('networks are read from the kernel’s table, Docker’s own left out', () => {
  const table = [
    'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask',
    'eth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0',
    'eth0\t0001A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
    'tun0\t0000100A\t00000000\t0001\t0\t0\t0\t0000F0FF\t0\t0\t0',
    'docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
    'br-0123456789ab\t000012AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
    '',
  ].join('\n');
  expect(networksIn(table)).toEqual(['0.0.0.0/0', '192.168.1.0/24', '10.16.0.0/12']);
});
