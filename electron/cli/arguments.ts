// Reads the command line strictly: what is asked for, or which word is wrong and why.
import { samePath, type Edit } from '../contract/change.ts';
import { languages, type Language } from '../contract/messages/language.ts';
import { accepts, type Accept } from '../contract/plan.ts';
import { presetNames, type PresetName } from '../contract/preset.ts';
import { managerKinds, type ManagerKind } from '../contract/snapshot.ts';
import type { Verb } from '../contract/ipc.ts';
import { exportForms, type ExportForm } from '../contract/export-form.ts';
import { splitFlags } from './flag-words.ts';
import type { CommandName } from './grammar.ts';
import { readKey, type KeyFault } from './key-path.ts';
import type { UsageFault } from './usage-fault.ts';
import { readValue } from './value.ts';
import { splitWords, type Words } from './argument-words.ts';

/** A change as it was typed: edits in their order, or a file that is read later (`-` is standard input). */
export type TypedChange =
  | { readonly kind: 'edits'; readonly edits: readonly Edit[] }
  | { readonly kind: 'file' | 'patch-file'; readonly path: string }
  | { readonly kind: 'preset'; readonly name: PresetName; readonly value: string | null };

/** What is to be done. */
export type Command =
  | { readonly name: 'help'; readonly about: CommandName | null }
  | { readonly name: 'version' }
  | { readonly name: 'status' | 'watch' | 'doctor' | 'upgrade' }
  | {
      readonly name: 'check';
      /** null: the file of the daemon; `-`: standard input. */
      readonly path: string | null;
      readonly engineVersion: string | null;
      readonly flags: readonly string[] | null;
      /** Puts right what needs no question: in FILE, or through `apply` in the daemon's own. */
      readonly fix: boolean;
      readonly yes: boolean;
      readonly accept: readonly Accept[];
    }
  | { readonly name: 'plan'; readonly change: TypedChange }
  | { readonly name: 'presets' }
  | { readonly name: 'export'; readonly form: ExportForm; readonly change: TypedChange }
  | { readonly name: 'apply'; readonly change: TypedChange; readonly yes: boolean; readonly accept: readonly Accept[] }
  /** `sandbox`: on a private daemon with a copy of the configuration. */
  | { readonly name: 'drill'; readonly sandbox: boolean }
  | { readonly name: 'verb'; readonly verb: Verb; readonly accept: readonly Accept[] }
  /** null: lists them. */
  | { readonly name: 'history'; readonly id: string | null }
  /** null: the version before the one in the file. */
  | { readonly name: 'rollback'; readonly id: string | null; readonly yes: boolean; readonly accept: readonly Accept[] }
  /** null: all of them. */
  | { readonly name: 'options'; readonly key: string | null }
  /** In bytes; null: only looks. */
  | { readonly name: 'pipes'; readonly enlargeTo: number | null }
  /** `keep`: live restore stays on afterwards. */
  | { readonly name: 'rescue'; readonly keep: boolean }
  /** The last version of the file with which the daemon ran, and the start with it. */
  | { readonly name: 'way-back'; readonly yes: boolean; readonly accept: readonly Accept[] }
  /** `output`: a file; null: standard output. `force`: also over one that is there. */
  | { readonly name: 'diagnostics'; readonly output: string | null; readonly force: boolean };

/** Options that hold for every command. */
export type GlobalOptions = {
  readonly host: string | null;
  readonly context: string | null;
  readonly configFile: string | null;
  readonly manager: ManagerKind | null;
  readonly language: Language | null;
  readonly json: boolean;
  /** How long to wait until the daemon's state is known, in ms. */
  readonly timeoutMs: number;
};

export type Arguments =
  | { readonly ok: true; readonly command: Command; readonly options: GlobalOptions }
  | { readonly ok: false; readonly fault: UsageFault; readonly json: boolean; readonly language: Language | null };

const defaultTimeoutMs = 30_000;

