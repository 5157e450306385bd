// The text under the editor: line ends that nobody touched, keys with their commas, places of options.
import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completionsFor, keyEdit } from '../../../renderer/editor/completion.ts';
import { factsAbout, keysFor, valuesFor, type TextPath } from '../../../renderer/editor/option-facts.ts';
import { replacement, shownText, withChanges } from '../../../renderer/editor/raw-text.ts';
import { keyRange, pathAt, rangeFrom } from '../../../renderer/editor/text-place.ts';
import { loadOptionWords } from '../../../renderer/fields/option-words.ts';
import { titlesIn, titleOfKey } from '../../../renderer/fields/titles.ts';
import { undoKey } from '../../../renderer/undo-keys.ts';
import { messagesIn } from '@contract/messages/index.ts';

const text = fc
  .array(fc.constantFrom('a', '"', ',', ' ', '\n', '\r\n'), { maxLength: 30 })
  .map((parts) => parts.join(''));

describe('raw text', () => {
  test('an edit of the shown text is the same edit of the raw text', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), fc.constantFrom('', 'x', 'x\ny'), (raw, a, b, insert) => {
        const shown = shownText(raw);
        const [from = 0, to = 0] = [a % (shown.length + 1), b % (shown.length + 1)].toSorted((x, y) => x - y);
        const after = withChanges(raw, [{ from, to, insert }]);
        expect(shownText(after)).toBe(shown.slice(0, from) + insert + shown.slice(to));
      }),
    );
  });
  test('line ends that are not touched stay, also where a file mixes them', () => {
    expect(withChanges('a\r\nb\nc\r\n', [{ from: 2, to: 3, insert: 'x' }])).toBe('a\r\nx\nc\r\n');
  });
  test('the smallest replacement makes one text of the other', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const change = replacement(before, after);
        const { from, to, insert } = change ?? { from: 0, to: 0, insert: '' };
        expect(before.slice(0, from) + insert + before.slice(to)).toBe(after);
      }),
    );
  });
});

/** The text with a key written at `|`. */
function written(marked: string, key: string, open = '', close = ''): string {
  const at = marked.indexOf('|');
  const plain = marked.replace('|', '');
  const { from, to, insert, caret } = keyEdit(plain, at, at, key, [open, close]);
  const after = plain.slice(0, from) + insert + plain.slice(to);
  return `${after.slice(0, caret)}|${after.slice(caret)}`;
}

