// What the catalogue knows of one option, in words: for the hover, the completion and the line below the text.
import type { Messages } from '@contract/messages/page.ts';
import { logOptionsOf, logOptionsOfAll } from '@contract/log-options.ts';
import {
  defaultOn,
  effectOf,
  isGroup,
  knownOn,
  optionFor,
  options,
  type Option,
  type OptionKey,
  type OptionKind,
} from '@contract/options.ts';
import { optionForms } from '@contract/options-form.ts';
import type { Column, PlainForm, ValueForm } from '@contract/value-forms.ts';
import { helpOfKey, type Titles } from '../fields/titles.ts';

/** The daemon that the text is for, as far as options depend on it. */
export type Daemon = { readonly version: string | null; readonly windows: boolean };

/** One option in words. */
export type OptionFacts = {
  readonly key: string;
  /** One sentence; empty where there is none. */
  readonly help: string;
  /** Kind, default, effect, and what is special, each a few words. */
  readonly facts: readonly string[];
};

/** The facts about the option at a path, or about the one that it stands in; null where there is none. */
export function factsAbout(
  messages: Messages,
  titles: Titles,
  daemon: Daemon,
  path: readonly string[],
): OptionFacts | null {
  const option = optionAt(path);
  if (option === null) return null;
  const { editor, plan } = messages;
  const known = knownOn(option, daemon.version);
  const value = defaultOn(option, daemon.version);
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return {
    key: option.key,
    help: helpOfKey(messages, titles, path.join('.')) || helpOfKey(messages, titles, option.key),
    facts: [
      editor.kinds[option.kind],
      ...(option.choices ? [editor.oneOf(option.choices)] : []),
      ...(isEmpty ? [] : [editor.byDefault(JSON.stringify(value))]),
      ...(known ? [plan.effects[effectOf(option.key, 'set', daemon.version)]] : [editor.notOnThisVersion]),
      ...(option.risk === 'none' ? [] : [editor.risks[option.risk]]),
    ],
  };
}

function optionAt(path: readonly string[]): Option | null {
  for (let length = path.length; length > 0; length -= 1) {
    const found = optionFor(path.slice(0, length).join('.'));
    if (found) return found;
  }
  return null;
}

/** Where something stands: names, and numbers of list items. */
export type TextPath = readonly (string | number)[];

/** A key that may be written; the kind of its value is null for groups such as `features`. */
export type OfferedKey = { readonly key: string; readonly kind: OptionKind | null };

/** The keys that may stand in the object at a path. `logDriver` decides on those in `log-opts`. */
export function keysFor(daemon: Daemon, path: TextPath, logDriver: string): readonly OfferedKey[] {
  const inside = options.filter(
    (option) =>
      option.settableInFile &&
      option.path.length > path.length &&
      path.every((part, i) => part === option.path[i]) &&
      knownOn(option, daemon.version) &&
      option.platform !== (daemon.windows ? 'linux' : 'windows'),
  );
  const names = [...new Set(inside.map((option) => option.path[path.length] ?? ''))];
  const found = names.map((key): OfferedKey => {
    const whole = [...path, key].join('.');
    return { key, kind: isGroup(whole) ? null : (inside.find((option) => option.key === whole)?.kind ?? null) };
  });
  return [...found, ...membersAt(path, logDriver)];
}

/** The names in the value of an option, where dockerd knows them. */
function membersAt(path: TextPath, logDriver: string): readonly OfferedKey[] {
  if (path.length === 1 && path[0] === 'log-opts')
    return (logOptionsOf(logDriver) ?? logOptionsOfAll).map((key) => ({ key, kind: 'string' }));
  const repeated = recordAt(path)?.named?.repeated;
  return [
    ...(typeof repeated === 'string' ? [{ key: repeated, kind: 'string' } as const] : []),
    ...columnsAt(path).map(({ name, form }) => ({ key: name, kind: kindOfForm[form.kind] })),
  ];
}

const kindOfForm: Readonly<Record<PlainForm['kind'], OptionKind>> = {
  switch: 'boolean',
  number: 'integer',
  text: 'string',
  choice: 'string',
  size: 'size',
  list: 'string[]',
};

const formAt = (path: TextPath): ValueForm | null => {
  const option = optionFor(path.join('.'));
  return option ? optionForms[option.key as OptionKey].form : null;
};

/** The form of the records, one of which stands at a path. */
function recordAt(path: TextPath): Extract<ValueForm, { kind: 'records' }> | null {
  const form = formAt(path.slice(0, -1));
  const isOne = form?.kind === 'records' && (typeof path.at(-1) === 'number') === (form.named === null);
  return isOne ? form : null;
}

function columnsAt(path: TextPath): readonly Column[] {
  const form = formAt(path);
  return form?.kind === 'fields' ? form.columns : (recordAt(path)?.columns ?? []);
}

/** The values that an option, or a part of one, is known to take, as JSON; empty where that is any of its kind. */
export function valuesFor(path: TextPath): readonly string[] {
  const part = columnsAt(path.slice(0, -1)).find(({ name }) => name === path.at(-1));
  if (part) return part.form.kind === 'switch' ? booleans : [];
  const option = optionFor(path.join('.'));
  if (!option) return [];
  if (option.kind === 'boolean') return booleans;
  const form = formAt(path);
  const choices = option.choices ?? (form?.kind === 'choice' ? form.choices : null);
  if (choices) return choices.map((choice) => JSON.stringify(choice));
  return option.kind === 'integer' && typeof option.default === 'number' ? [String(option.default)] : [];
}

const booleans = ['true', 'false'];

/** What is written behind a new key: text before the caret, and behind it. */
export function valueStart(kind: OptionKind | null): readonly [string, string] {
  switch (kind) {
    case null:
    case 'string-map':
    case 'object':
      return ['{', '}'];
    case 'string[]':
      return ['["', '"]'];
    case 'object[]':
      return ['[{', '}]'];
    case 'string':
    case 'size':
    case 'path':
      return ['"', '"'];
    case 'boolean':
    case 'integer':
      return ['', ''];
  }
}
