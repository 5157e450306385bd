// The request to root: what is exactly one comes through as it was, and nothing else does, whatever is sent.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '@contract/change.ts';
import { everydayKeys, namedKeys, type PrivilegedRequest } from '@contract/privileged.ts';
import { optionFor } from '@contract/options.ts';
import { mostBytes, readRequest } from '../../../electron/privileged/request.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (value: unknown) => readRequest(bytes(JSON.stringify(value)));
const etag = 'a'.repeat(64);
const patch: Change = { kind: 'patch', patch: [{ path: ['live-restore'], set: true }] };
const members = new Set([
  'version',
  'verb',
  'change',
  'etag',
  'accept',
  'shown',
  'enlargeTo',
  'containers',
  'keep',
  'text',
]);
const good: readonly PrivilegedRequest[] = [
  { version: 1, verb: 'look' },
  { version: 1, verb: 'pipes', enlargeTo: 1_048_576 },
  { version: 1, verb: 'pipes', enlargeTo: null },
  { version: 1, verb: 'rescue', etag: { seen: etag }, keep: true },
  { version: 1, verb: 'go-back', text: '{}', etag, accept: ['stops'], shown: ['ab'.repeat(32)] },
  { version: 1, verb: 'go-back', text: '{}', etag: null, accept: [] },
  { version: 1, verb: 'start-again', containers: ['ab'.repeat(32)] },
  { version: 1, verb: 'restart', accept: ['stops'] },
  { version: 1, verb: 'stop', accept: ['stops'], shown: ['ab'.repeat(32)] },
  { version: 1, verb: 'apply', change: patch, etag: 'unseen', accept: [] },
  { version: 1, verb: 'apply', change: { kind: 'text', text: '{}' }, etag: { seen: etag }, accept: [] },
  {
    version: 1,
    verb: 'apply',
    change: { kind: 'patch', patch: [{ path: ['debug'], remove: true }] },
    etag: { seen: null },
    accept: [],
  },
];

