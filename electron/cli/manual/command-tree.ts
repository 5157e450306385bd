// The command line as shells see it: every word that may come next, with what it means, from grammar and help.
import type { Messages } from '../../contract/messages/index.ts';
import { operandCompletes, optionCompletes, type Completes } from '../completes.ts';
import { commandNames, commandOptions, globalOptions, type CommandName, type OptionKind } from '../grammar.ts';
import { optionOf, readHelp, type Term } from './help-text.ts';

export type TreeOption = {
  readonly name: string;
  readonly kind: OptionKind;
  readonly about: string;
  readonly completes: Completes;
};

export type TreeCommand = {
  readonly name: CommandName;
  readonly about: string;
  /** Its own ones. */
  readonly options: readonly TreeOption[];
  readonly operands: Completes;
};

export type CommandTree = { readonly global: readonly TreeOption[]; readonly commands: readonly TreeCommand[] };

export function commandTree({ cli: { help } }: Messages): CommandTree {
  const general = termsOf(help.general);
  const aboutCommand = (name: string): string => general.find(({ term }) => term.split(' ')[0] === name)?.text ?? '';
  return {
    global: optionsFrom(globalOptions, general),
    commands: commandNames.map((name) => ({
      name,
      about: aboutCommand(name),
      options: optionsFrom(commandOptions[name], termsOf(help[name])),
      operands: operandCompletes[name],
    })),
  };
}

const termsOf = (help: string): readonly Term[] =>
  readHelp(help).parts.flatMap((part) => (part.kind === 'terms' ? part.terms : []));

function optionsFrom(table: Readonly<Record<string, OptionKind>>, terms: readonly Term[]): readonly TreeOption[] {
  const completes: Readonly<Record<string, Completes>> = optionCompletes;
  return Object.entries(table).map(([name, kind]) => ({
    name,
    kind,
    about: terms.find((term) => optionOf(term) === name)?.text ?? '',
    completes: completes[name] ?? 'nothing',
  }));
}
