// The door for requests: every request has its shape, and nothing else gets in.
import { describe, expect, test } from 'vitest';
import { requests, type RequestName, type Requests } from '../../../electron/contract/ipc.ts';
import { ok } from '../../../electron/contract/problem.ts';
import { createDoor, type Handlers } from '../../../electron/app/door.ts';

type Inputs = { readonly [R in RequestName]: Requests[R]['input'] };

const good: Inputs = {
  'config.plan': { kind: 'patch', patch: [{ path: ['live-restore'], set: true }] },
  'config.apply': { change: { kind: 'text', text: '{}' }, etag: null, accept: ['stops'] },
  'config.reveal': null,
  'presets.list': null,
  'patch.import': null,
  'patch.export': { form: 'shell', change: { kind: 'patch', patch: [] } },
  'engine.plan': 'restart',
  'engine.act': { verb: 'stop', accept: ['stops'], shown: ['ab'.repeat(32)] },
  'orphan.end': { pid: 4242, startTicks: '991' },
  'engine.look': null,
  'engine.rescue': { etag: null, keep: true },
  'engine.way-back': null,
  'engine.go-back': { id: 'a'.repeat(64), etag: null, accept: ['stops'] },
  'pipes.enlarge': 1_048_576,
  'history.read': null,
  'history.text': 'a'.repeat(64),
  'containers.start-again': null,
  'drill.run': null,
  'engine.refresh': null,
  'target.choose': 'unix:///run/docker.sock',
  'sandbox.start': null,
  'sandbox.stop': null,
  'preferences.set': { theme: 'dark', notifications: false },
  'link.open': 'docs.live-restore',
  'log.reveal': null,
  'preferences.reveal': null,
  'diagnostics.make': null,
  'diagnostics.copy': null,
  'diagnostics.save': null,
  'draft.open': true,
};

/** A door whose handlers note what they were called with. */
function door(over: Partial<Handlers> = {}) {
  const calls: [string, unknown][] = [];
  const reports: unknown[] = [];
  const note = (name: string) => (input: unknown) => {
    calls.push([name, input]);
    return Promise.resolve(ok(null));
  };
  const handlers = { ...Object.fromEntries(requests.map((name) => [name, note(name)])), ...over } as Handlers;
  const answer = createDoor(handlers, (bug) => {
    reports.push(bug);
    return 'REF1';
  });
  return { answer, calls, reports };
}

const refused = { ok: false, problem: { kind: 'internal', reference: 'REF1' } };

describe('every request', () => {
  test.each(requests)('%s takes its input as it is', async (name) => {
    const { answer, calls } = door();
    expect(await answer(name, good[name])).toEqual({ ok: true, value: null });
    expect(calls).toEqual([[name, good[name]]]);
  });

  test.each(requests)('%s refuses everything else, and its handler never sees it', async (name) => {
    const wrong = [undefined, 0, NaN, [], new Map(), { path: '/etc/passwd' }, 'x'.repeat(2_000_000), () => 1];
    const { answer, calls, reports } = door();
    for (const input of wrong) expect(await answer(name, input)).toEqual(refused);
    expect(calls).toEqual([]);
    expect(reports).toHaveLength(wrong.length);
  });

  test.each(requests.filter((name) => typeof good[name] === 'object' && good[name] !== null))(
    '%s refuses a key that it does not know',
    async (name) => {
      const { answer, calls } = door();
      expect(await answer(name, { ...(good[name] as object), more: 1 })).toEqual(refused);
      expect(calls).toEqual([]);
    },
  );
});

describe('limits', () => {
  const set = (value: unknown): unknown => ({ kind: 'patch', patch: [{ path: ['a'], set: value }] });
  const deep = (depth: number): unknown => (depth === 0 ? 1 : [deep(depth - 1)]);

  test.each([
    ['too long a text', { kind: 'text', text: 'x'.repeat(1024 * 1024 + 1) }],
    ['too long a value', set('x'.repeat(1024 * 1024 + 1))],
    ['too many edits', { kind: 'patch', patch: Array.from({ length: 1001 }, () => ({ path: ['a'], remove: true })) }],
    ['an empty path', { kind: 'patch', patch: [{ path: [], set: 1 }] }],
    ['an edit that sets and removes', { kind: 'patch', patch: [{ path: ['a'], set: 1, remove: true }] }],
    ['an edit that does neither', { kind: 'patch', patch: [{ path: ['a'] }] }],
    ['a value too deep', set(deep(100))],
    ['a value deep enough to exhaust the stack', set(deep(5000))],
    ['a date', set(new Date(0))],
    ['a number that JSON has not', set(Infinity)],
    ['nothing in a list', set([undefined])],
  ])('%s is refused', async (_what, change) => {
    const { answer, calls } = door();
    expect(await answer('config.plan', change)).toEqual(refused);
    expect(calls).toEqual([]);
  });

  test('keys of every name arrive as they were sent', async () => {
    const { answer, calls } = door();
    const value: unknown = JSON.parse('{"__proto__":{"a":1},"constructor":"b","toString":[null]}');
    await answer('config.plan', set(value));
    const [[, input] = []] = calls;
    expect(JSON.stringify(input)).toBe(JSON.stringify(set(value)));
  });

  test('a preference that is named must have a value', async () => {
    expect(await door().answer('preferences.set', { theme: undefined })).toEqual(refused);
    expect(await door().answer('preferences.set', { theme: 'sepia' })).toEqual(refused);
    expect(await door().answer('preferences.set', {})).toEqual({ ok: true, value: null });
  });
});

test('a bug in a handler is a reference for the page and a line in the log', async () => {
  const bug = new Error('a bug');
  const { answer, reports } = door({ 'engine.refresh': () => Promise.reject(bug) });
  expect(await answer('engine.refresh', null)).toEqual(refused);
  expect(reports).toEqual([bug]);
});
