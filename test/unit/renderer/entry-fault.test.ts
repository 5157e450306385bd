// What keeps entries out of the draft, the first thing first.
import { expect, test } from 'vitest';
import { optionForms } from '@contract/options-form.ts';
import type { Column } from '@contract/value-forms.ts';
import { entryFault } from '../../../renderer/fields/entry-fault.ts';
import type { Entry } from '../../../renderer/fields/form-value.ts';

const entry = (name: string, parts: Entry['parts']): Entry => ({ name, parts });
const any = { kind: 'text', of: 'any' } as const;
const forMaps: readonly Column[] = [
  { name: 'option', form: any, example: '', needed: true },
  { name: 'value', form: any, example: '' },
];

test.each([
  ['default-address-pools', [entry('', {})], { kind: 'missing', at: 0, parts: ['base', 'size'] }],
  ['default-address-pools', [entry('', { BASE: '10.0.0.0/8' })], { kind: 'missing', at: 0, parts: ['size'] }],
  ['default-address-pools', [entry('', { base: 'x', size: 24 })], { kind: 'wrong', at: 0, column: { name: 'base' } }],
  ['default-address-pools', [entry('', { base: '10.0.0.0/8', size: 24 })], null],
  ['builder.GC.Policy', [entry('', { all: true }), entry('', {})], { kind: 'empty', at: 1 }],
  ['runtimes', [entry('', {})], { kind: 'missing', at: 0, parts: [null] }],
  [
    'runtimes',
    [entry('crun', { path: '/a' }), entry('kata', { path: '/b' }), entry('crun', { path: '/c' })],
    { kind: 'twice', at: 2, name: 'crun' },
  ],
  [
    'default-network-opts',
    [entry('bridge', { option: '', value: 'x' })],
    { kind: 'missing', at: 0, parts: ['option'] },
  ],
  [
    'default-network-opts',
    [entry('bridge', { option: 'a', value: 'x' }), entry('bridge', { option: 'b', value: '' })],
    null,
  ],
  [
    'log-opts',
    [entry('max-size', { value: '10m' }), entry('', { value: '' })],
    { kind: 'missing', at: 1, parts: [null] },
  ],
] as const)('%s %j', (key, entries, fault) => {
  const { form } = optionForms[key];
  if (form.kind !== 'records' && form.kind !== 'maps' && form.kind !== 'map') throw new Error('has no entries');
  const columns = form.kind === 'records' ? form.columns : form.kind === 'maps' ? forMaps : [];
  const found = entryFault(form, columns, entries);
  if (fault === null) expect(found).toBeNull();
  else expect(found).toMatchObject(fault);
});
