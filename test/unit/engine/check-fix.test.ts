import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../electron/contract/json.ts';
import { checkConfig, verdictOf } from '../../../electron/engine/check.ts';
import { readConfigText } from '../../../electron/engine/config-text.ts';
import { fixedText } from '../../../electron/engine/fix-text.ts';
import { corpus } from '../../truth/corpus.ts';
import { readMachine } from '../../truth/machine.ts';

const version = '28.5.2';
const machine = readMachine(join(import.meta.dirname, '..', '..', 'truth'));

const check = (text: string) => {
  const read = readConfigText(new TextEncoder().encode(text), '', version);
  const values: JsonObject = read.ok ? read.value.values : {};
  return checkConfig({ text, values, version, flags: [], flagSource: '', facts: null, machine });
};
const fix = (text: string | Uint8Array) =>
  fixedText(typeof text === 'string' ? new TextEncoder().encode(text) : text, version, check);

describe('puts right what needs no question', () => {
  test.each([
    ['{"debug": "true"}', '{"debug": true}'],
    ['{"mtu": "1400"}', '{"mtu": 1400}'],
    ['{"log-opts": {"max-file": 3}}', '{"log-opts": {"max-file": "3", "max-size": "10m"}}'],
    ['{"dns": "1.1.1.1"}', '{"dns": ["1.1.1.1"]}'],
    ['{"dns": ""}', '{"dns": []}'],
    ['{"dns": "8.8.8.8, 8.8.4.4"}', '{"dns": ["8.8.8.8", "8.8.4.4"]}'],
    ['{"dns": ["1.1.1.1", "8.8.8.8,8.8.4.4"]}', '{"dns": ["1.1.1.1", "8.8.8.8", "8.8.4.4"]}'],
    [
      '{"registry-mirrors": ["https://a.example, https://b.example"]}',
      '{"registry-mirrors": ["https://a.example", "https://b.example"]}',
    ],
    [
      '{"insecure-registries": ["a.example:5000,10.0.0.0/8"]}',
      '{"insecure-registries": ["a.example:5000", "10.0.0.0/8"]}',
    ],
    ['{"containerd": "unix:///run/containerd/containerd.sock"}', '{"containerd": "/run/containerd/containerd.sock"}'],
    [
      '{"default-ulimits": {"core": {"Soft": 5, "Hard": 5}}}',
      '{"default-ulimits": {"core": {"Soft": 5, "Hard": 5, "Name": "core"}}}',
    ],
    [
      '{"default-ulimits": {"nofile": {"Name": "nofile", "Soft": 5}}}',
      '{"default-ulimits": {"nofile": {"Name": "nofile", "Soft": 5, "Hard": 5}}}',
    ],
    [
      '{"default-ulimits": {"nofile": {"name": "nofile", "soft": 9, "hard": 5}}}',
      '{"default-ulimits": {"nofile": {"name": "nofile", "soft": 5, "hard": 5}}}',
    ],
    ['{"default-shm-size": 67108864}', '{"default-shm-size": "67108864"}'],
    ['{"live_restore": true}', '{"live-restore": true}'],
    ['{"label": "a=b"}', '{"labels": ["a=b"]}'],
    ['{"http-proxy": "http://p:1"}', '{"proxies": {"http-proxy": "http://p:1"}}'],
    ['{"_comment": "x", "debug": true}', '{"debug": true}'],
    ['{"daemon": {"debug": true}}', '{"debug": true}'],
    ['{"debug": false, "debug": true}', '{"debug": true}'],
    ['{"debug": true,}', '{"debug": true}'],
    ['{"debug": true} // mine', '{"debug": true} '],
    ['{"userland-proxy": true, "debug": true}', '{"debug": true}'],
    ['{"bip": "10.20.0.0/16"}', '{"bip": "10.20.0.1/16"}'],
    ['{"registry-mirrors": ["m.example"]}', '{"registry-mirrors": ["https://m.example"]}'],
    ['{"insecure-registries": ["http://r.example/v2"]}', '{"insecure-registries": ["r.example"]}'],
    ['{"log-opts": {"max_size": "1m"}}', '{"log-opts": {"max-size": "1m"}}'],
    ['{"log-format": "JSON"}', '{"log-format": "json"}'],
  ])('%s', (before, after) => expect(fix(before)?.text).toBe(after));

  test('what only a human can know stays', () => {
    for (const text of [
      '{"group": "nope"}',
      '{"bridge": "br-own", "bip": "10.20.0.1/16"}',
      '{"log-opts": {"max-size": "x"}}',
      // Ten bytes are not meant.
      '{"log-opts": {"max-size": 10}}',
      '{"builder": {"gc": {"policy": [{"keepStorage": 512}]}}}',
    ])
      expect(fix(text)).toEqual({ text, fixed: [] });
    expect(fix('{"debug"')).toBeNull();
  });
});

test('no fix makes a configuration worse, and nothing is left that could be fixed', { timeout: 120_000 }, () => {
  const wrong = corpus.flatMap(({ bytes, flags, kind }) => {
    if (flags.length > 0 || kind !== 'plain') return [];
    const read = readConfigText(bytes, '', version);
    const before = read.ok ? verdictOf(check(read.value.text)) : 'refuses';
    const fixed = fix(bytes);
    if (fixed === null) return [];
    const after = check(fixed.text);
    const again = fix(fixed.text);
    const worse = before === 'starts' && verdictOf(after) === 'refuses';
    const unread = !readConfigText(new TextEncoder().encode(fixed.text), '', version).ok;
    const left = again?.fixed.length !== 0 || again.text !== fixed.text;
    return worse || unread || left
      ? [
          {
            text: Buffer.from(bytes).toString('latin1').slice(0, 400),
            fixed: fixed.text.slice(0, 400),
            left: again?.fixed.map(({ about }) => about),
            worse,
            unread,
          },
        ]
      : [];
  });
  expect(wrong).toEqual([]);
});
