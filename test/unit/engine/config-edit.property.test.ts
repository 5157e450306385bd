// Whatever the document and however it is laid out: an edit does what is asked and nothing else.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { patched, type Edit } from '../../../electron/contract/change.ts';
import { isJsonObject, sameJson, type Json, type JsonObject } from '../../../electron/contract/json.ts';
import {
  editConfigText,
  encodeConfigText,
  readConfigText,
  type ConfigText,
} from '../../../electron/engine/config-text.ts';
import { childrenOf } from '../../../electron/engine/config-style.ts';
import { readTree, type Node } from '../../../electron/engine/config-tree.ts';

const runs = { numRuns: 2_000 };

/** How a document is written: regular in the usual ways, or with arbitrary white space in every gap. */
type Layout = {
  readonly indent: string;
  readonly eol: string;
  readonly colon: string;
  readonly noise: readonly string[];
};

const layout: fc.Arbitrary<Layout> = fc.record({
  indent: fc.constantFrom('', '  ', '    ', '\t', 'flat', 'flat-spaced'),
  eol: fc.constantFrom('\n', '\r\n', '\r'),
  colon: fc.constantFrom(':', ': ', ' : ', ':  '),
  noise: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    {
      weight: 2,
      arbitrary: fc.array(fc.constantFrom('', ' ', '\n', '\r\n', '\t', '\n\n  ', '   '), {
        minLength: 1,
        maxLength: 40,
      }),
    },
  ),
});

const name = fc.constantFrom('a', 'b', 'c', 'live-restore', 'log-opts', '__proto__', 'constructor', 'é"\\', '');
const scalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: 'binary' }),
);
const { value: json } = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('value'), { maxLength: 4 }), tie('object')),
  object: fc
    .uniqueArray(fc.tuple(name, tie('value')), { selector: ([key]) => key, maxLength: 5 })
    .map((pairs) => fromPairs(pairs)),
}));
const document = fc
  .uniqueArray(fc.tuple(name, json), { selector: ([key]) => key, maxLength: 6 })
  .map((pairs): JsonObject => fromPairs(pairs));
const path = fc.array(name, { minLength: 1, maxLength: 3 });
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ path, set: json }),
  path.map((at) => ({ path: at, remove: true as const })),
);

/** Object.fromEntries defines own keys, so that `__proto__` is one too. */
const fromPairs = (pairs: readonly (readonly [string, Json])[]): JsonObject => Object.fromEntries(pairs);

/** Writes a document in a layout; numbers sometimes in another spelling. */
function written(value: Json, style: Layout): string {
  let turn = 0;
  const gap = (): string => style.noise[turn++ % Math.max(1, style.noise.length)] ?? '';
  const flat = style.indent.startsWith('flat');
  const spread = (open: string, parts: readonly string[], close: string, depth: number): string => {
    if (parts.length === 0) return open + gap() + close;
    if (flat) return open + gap() + parts.join(`${gap()},${style.indent === 'flat' ? '' : ' '}`) + gap() + close;
    const line = style.eol + style.indent.repeat(depth + 1);
    return open + line + parts.join(`${gap()},${line}${gap()}`) + style.eol + style.indent.repeat(depth) + close;
  };
  const write = (now: Json, depth: number): string => {
    if (Array.isArray(now))
      return spread(
        '[',
        now.map((item: Json) => write(item, depth + 1)),
        ']',
        depth,
      );
    if (isJsonObject(now)) {
      const parts = Object.entries(now).map(
        ([key, item]) => `${JSON.stringify(key)}${gap()}${style.colon}${gap()}${write(item, depth + 1)}`,
      );
      return spread('{', parts, '}', depth);
    }
    if (typeof now === 'number' && Number.isSafeInteger(now) && turn % 2 === 1) return `${JSON.stringify(now)}.0`;
    return JSON.stringify(now);
  };
  return gap() + write(value, 0) + gap();
}

const text = fc.tuple(document, layout).map(([values, style]) => written(values, style));

function read(source: string): ConfigText {
  const config = readConfigText(Buffer.from(source), '/x', null);
  if (!config.ok) throw new Error(`${JSON.stringify(config.problem)} in ${JSON.stringify(source)}`);
  return config.value;
}

