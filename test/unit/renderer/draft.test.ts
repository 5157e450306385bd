// The draft alone: edits, what the file says meanwhile, and that nothing typed is ever lost without a click.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { patched } from '@contract/change.ts';
import type { ConfigFile } from '@contract/snapshot.ts';
import {
  conflicts,
  following,
  rebased,
  touches,
  valuesWith,
  withField,
  withText,
  type Draft,
} from '../../../renderer/draft.ts';
import { CONFIG_PATH, configFile } from '../../fakes/snapshot.ts';

const file = configFile({ 'live-restore': true, mtu: 1500, 'log-opts': { 'max-size': '10m' } }, { etag: 'one' });
const absent: ConfigFile = { state: 'absent', path: CONFIG_PATH, writable: { ok: true } };
const unreadable: ConfigFile = {
  state: 'unreadable',
  path: CONFIG_PATH,
  etag: 'broken',
  text: '{',
  problem: { kind: 'config.unreadable', path: CONFIG_PATH, cause: 'io' },
  writable: { ok: true },
};
const patchOf = (draft: Draft | null) => (draft?.change.kind === 'patch' ? draft.change.patch : null);

describe('fields', () => {
  test('an edit stands on the file that was shown', () => {
    const draft = withField(null, file, ['mtu'], 1400);
    expect(draft).toEqual({
      change: { kind: 'patch', patch: [{ path: ['mtu'], set: 1400 }] },
      basedOn: 'one',
      moved: false,
    });
    expect(touches(draft, file, ['mtu'])).toBe(true);
    expect(touches(draft, file, ['log-opts'])).toBe(false);
  });
  test('no value means: take the key out', () => {
    expect(patchOf(withField(null, file, ['log-opts', 'max-size'], undefined))).toEqual([
      { path: ['log-opts', 'max-size'], remove: true },
    ]);
  });
  test('back to what the file says is no edit, and a draft without edits is none', () => {
    const draft = withField(null, file, ['mtu'], 1400);
    expect(withField(draft, file, ['mtu'], 1500)).toBeNull();
    expect(withField(null, file, ['debug'], undefined)).toBeNull();
  });
  test('where there is no file yet, edits stand on nothing', () => {
    expect(withField(null, absent, ['debug'], true)?.basedOn).toBeNull();
    expect(valuesWith(withField(null, absent, ['debug'], true), absent)).toEqual({ debug: true });
  });
  test('a file that cannot be read takes no edits', () => {
    expect(withField(null, unreadable, ['debug'], true)).toBeNull();
    expect(withField(null, { state: 'unknown' }, ['debug'], true)).toBeNull();
  });
  test('shows what the file would say', () => {
    const edit = fc.record({
      path: fc.constantFrom(['mtu'], ['debug'], ['log-opts', 'max-size'], ['labels']),
      value: fc.option(fc.oneof(fc.integer(), fc.boolean(), fc.string(), fc.array(fc.string())), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        const draft = edits.reduce<Draft | null>((now, { path, value }) => withField(now, file, path, value), null);
        const before = file.state === 'read' ? file.values : {};
        const patch = patchOf(draft) ?? [];
        expect(valuesWith(draft, file)).toEqual(patched(before, patch));
        expect(patch.length > 0).toBe(draft !== null);
        for (const { path } of patch) expect(touches(draft, file, path)).toBe(true);
      }),
    );
  });
});

describe('the file changes under a patch', () => {
  const draft = withField(withField(null, file, ['mtu'], 1400), file, ['debug'], true);
  test('touched options keep the user’s value, untouched ones follow the file', () => {
    const other = configFile({ mtu: 9000, dns: ['1.1.1.1'] }, { etag: 'two' });
    const now = following(draft, other);
    expect(now).toMatchObject({ basedOn: 'two', moved: true });
    expect(valuesWith(now, other)).toEqual({ mtu: 1400, dns: ['1.1.1.1'], debug: true });
  });
  test('what somebody else has done already falls away', () => {
    const other = configFile({ mtu: 1400 }, { etag: 'two' });
    expect(patchOf(following(draft, other))).toEqual([{ path: ['debug'], set: true }]);
    expect(following(draft, configFile({ mtu: 1400, debug: true }, { etag: 'two' }))).toBeNull();
  });
  test('the same file, an unknown one or a broken one change nothing', () => {
    expect(following(draft, file)).toBe(draft);
    expect(following(draft, { state: 'unknown' })).toBe(draft);
    expect(following(draft, unreadable)).toBe(draft);
  });
  test('a file that was taken away leaves every edit', () => {
    expect(following(draft, absent)).toMatchObject({ basedOn: null, moved: true });
    expect(patchOf(following(draft, absent))).toHaveLength(2);
  });
});

describe('texts', () => {
  test('a typed text replaces the edits and stands on the file that was shown', () => {
    const patch = withField(null, file, ['mtu'], 1400);
    expect(withText(patch, file, '{}')).toEqual({ change: { kind: 'text', text: '{}' }, basedOn: 'one', moved: false });
  });
  test('typing back what the file says leaves no draft', () => {
    const text = file.state === 'read' ? file.text : '';
    expect(withText(withText(null, file, '{}'), file, text)).toBeNull();
  });
  test('a changed file neither takes the text nor is it overwritten: the user says which', () => {
    const draft = withText(null, file, '{"debug":true}');
    const other = configFile({ mtu: 9000 }, { etag: 'two' });
    expect(following(draft, other)).toBe(draft);
    expect(conflicts(draft, other)).toBe(true);
    const kept = draft && rebased(draft, other);
    expect(kept).toEqual({ change: { kind: 'text', text: '{"debug":true}' }, basedOn: 'two', moved: true });
    expect(conflicts(kept, other)).toBe(false);
  });
  test('typing on does not settle the conflict', () => {
    const other = configFile({ mtu: 9000 }, { etag: 'two' });
    const draft = withText(withText(null, file, '{"debug":true}'), other, '{"debug":false}');
    expect(conflicts(draft, other)).toBe(true);
  });
  test('a file that now has just that text ends the draft', () => {
    const draft = withText(null, file, '{"debug":true}');
    expect(following(draft, configFile({ debug: true }, { etag: 'two', text: '{"debug":true}' }))).toBeNull();
  });
  test('a broken file can be repaired as text', () => {
    expect(withText(null, unreadable, '{}')).toMatchObject({ basedOn: 'broken', change: { text: '{}' } });
  });
  test('half-typed text has no options to show', () => {
    expect(valuesWith(withText(null, file, '{"debug":'), file)).toBeNull();
    expect(valuesWith(withText(null, file, '[]'), file)).toBeNull();
    expect(valuesWith(withText(null, file, ' \n'), file)).toEqual({});
  });
});
