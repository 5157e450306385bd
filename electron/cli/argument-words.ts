// Sorts the words of the command line into command, options and operands, and refuses the first that fits nowhere.
import { nearest } from '../engine/nearest.ts';
import { allOptions, commandNames, fullName, isCommand, optionKind, type CommandName } from './grammar.ts';
import type { UsageFault } from './usage-fault.ts';

/** A word with the option that it is the value of; null: it stands by itself. */
type Given = { readonly option: string | null; readonly word: string };

export type Words = {
  readonly command: CommandName | null;
  /** Words that stand by themselves, without the command. */
  readonly operands: readonly string[];
  /** Operands and values of options, as they were typed. */
  readonly inOrder: readonly Given[];
  has(option: string): boolean;
  /** The option's value; null where it was not given. */
  value(option: string): string | null;
  values(option: string): readonly string[];
};

export type SplitWords =
  | { readonly ok: true; readonly words: Words }
  | { readonly ok: false; readonly fault: UsageFault; /** Whether `--json` stands anywhere. */ readonly json: boolean };

/** Options may stand before and behind the command; `--` ends them. */
export function splitWords(argv: readonly string[]): SplitWords {
  const end = argv.indexOf('--');
  const before = end === -1 ? argv : argv.slice(0, end);
  const after = end === -1 ? [] : argv.slice(end + 1);
  const failed = (fault: UsageFault): SplitWords => ({ ok: false, fault, json: before.includes('--json') });

  const command = commandIn(before);
  if (command !== null && !isCommand(command)) return failed(unknownCommand(command));
  const given: Given[] = [];
  let waiting = [...before];
  let commandSeen = false;
  while (waiting.length > 0) {
    const [word = '', ...rest] = waiting;
    waiting = rest;
    if (!isOption(word)) {
      if (word === command && !commandSeen) commandSeen = true;
      else given.push({ option: null, word });
      continue;
    }
    const option = optionIn(word);
    const kind = optionKind(option.name, command);
    if (kind === undefined) return failed(unknownOption(option.name, command));
    if (kind !== 'values' && given.some((other) => other.option === option.name)) {
      return failed({ kind: 'option-twice', option: option.name });
    }
    if (kind === 'switch') {
      if (option.value !== null) return failed({ kind: 'value-extra', option: option.name });
      given.push({ option: option.name, word: '' });
      continue;
    }
    const value = option.value ?? waiting.shift();
    if (value === undefined || value === '') return failed({ kind: 'value-missing', option: option.name });
    given.push({ option: option.name, word: value });
  }
  given.push(...after.map((word) => ({ option: null, word })));
  return { ok: true, words: wordsOf(command, given) };
}

function wordsOf(command: CommandName | null, inOrder: readonly Given[]): Words {
  const values = (option: string): readonly string[] =>
    inOrder.filter((given) => given.option === option).map(({ word }) => word);
  return {
    command,
    operands: inOrder.filter(({ option }) => option === null).map(({ word }) => word),
    inOrder,
    has: (option) => inOrder.some((given) => given.option === option),
    value: (option) => values(option)[0] ?? null,
    values,
  };
}

/** The first word that is neither an option nor the value of one. */
function commandIn(argv: readonly string[]): string | null {
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (!isOption(word)) return word;
    const { name, value } = optionIn(word);
    const takes = allKinds(name);
    if (takes && value === null) at += 1;
  }
  return null;
}

/** Whether an option takes a value, whatever the command. */
const allKinds = (name: string): boolean =>
  [null, ...commandNames].some((command) => {
    const kind = optionKind(name, command);
    return kind === 'value' || kind === 'values';
  });

/** A lone `-` is a file. */
const isOption = (word: string): boolean => word.startsWith('-') && word !== '-';

function optionIn(word: string): { readonly name: string; readonly value: string | null } {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  const name = fullName(at === -1 ? word : word.slice(0, at));
  return { name, value: at === -1 ? null : word.slice(at + 1) };
}

const unknownCommand = (word: string): UsageFault => ({
  kind: 'command-unknown',
  word,
  near: begunWith(word, commandNames) ?? nearest(word, commandNames),
});

function unknownOption(option: string, command: CommandName | null): UsageFault {
  if (command !== null && allOptions.includes(option)) return { kind: 'option-elsewhere', option, command };
  const here = allOptions.filter((name) => optionKind(name, command) !== undefined);
  return { kind: 'option-unknown', option, near: begunWith(option, here) ?? nearest(option, here) };
}

const begunWith = (word: string, names: readonly string[]): string | null =>
  word.replace(/^-+/, '').length > 1 ? (names.find((name) => name.startsWith(word)) ?? null) : null;
