// What a form shows of a value is the value: there and back, and through the text of the file, for every kind.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sameJson, type Json, type JsonObject } from '@contract/json.ts';
import { valueAt } from '@contract/change.ts';
import type { Column, TextForm, ValueForm } from '@contract/value-forms.ts';
import { editConfigText, readConfigText } from '../../../electron/engine/config-text.ts';
import { valuesOf, withField } from '../../../renderer/draft.ts';
import { fillOf, isWhole, valueOf } from '../../../renderer/fields/form-value.ts';
import { optionFields, pathIn } from '../../../renderer/fields/option-fields.ts';
import { written } from '../../../renderer/fields/option-state.ts';
import { textWith } from '../../../renderer/text-edit.ts';
import { configFile } from '../../fakes/snapshot.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const name = fc.oneof(word, fc.constantFrom('__proto__', 'constructor', 'a.b', 'ネット', '"'));
const texts: Readonly<Partial<Record<TextForm, fc.Arbitrary<string>>>> = {
  ip: fc.oneof(fc.ipV4(), fc.ipV6()),
  cidr: fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, bits]) => `${address}/${bits}`),
  path: word.map((one) => `/${one}`),
  mirror: word.map((one) => `https://${one}.example`),
  proxy: word.map((one) => `http://${one}:3128`),
  registry: word.map((one) => `${one}:5000`),
  endpoint: word.map((one) => `unix:///${one}`),
  address: word.map((one) => `${one}:9323`),
  domain: word.map((one) => `${one.replaceAll('-', '')}.example`),
  pair: fc.tuple(word, word).map(([key, value]) => `${key}=${value}`),
  duration: fc.nat(1000).map((hours) => `${hours}h`),
  fwmark: fc.nat(1000).map(String),
  count: fc.integer({ min: 1, max: 99 }).map(String),
  'api-version': fc.nat(60).map((minor) => `1.${minor}`),
};
const textOf = (of: TextForm): fc.Arbitrary<string> =>
  texts[of] ?? fc.oneof(word, fc.constantFrom('"\\', '日本', ' x'));

/** Values that dockerd takes for a form, parts that we do not know among them. */
function valuesFor(form: ValueForm): fc.Arbitrary<Json> {
  switch (form.kind) {
    case 'switch':
      return fc.boolean();
    case 'number':
      return fc.integer({ min: Math.max(form.least, -1_000_000), max: Math.min(form.most, 1_000_000) });
    case 'text':
      return textOf(form.of);
    case 'choice':
      return fc.constantFrom(...form.choices, 'own');
    case 'size':
      return fc.tuple(fc.nat(9999), fc.constantFrom('', 'k', 'M', 'GB', 'GiB')).map((parts) => parts.join(''));
    case 'list':
      return fc.array(textOf(form.of), { maxLength: 4 });
    case 'map':
      return fc.dictionary(name, fc.string({ maxLength: 6 }), { maxKeys: 4 });
    case 'maps':
      return fc.dictionary(name, fc.dictionary(name, word, { minKeys: 1, maxKeys: 3 }), { maxKeys: 3 });
    case 'fields':
      return partsFor(form.columns);
    case 'records': {
      const { named, columns } = form;
      const whole = partsFor(columns).filter((parts) => Object.keys(parts).length > 0);
      if (named === null) return fc.array(whole, { maxLength: 3 });
      return fc
        .dictionary(name, whole, { maxKeys: 3 })
        .map((all) =>
          Object.fromEntries(
            Object.entries(all).map(([key, parts]): [string, JsonObject] => [
              key,
              named.repeated === null ? parts : { ...parts, [named.repeated]: key },
            ]),
          ),
        );
    }
  }
}

function partsFor(columns: readonly Column[]): fc.Arbitrary<JsonObject> {
  const known = columns.map((column) =>
    fc.option(
      fc.tuple(
        fc.boolean().map((other) => (other ? column.name.toUpperCase() : column.name)),
        valuesFor(column.form),
      ),
    ),
  );
  const strange = fc.option(fc.constant(['x-own', { deep: [1, null] }] as [string, Json]));
  return fc
    .tuple(...known, strange)
    .map((pairs) => Object.fromEntries(pairs.filter((pair) => pair !== null)) as JsonObject);
}

describe.each(optionFields.filter(({ option }) => option.settableInFile))('$name', (field) => {
  const { form } = field;

  test('shown and taken back, a value is the same', () => {
    fc.assert(
      fc.property(valuesFor(form), (value) => {
        const fill = fillOf(form, value);
        expect(fill).not.toBeNull();
        if (fill === null) return;
        expect(isWhole(form, fill)).toBe(true);
        expect(sameJson(valueOf(form, fill), value)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test('written by the form, the file has it; and the form shows it again', () => {
    const before = '{\n  "builder": {"Other": true}\n}\n';
    fc.assert(
      fc.property(valuesFor(form), (value) => {
        const config = configFile({ builder: { Other: true } });
        const values = valuesOf(config) ?? {};
        const path = pathIn(values, field);
        const wanted = written(field, value, {
          inFile: valueAt(values, path),
          fallback: field.option.default ?? undefined,
        });
        const draft = withField(null, config, path, wanted);
        if (draft === null) {
          expect(wanted).toBeUndefined();
          return;
        }
        if (draft.change.kind !== 'patch') throw new Error('A form makes edits.');
        const read = readConfigText(new TextEncoder().encode(before), '/daemon.json', null);
        if (!read.ok) throw new Error('The file is sound.');
        const edited = editConfigText(read.value, draft.change.patch);
        if (!edited.ok) throw new Error(JSON.stringify(edited.problem));
        // The same by the editor of typed texts.
        for (const text of [edited.value, textWith(before, path, wanted)]) {
          const now = JSON.parse(text) as JsonObject;
          expect(sameJson(valueAt(now, path), wanted)).toBe(true);
          expect(fillOf(form, valueAt(now, pathIn(now, field)))).toEqual(fillOf(form, wanted));
          expect(valueAt(now, ['builder', 'Other'])).toBe(true);
        }
      }),
      { numRuns: 12 },
    );
  });
});

test.each([
  ['labels', 'no list'],
  ['labels', ['a=b', 1]],
  ['mtu', '1500'],
  ['default-address-pools', [{ base: '10.0.0.0/8', size: '24' }]],
  ['default-ulimits', { nofile: { Name: 'other', Soft: 1, Hard: 2 } }],
  ['log-opts', { 'max-file': 3 }],
  ['data-root', 'two\nlines'],
] as const)('%s cannot be shown as %j without loss, and is not', (key, value) => {
  const field = optionFields.find((one) => one.name === key);
  expect(field && fillOf(field.form, value as Json)).toBeNull();
});
