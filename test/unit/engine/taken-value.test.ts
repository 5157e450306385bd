// Whether the daemon took a value, from its own words.
import { expect, test } from 'vitest';
import { takenValue } from '../../../electron/engine/taken-value.ts';
import type { EngineFacts } from '../../../electron/contract/snapshot.ts';
import type { Json } from '../../../electron/contract/json.ts';

const facts = { liveRestore: true, debug: false } as EngineFacts;
const told = (key: string, wanted: Json | undefined, value?: string): string =>
  takenValue(key, wanted, { timeNano: '1', attributes: value === undefined ? {} : { [key]: value } }, facts).kind;

test.each([
  ['live-restore', true, undefined, 'seen'],
  ['live-restore', false, undefined, 'differs'],
  ['debug', true, undefined, 'differs'],
  ['debug', null, undefined, 'seen'],
  ['labels', ['a=b'], '["a=b"]', 'seen'],
  ['labels', ['a=b'], '["a=c"]', 'differs'],
  ['registry-mirrors', ['https://m.example'], '["https://m.example/"]', 'seen'],
  ['registry-mirrors', ['https://m.example'], '[]', 'differs'],
  ['insecure-registries', ['r:5000'], '["127.0.0.0/8","r:5000"]', 'seen'],
  ['insecure-registries', ['r:5000'], 'not json', 'differs'],
  ['runtimes', { aa: { path: '/bin/aa' } }, 'aa:/bin/aa io.containerd.runc.v2: runc:runc', 'seen'],
  ['runtimes', { bb: {} }, 'aa:/bin/aa', 'differs'],
  ['max-concurrent-downloads', 5, '5', 'seen'],
  ['shutdown-timeout', 20, '15', 'differs'],
  ['features', { buildkit: true }, 'map[buildkit:true]', 'not-told'],
  ['mtu', 1400, undefined, 'not-told'],
  ['shutdown-timeout', undefined, '15', 'not-told'],
] as const)('%s wanted %j, told %s: %s', (key, wanted, value, expected) => {
  expect(told(key, wanted as Json | undefined, value)).toBe(expected);
});