describe('completion', () => {
  test('writes quotes, colon, the beginning of the value, and the commas on both sides', () => {
    expect(written('{|}', 'debug')).toBe('{"debug": |}');
    expect(written('{\n  "mtu": 1\n  |\n}', 'dns', '["', '"]')).toBe('{\n  "mtu": 1,\n  "dns": ["|"]\n}');
    expect(written('{|\n  "mtu": 1\n}', 'debug')).toBe('{"debug": |,\n  "mtu": 1\n}');
    expect(written('{|: true}', 'debug')).toBe('{"debug"|: true}');
  });
  test('offers what this engine knows, and only where it may stand', () => {
    const names = (version: string, path: TextPath = [], logDriver = 'json-file') =>
      keysFor({ version, windows: false }, path, logDriver).map(({ key }) => key);
    expect(names('28.5.2')).toContain('live-restore');
    expect(names('20.10.24')).not.toContain('allow-direct-routing');
    expect(names('28.5.2', ['proxies'])).toContain('http-proxy');
    expect(valuesFor(['live-restore'])).toEqual(['true', 'false']);
    expect(valuesFor(['data-root'])).toEqual([]);
    expect(valuesFor(['log-driver'])).toContain('"local"');
    expect(valuesFor(['storage-driver'])).toContain('"overlay2"');
    // Inside of values, too, where dockerd knows the names.
    expect(names('28.5.2', ['log-opts'])).toContain('max-size');
    expect(names('28.5.2', ['log-opts'], 'syslog')).toContain('syslog-address');
    expect(names('28.5.2', ['log-opts'], 'syslog')).not.toContain('max-size');
    expect(names('28.5.2', ['log-opts'], 'own/plugin')).toEqual(expect.arrayContaining(['mode']));
    expect(names('28.5.2', ['default-address-pools', 0])).toEqual(['base', 'size']);
    expect(names('28.5.2', ['default-address-pools'])).toEqual([]);
    expect(names('28.5.2', ['default-ulimits', 'nofile'])).toEqual(['Name', 'Soft', 'Hard']);
    expect(names('28.5.2', ['runtimes', 'crun'])).toContain('path');
    expect(names('28.5.2', ['labels', 0])).toEqual([]);
    expect(valuesFor(['builder', 'GC', 'Policy', 0, 'all'])).toEqual(['true', 'false']);
  });
  test('offers what fits where the caret is, also inside of values and lists', async () => {
    const titles = titlesIn(await loadOptionWords('en'));
    const source = completionsFor(
      () => messagesIn('en'),
      () => titles,
      () => ({ version: '28.5.2', windows: false }),
    );
    const offered = async (marked: string): Promise<readonly string[]> => {
      const state = EditorState.create({ doc: marked.replace('|', '') });
      const found = await source(new CompletionContext(state, marked.indexOf('|'), true));
      return found?.options.map(({ label }) => label) ?? [];
    };
    expect(await offered('{"log-driver": "|"}')).toContain('local');
    expect(await offered('{"log-driver": "syslog", "log-opts": {|}}')).toContain('syslog-address');
    expect(await offered('{"log-opts": {"max-size": "1m", |}}')).not.toContain('max-size');
    expect(await offered('{"default-address-pools": [{"base": "10.0.0.0/8", "|"}]}')).toEqual(['size']);
    expect(await offered('{"builder": {"GC": {"Policy": [{"all": |}]}}}')).toEqual(['true', 'false']);
    expect(await offered('{"labels": ["|"]}')).toEqual([]);
  });
  test('says in words what an option is, in both languages', async () => {
    for (const language of ['en', 'ja'] as const) {
      const titles = titlesIn(await loadOptionWords(language));
      const about = factsAbout(messagesIn(language), titles, { version: '28.5.2', windows: false }, ['mtu']);
      expect(about?.key).toBe('mtu');
      expect(about?.help).toMatch(/\S/);
      expect(about?.facts.length).toBeGreaterThan(1);
    }
  });
});

describe('places', () => {
  const json = '{\n  "log-opts": { "max-size": "10m" },\n  "dns": ["1.1.1.1"]\n}';
  test('a path leads to its key, or to what it stands in, and back', () => {
    const range = keyRange(json, ['log-opts', 'max-size']);
    expect(json.slice(range?.from, range?.to)).toBe('"max-size"');
    expect(pathAt(json, (range?.from ?? 0) + 2)).toEqual(['log-opts', 'max-size']);
    const outer = keyRange(json, ['log-opts', 'max-file']);
    expect(json.slice(outer?.from, outer?.to)).toBe('"log-opts"');
    expect(pathAt(json, json.indexOf('1.1.1.1'))).toEqual(['dns']);
    expect(keyRange(json, ['debug'])).toEqual({ from: json.length - 2, to: json.length - 2 });
    expect(keyRange('[', ['debug'])).toBeNull();
  });
  test('a mark covers the word at its place, and at the end of a text the last character', () => {
    expect(rangeFrom('{"a b": 1}', 1)).toEqual({ from: 1, to: 6 });
    expect(rangeFrom('{', 1)).toEqual({ from: 0, to: 1 });
    expect(rangeFrom('', 0)).toEqual({ from: 0, to: 0 });
  });
});

test('undo and redo have the keys of every system', () => {
  const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', true>>) =>
    undoKey({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });
  expect(press('z', { ctrlKey: true })).toBe('back');
  expect(press('Z', { metaKey: true, shiftKey: true })).toBe('forth');
  expect(press('y', { ctrlKey: true })).toBe('forth');
  expect(press('y', { metaKey: true })).toBeNull();
  expect(press('z', { ctrlKey: true, altKey: true })).toBeNull();
});

test('an option goes by its key while titles of another language are there', async () => {
  const titles = titlesIn(await loadOptionWords('ja'));
  expect(titleOfKey(messagesIn('en'), titles, 'mtu')).toBe('mtu');
  expect(titleOfKey(messagesIn('ja'), titles, 'mtu')).toBe('MTU');
});