/** Thrown by the readers below at the first wrong word; never leaves this file. */
class Wrong extends Error {
  readonly fault: UsageFault;
  constructor(fault: UsageFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

const wrong = (fault: UsageFault): never => {
  throw new Wrong(fault);
};

/** Reads the words behind the program's name. */
export function readArguments(argv: readonly string[]): Arguments {
  const split = splitWords(argv);
  if (!split.ok) return { ok: false, fault: split.fault, json: split.json, language: null };
  const { words } = split;
  let language: Language | null = null;
  try {
    language = languageOf(words);
    const options = globalOptions(words, language);
    return { ok: true, command: commandOf(words), options };
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, fault: error.fault, json: words.has('--json'), language };
    throw error;
  }
}

function languageOf(words: Words): Language | null {
  const given = words.value('--lang');
  if (given === null) return null;
  const known = languages.find((language) => language === given);
  return known ?? wrong({ kind: 'value-unfit', option: '--lang', value: given, takes: languages });
}

function globalOptions(words: Words, language: Language | null): GlobalOptions {
  if (words.value('--host') !== null && words.value('--context') !== null) {
    return wrong({ kind: 'together', options: ['--host', '--context'] });
  }
  return {
    host: words.value('--host'),
    context: words.value('--context'),
    configFile: words.value('--config-file'),
    manager: words.has('--manager') ? oneOf('--manager', words.value('--manager') ?? '', managerKinds) : null,
    language,
    json: words.has('--json'),
    timeoutMs: words.has('--timeout') ? milliseconds(words.value('--timeout') ?? '') : defaultTimeoutMs,
  };
}

function oneOf<T extends string>(option: string, value: string, takes: readonly T[]): T {
  return takes.find((one) => one === value) ?? wrong({ kind: 'value-unfit', option, value, takes });
}

function milliseconds(value: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(value) ? Number(value) : 0;
  if (seconds > 0 && seconds <= 86_400) return seconds * 1000;
  return wrong({ kind: 'seconds-unfit', value });
}

function commandOf(words: Words): Command {
  const { command } = words;
  if (words.has('--version')) return { name: 'version' };
  if (words.has('--help')) return { name: 'help', about: command };
  if (command === null) return wrong({ kind: 'command-missing' });
  switch (command) {
    case 'status':
    case 'watch':
    case 'doctor':
    case 'upgrade':
      noneLeft(words, command, 0);
      return { name: command };
    case 'drill':
      noneLeft(words, command, 0);
      return { name: 'drill', sandbox: words.has('--sandbox') };
    case 'options':
      noneLeft(words, command, 1);
      return { name: 'options', key: words.operands[0] ?? null };
    case 'check':
      noneLeft(words, command, 1);
      return {
        name: 'check',
        path: words.operands[0] ?? null,
        engineVersion: words.has('--engine') ? engineVersion(words.value('--engine') ?? '') : null,
        flags: words.has('--flags') ? daemonFlags(words.value('--flags') ?? '') : null,
        fix: words.has('--fix'),
        yes: words.has('--yes'),
        accept: acceptOf(words),
      };
    case 'preset': {
      noneLeft(words, command, 1);
      const [named] = words.operands;
      return named === undefined ? { name: 'presets' } : { name: 'plan', change: presetOf(named) };
    }
    case 'export': {
      const [named] = words.operands;
      if (named === undefined) return wrong({ kind: 'form-missing', command, takes: exportForms });
      const form = oneOf(command, named, exportForms);
      const first = words.inOrder.findIndex(({ option }) => option === null);
      const rest = words.inOrder.filter((_, i) => i !== first);
      return { name: 'export', form, change: changeOf({ ...words, inOrder: rest }, command) };
    }
    case 'plan':
      return { name: 'plan', change: changeOf(words, command) };
    case 'apply':
      return { name: 'apply', change: changeOf(words, command), yes: words.has('--yes'), accept: acceptOf(words) };
    case 'history':
      noneLeft(words, command, 1);
      return { name: 'history', id: words.operands[0] ?? null };
    case 'rollback':
      noneLeft(words, command, 1);
      return { name: 'rollback', id: words.operands[0] ?? null, yes: words.has('--yes'), accept: acceptOf(words) };
    case 'pipes':
      noneLeft(words, command, 0);
      return { name: 'pipes', enlargeTo: words.has('--enlarge') ? bytesOf(words.value('--enlarge') ?? '') : null };
    case 'diagnostics':
      noneLeft(words, command, 0);
      if (words.has('--force') && !words.has('--output'))
        return wrong({ kind: 'option-alone', option: '--force', needs: '--output' });
      return { name: 'diagnostics', output: words.value('--output'), force: words.has('--force') };
    case 'reload':
    case 'restart':
    case 'start':
    case 'stop':
      noneLeft(words, command, 0);
      if (words.has('--working')) return wayBackOf(words);
      if (words.has('--yes')) return wrong({ kind: 'option-alone', option: '--yes', needs: '--working' });
      if (words.has('--rescue')) return rescueOf(words);
      if (words.has('--set-back')) return wrong({ kind: 'option-alone', option: '--set-back', needs: '--rescue' });
      return { name: 'verb', verb: command, accept: acceptOf(words) };
  }
}

/** Bytes, also with k or m behind them. */
function bytesOf(value: string): number {
  const [, digits, unit = ''] = /^(\d{1,9})([km]?)$/i.exec(value) ?? [];
  const factor = { '': 1, k: 1024, m: 1024 * 1024 }[unit.toLowerCase()] ?? 1;
  const bytes = Number(digits) * factor;
  return bytes >= 65_536 && bytes <= 67_108_864 ? bytes : wrong({ kind: 'bytes-unfit', value });
}

function rescueOf(words: Words): Command {
  if (words.has('--accept')) return wrong({ kind: 'together', options: ['--accept', '--rescue'] });
  return { name: 'rescue', keep: !words.has('--set-back') };
}

function wayBackOf(words: Words): Command {
  const other = (['--rescue', '--set-back'] as const).find((option) => words.has(option));
  if (other !== undefined) return wrong({ kind: 'together', options: [other, '--working'] });
  return { name: 'way-back', yes: words.has('--yes'), accept: acceptOf(words) };
}

function noneLeft(words: Words, command: CommandName, operands: number): void {
  const extra = words.operands[operands];
  if (extra !== undefined) wrong({ kind: 'unexpected', word: extra, command });
}

const engineVersion = (value: string): string =>
  /^v?\d+\.\d+/.test(value) ? value : wrong({ kind: 'version-unfit', value });

const daemonFlags = (value: string): readonly string[] => splitFlags(value) ?? wrong({ kind: 'flags-unfit', value });

const acceptOf = (words: Words): readonly Accept[] =>
  words.values('--accept').map((value) => oneOf('--accept', value, accepts));

function changeOf(words: Words, command: CommandName): TypedChange {
  const [whole, another] = (['--from', '--patch', '--preset'] as const).filter((option) => words.has(option));
  const typed = words.inOrder.filter(({ option }) => option === null || option === '--remove');
  if (whole !== undefined) {
    if (typed.length > 0 || another !== undefined) return wrong({ kind: 'from-with-edits' });
    const value = words.value(whole) ?? '';
    if (whole === '--preset') return presetOf(value);
    return { kind: whole === '--from' ? 'file' : 'patch-file', path: value };
  }
  if (typed.length === 0) return wrong({ kind: 'change-missing', command });
  const edits = typed.map(({ option, word }) => (option === null ? setting(word) : removal(word)));
  edits.forEach((edit, i) => {
    const twice = edits.slice(0, i).some((other) => samePath(other.path, edit.path));
    if (twice) wrong({ kind: 'change-twice', word: typed[i]?.word ?? '' });
  });
  return { kind: 'edits', edits };
}

/** `NAME`, and for a mirror `NAME=URL`. */
function presetOf(word: string): TypedChange {
  const at = word.indexOf('=');
  const name = oneOf('--preset', at === -1 ? word : word.slice(0, at), presetNames);
  if (at !== -1 && name !== 'registry-mirror') return wrong({ kind: 'value-extra', option: name });
  return { kind: 'preset', name, value: at === -1 ? null : word.slice(at + 1) };
}

function setting(word: string): Edit {
  const key = pathOf(word);
  if (key.value === null) return wrong({ kind: 'change-unfit', word, why: 'no-equals' });
  const read = readValue(key.value);
  return read === null ? wrong({ kind: 'change-unfit', word, why: 'number' }) : { path: key.path, set: read.value };
}

function removal(word: string): Edit {
  const key = pathOf(word);
  return key.value === null ? { path: key.path, remove: true } : wrong({ kind: 'remove-with-value', word });
}

function pathOf(word: string): { readonly path: readonly string[]; readonly value: string | null } {
  const key = readKey(word);
  return key.ok ? key : wrong({ kind: 'change-unfit', word, why: key.fault satisfies KeyFault });
}