function edited(source: string, ...patch: readonly Edit[]): string {
  const result = editConfigText(read(source), patch);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

function rootOf(source: string): Extract<Node, { kind: 'object' }> {
  const tree = readTree(source, source.search(/\{/));
  if ('fault' in tree || tree.root.kind !== 'object') throw new Error('no object');
  return tree.root;
}

const membersOf = (source: string): ReadonlyMap<string, string> =>
  new Map(rootOf(source).members.map((member) => [member.key, source.slice(member.start, member.value.end)]));

describe('for every document, layout and patch', () => {
  test('the text is read as the values it was written from', () => {
    fc.assert(
      fc.property(document, layout, (values, style) => {
        expect(sameJson(read(written(values, style)).values, values)).toBe(true);
      }),
      runs,
    );
  });

  test('the values become what the contract says', () => {
    fc.assert(
      fc.property(text, fc.array(edit, { maxLength: 4 }), (source, patch) => {
        expect(sameJson(read(edited(source, ...patch)).values, patched(read(source).values, patch))).toBe(true);
      }),
      runs,
    );
  });

  test('members that no edit speaks of keep every byte and their order, and so does what stands around the document', () => {
    fc.assert(
      fc.property(text, fc.array(edit, { maxLength: 3 }), (source, patch) => {
        const result = edited(source, ...patch);
        const touched = new Set(patch.map(({ path: [key] }) => key));
        const before = [...membersOf(source)].filter(([key]) => !touched.has(key));
        const after = [...membersOf(result)].filter(([key]) => !touched.has(key));
        expect(after).toEqual(before);
        const [was, is] = [rootOf(source), rootOf(result)];
        expect(result.slice(0, is.start)).toBe(source.slice(0, was.start));
        expect(result.slice(is.end)).toBe(source.slice(was.end));
      }),
      runs,
    );
  });

  test('one edit replaces one run of bytes, inside the object that it speaks of', () => {
    fc.assert(
      fc.property(text, name, scalar, fc.boolean(), (source, key, value, removes) => {
        const result = edited(source, removes ? { path: [key], remove: true } : { path: [key], set: value });
        const member = rootOf(source).members.find((one) => one.key === key);
        if (member && !removes) {
          const tail = source.length - member.value.end;
          expect(result.slice(0, member.value.start)).toBe(source.slice(0, member.value.start));
          expect(result.slice(result.length - tail)).toBe(source.slice(member.value.end));
          return;
        }
        if (member) return;
        // Nothing goes but the white space of an empty object.
        const last = childrenOf(rootOf(source)).at(-1);
        if (removes) expect(result).toBe(source);
        else if (last)
          expect(result.startsWith(source.slice(0, last.end)) && result.endsWith(source.slice(last.end))).toBe(true);
      }),
      runs,
    );
  });

  test('adding a key and removing it again gives the first bytes', () => {
    fc.assert(
      fc.property(text, json, fc.boolean(), (source, value, nested) => {
        const root = rootOf(source);
        const inner = nested
          ? root.members.find((one) => one.value.kind === 'object' && one.value.members.length > 0)
          : undefined;
        fc.pre(root.members.length > 0);
        const at = inner ? [inner.key, 'new'] : ['new'];
        expect(edited(edited(source, { path: at, set: value }), { path: at, remove: true })).toBe(source);
      }),
      runs,
    );
  });

  test('replacing a scalar and putting it back gives the first bytes', () => {
    fc.assert(
      fc.property(document, layout, json, (values, style, value) => {
        const source = written(values, { ...style, noise: [] }).replace(/(\d)\.0(?=[\s,}\]])/g, '$1');
        const member = rootOf(source).members.find((one) => one.value.kind === 'scalar');
        fc.pre(member !== undefined);
        const first = JSON.parse(source.slice(member?.value.start, member?.value.end)) as Json;
        fc.pre(JSON.stringify(first) === source.slice(member?.value.start, member?.value.end));
        const at = [member?.key ?? ''];
        expect(edited(edited(source, { path: at, set: value }), { path: at, set: first })).toBe(source);
      }),
      runs,
    );
  });

  test('setting what is there changes nothing', () => {
    fc.assert(
      fc.property(text, (source) => {
        const { values } = read(source);
        const patch = Object.entries(values).map(([key, set]) => ({ path: [key], set }));
        expect(edited(source, ...patch)).toBe(source);
      }),
      runs,
    );
  });

  test('an added key brings only the line ends that are there', () => {
    fc.assert(
      fc.property(document, layout, json, (values, style, value) => {
        const source = written(values, { ...style, noise: [] });
        fc.pre(Object.keys(values).length > 0);
        const result = edited(source, { path: ['new'], set: value });
        const kinds = new Set(result.match(/\r\n|\n|\r/g) ?? []);
        expect([...kinds]).toEqual(style.indent.startsWith('flat') ? [] : [style.eol]);
      }),
      runs,
    );
  });

  test('bytes in every encoding come back through an edit', () => {
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(
          { encoding: 'utf-8', bom: true },
          { encoding: 'utf-8', bom: false },
          { encoding: 'utf-16le', bom: true },
          { encoding: 'utf-16be', bom: true } as const,
        ),
        (source, like) => {
          const bytes = encodeConfigText(source, like as Pick<ConfigText, 'encoding' | 'bom'>);
          const config = readConfigText(bytes, '/x', null);
          if (!config.ok) throw new Error(config.problem.kind);
          const same = editConfigText(config.value, [{ path: ['nowhere'], remove: true }]);
          if (!same.ok) throw new Error(same.problem.kind);
          expect(Buffer.compare(encodeConfigText(same.value, config.value), bytes)).toBe(0);
        },
      ),
      runs,
    );
  });
});

test('every text is either read as JSON.parse reads it, or refused by both', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b\\n"',
    'true',
    'null',
    '1',
    '-0.5e3',
    ' ',
    '\n',
    '//',
    '"',
    '\\',
    '01',
    '#',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
        text,
        fc.string(),
      ),
      (source) => {
        const config = readConfigText(Buffer.from(source), '/x', null);
        let parsed: Json | undefined;
        try {
          parsed = JSON.parse(source) as Json;
        } catch {
          // Not JSON: must be refused, but for an empty text.
        }
        const wellFormed = !/\p{Surrogate}/u.test(source);
        const expected =
          parsed === null || isJsonObject(parsed) || /^[\s\u0085]*$/.test(source.replaceAll('\ufeff', 'x'));
        if (wellFormed && !/[^\t\n\r ]/.test(/^\s*|\s*$/.exec(source)?.[0] ?? '')) expect(config.ok).toBe(expected);
        if (config.ok && isJsonObject(parsed)) expect(config.value.values).toEqual(parsed);
      },
    ),
    { numRuns: 10_000 },
  );
});
