// What the catalogue knows of one option, in words: for the hover, the completion and the line below the text.
import type { Messages } from '@contract/messages/page.ts';
import { defaultOn, effectOf, isGroup, knownOn, optionFor, options, type Option } from '@contract/options.ts';
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

/** The keys that may stand in the object at a path, with their option; groups such as `features` have none. */
export function keysFor(
  daemon: Daemon,
  path: readonly string[],
): readonly { readonly key: string; readonly option: Option | null }[] {
  const inside = options.filter(
    (option) =>
      option.settableInFile &&
      option.path.length > path.length &&
      path.every((part, i) => part === option.path[i]) &&
      knownOn(option, daemon.version) &&
      option.platform !== (daemon.windows ? 'linux' : 'windows'),
  );
  const names = [...new Set(inside.map((option) => option.path[path.length] ?? ''))];
  return names.map((key) => {
    const whole = [...path, key].join('.');
    return { key, option: isGroup(whole) ? null : (inside.find((option) => option.key === whole) ?? null) };
  });
}

/** The values that an option is known to take, as JSON; empty where that is any of its kind. */
export function valuesFor(path: readonly string[]): readonly string[] {
  const option = optionFor(path.join('.'));
  if (!option) return [];
  if (option.kind === 'boolean') return ['true', 'false'];
  if (option.choices) return option.choices.map((choice) => JSON.stringify(choice));
  return option.kind === 'integer' && typeof option.default === 'number' ? [String(option.default)] : [];
}

/** What is written behind a new key: text before the caret, and behind it. */
export function valueStart(option: Option | null): readonly [string, string] {
  switch (option?.kind) {
    case undefined:
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
