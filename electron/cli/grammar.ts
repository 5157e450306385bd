// The words of the command line: which commands there are, and which options each one takes.

/** The commands, in the order of the help. */
export const commandNames = [
  'status',
  'options',
  'check',
  'plan',
  'apply',
  'reload',
  'restart',
  'start',
  'stop',
  'pipes',
  'doctor',
  'history',
  'rollback',
  'drill',
  'upgrade',
  'watch',
  'preset',
  'export',
  'diagnostics',
] as const;
export type CommandName = (typeof commandNames)[number];

/** An option: without a value, with one, or with one each time that it is given. */
export type OptionKind = 'switch' | 'value' | 'values';

/** Options that every command takes. */
export const globalOptions = {
  '--host': 'value',
  '--context': 'value',
  '--config-file': 'value',
  '--manager': 'value',
  '--lang': 'value',
  '--timeout': 'value',
  '--json': 'switch',
  '--help': 'switch',
  '--version': 'switch',
} as const satisfies Record<string, OptionKind>;

const changeOptions = { '--remove': 'values', '--from': 'value', '--patch': 'value', '--preset': 'value' } as const;

/** Options of single commands. */
export const commandOptions = {
  status: {},
  options: {},
  check: {
    '--engine': 'value',
    '--flags': 'value',
    '--fix': 'switch',
    '--yes': 'switch',
    '--accept': 'values',
  },
  plan: changeOptions,
  apply: { ...changeOptions, '--yes': 'switch', '--accept': 'values' },
  reload: { '--accept': 'values' },
  restart: { '--accept': 'values' },
  start: {
    '--accept': 'values',
    '--rescue': 'switch',
    '--set-back': 'switch',
    '--working': 'switch',
    '--yes': 'switch',
  },
  stop: { '--accept': 'values' },
  pipes: { '--enlarge': 'value' },
  doctor: {},
  history: {},
  rollback: { '--yes': 'switch', '--accept': 'values' },
  drill: { '--sandbox': 'switch' },
  upgrade: {},
  watch: {},
  preset: {},
  export: changeOptions,
  diagnostics: { '--output': 'value', '--force': 'switch' },
} as const satisfies Record<CommandName, Readonly<Record<string, OptionKind>>>;

/** The option's full name; `-h` is the only short one. */
export const fullName = (option: string): string => (option === '-h' ? '--help' : option);

export const isCommand = (word: string): word is CommandName => (commandNames as readonly string[]).includes(word);

/** What kind of option this is for the command; undefined where it takes no such one. */
export function optionKind(option: string, command: CommandName | null): OptionKind | undefined {
  const name = fullName(option);
  const own: Readonly<Record<string, OptionKind>> = command === null ? {} : commandOptions[command];
  const all: Readonly<Record<string, OptionKind>> = { ...globalOptions, ...own };
  return Object.hasOwn(all, name) ? all[name] : undefined;
}

/** Every option of any command. */
export const allOptions: readonly string[] = [
  ...new Set([...Object.keys(globalOptions), ...Object.values(commandOptions).flatMap((own) => Object.keys(own))]),
];
