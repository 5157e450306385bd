// What may stand behind an option, or by itself behind a command: for shells that complete what is typed.
import { languages } from '../contract/messages/language.ts';
import { accepts } from '../contract/plan.ts';
import { exportForms } from '../contract/export-form.ts';
import { presetNames } from '../contract/preset.ts';
import { managerKinds } from '../contract/snapshot.ts';
import type { CommandName, commandOptions, globalOptions } from './grammar.ts';

/** Fixed words, a file, `KEY=VALUE` (`assignment`), a key of daemon.json, or something that nobody can foresee. */
export type Completes = readonly string[] | 'file' | 'assignment' | 'key' | 'free' | 'nothing';

type OptionsOf<Table> = Table extends unknown
  ? { [Name in keyof Table]: Table[Name] extends 'switch' ? never : Name }[keyof Table]
  : never;
type ValueOption = OptionsOf<typeof globalOptions> | OptionsOf<(typeof commandOptions)[CommandName]>;

/** Every option with a value: a forgotten one does not compile. */
export const optionCompletes: Readonly<Record<ValueOption, Completes>> = {
  '--host': 'free',
  '--context': 'free',
  '--config-file': 'file',
  '--manager': managerKinds,
  '--lang': languages,
  '--timeout': 'free',
  '--engine': 'free',
  '--flags': 'free',
  '--remove': 'key',
  '--from': 'file',
  '--patch': 'file',
  '--preset': presetNames,
  '--accept': accepts,
  '--enlarge': ['256k', '1m', '4m'],
  '--output': 'file',
};

/** What stands by itself behind a command. */
export const operandCompletes: Readonly<Record<CommandName, Completes>> = {
  status: 'nothing',
  options: 'key',
  check: 'file',
  plan: 'assignment',
  apply: 'assignment',
  reload: 'nothing',
  restart: 'nothing',
  start: 'nothing',
  stop: 'nothing',
  pipes: 'nothing',
  doctor: 'nothing',
  history: 'free',
  rollback: 'free',
  drill: 'nothing',
  upgrade: 'nothing',
  watch: 'nothing',
  preset: presetNames,
  export: exportForms,
  diagnostics: 'nothing',
};