describe('a request', () => {
  test('comes through as it was sent', () => {
    for (const request of good) expect(read(request)).toEqual({ request });
  });

  test.each<[string, unknown]>([
    ['verb', { version: 1, verb: 'exec' }],
    ['version', { verb: 'look' }],
    ['request', { version: 1, verb: 'look', path: '/etc/shadow' }],
    ['request', { version: 1, verb: 'restart', accept: [], command: 'id' }],
    ['request', { version: 1, verb: 'restart' }],
    ['enlargeTo', { version: 1, verb: 'pipes', enlargeTo: -1 }],
    ['enlargeTo', { version: 1, verb: 'pipes', enlargeTo: 2 ** 40 }],
    ['enlargeTo', { version: 1, verb: 'pipes', enlargeTo: '1; id' }],
    ['keep', { version: 1, verb: 'rescue', etag: 'unseen', keep: 1 }],
    ['etag', { version: 1, verb: 'rescue', etag: null, keep: true }],
    ['text', { version: 1, verb: 'go-back', text: null, etag: null, accept: [] }],
    ['etag', { version: 1, verb: 'go-back', text: '{}', etag: 'unseen', accept: [] }],
    ['request', { version: 1, verb: 'go-back', id: etag, etag: null, accept: [] }],
    ['containers', { version: 1, verb: 'start-again', containers: ['web'] }],
    ['containers', { version: 1, verb: 'start-again', containers: ['../'.repeat(21) + 'a'] }],
    ['containers', { version: 1, verb: 'start-again', containers: 'ab'.repeat(32) }],
    ['request', { version: 1, verb: 'start-again', containers: [], accept: [] }],
    ['accept', { version: 1, verb: 'stop', accept: ['everything'] }],
    ['shown', { version: 1, verb: 'stop', accept: [], shown: ['web'] }],
    ['shown', { version: 1, verb: 'stop', accept: [], shown: 'all' }],
    ['etag', { version: 1, verb: 'apply', change: { kind: 'text', text: '{}' }, etag: 'unseen', accept: [] }],
    ['etag', { version: 1, verb: 'apply', change: patch, etag: { seen: '../../etc/passwd' }, accept: [] }],
    ['change', { version: 1, verb: 'apply', change: { kind: 'file', path: '/tmp/x' }, etag: 'unseen', accept: [] }],
    [
      'edit',
      {
        version: 1,
        verb: 'apply',
        change: { kind: 'patch', patch: [{ path: ['a'], set: 1, remove: true }] },
        etag: 'unseen',
        accept: [],
      },
    ],
    [
      'path',
      {
        version: 1,
        verb: 'apply',
        change: { kind: 'patch', patch: [{ path: [], set: 1 }] },
        etag: 'unseen',
        accept: [],
      },
    ],
    [
      'path',
      {
        version: 1,
        verb: 'apply',
        change: { kind: 'patch', patch: [{ path: [''], set: 1 }] },
        etag: 'unseen',
        accept: [],
      },
    ],
    ['request', []],
    ['request', null],
    ['request', 'look'],
  ])('is refused with the place of its fault: %s', (fault, value) => {
    expect(read(value)).toEqual({ fault });
  });

  test('is bounded in size and depth, and UTF-8', () => {
    expect(readRequest(new Uint8Array(mostBytes + 1))).toEqual({ fault: 'too-long' });
    expect(readRequest(bytes('['.repeat(1_000_000)))).toEqual({ fault: 'too-deep' });
    expect(readRequest(Uint8Array.of(0x7b, 0xff, 0x7d))).toEqual({ fault: 'not-json' });
    expect(readRequest(bytes('\uFEFF{}'))).toEqual({ fault: 'not-json' });
  });

  test('with a proto key keeps it a key', () => {
    const text = `{"version":1,"verb":"look","__proto__":{"verb":"stop"}}`;
    expect(readRequest(bytes(text))).toEqual({ fault: 'request' });
  });

  test('that was damaged anywhere is refused or is still one of ours, 10,000 times', () => {
    const texts = good.map((request) => JSON.stringify(request));
    const damaged = fc
      .tuple(
        fc.constantFrom(...texts),
        fc.array(
          fc.tuple(fc.nat(), fc.constantFrom('cut', 'put', 'twice'), fc.string({ unit: 'binary', maxLength: 6 })),
          {
            minLength: 1,
            maxLength: 4,
          },
        ),
      )
      .map(([text, blows]) =>
        blows.reduce((now, [at, how, what]) => {
          const i = at % (now.length + 1);
          if (how === 'cut') return now.slice(0, i) + now.slice(i + what.length + 1);
          return how === 'put'
            ? now.slice(0, i) + what + now.slice(i)
            : now.slice(0, i) + now.slice(0, i) + now.slice(i);
        }, text),
      );
    fc.assert(
      fc.property(fc.oneof(damaged, fc.json(), fc.string({ unit: 'binary' })), (text) => {
        const result = readRequest(bytes(text));
        if ('fault' in result) return;
        // Nothing that was read holds more than its type has: sent again, it is the same.
        expect(read(result.request)).toEqual(result);
        expect(Object.keys(result.request).filter((key) => !members.has(key))).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);
});

describe('what is authorized each time', () => {
  test('is everything that can run programs, open the API or reach elsewhere as root', () => {
    const named = (key: string): boolean => namedKeys([{ key }]).length === 1;
    const dangerous =
      'runtimes default-runtime hosts authorization-plugins init-path userland-proxy-path containerd data-root exec-root ' +
      'cgroup-parent exec-opts group tls tlscacert tlscert tlskey tlsverify seccomp-profile selinux-enabled ' +
      'no-new-privileges userns-remap cdi-spec-dirs metrics-addr network-diagnostic-port pidfile storage-opts ' +
      'nri-opts.enable nri-opts.plugin-path features.cdi iptables containerd-namespace graph api-cors-header resolv-conf';
    expect(dangerous.split(' ').filter((key) => !named(key))).toEqual([]);
    expect(['Hosts', 'HOSTS', 'nobody-knows', '', 'proxies', 'x y', 'builder'].filter((key) => !named(key))).toEqual(
      [],
    );
  });

  test('leaves out only options that dockerd has', () => {
    expect(everydayKeys.filter((key) => optionFor(key) === undefined)).toEqual([]);
    expect(everydayKeys.filter((key) => namedKeys([{ key }]).length > 0)).toEqual([]);
  });

  test('writes names that cannot be mistaken for anything else in a question', () => {
    expect(namedKeys([{ key: 'evil\n: nothing' }, { key: '-h' }, { key: 'hosts' }, { key: 'hosts' }])).toEqual([
      'hosts',
      'unknown-option',
    ]);
  });
});
