// Completions for bash, zsh and fish, made from the command line's own grammar.
import type { Completes } from '../completes.ts';
import type { CommandTree, TreeOption } from './command-tree.ts';

const head = (comment: string): string =>
  `${comment} Completions of afloat; made from its grammar when it was packaged.\n`;
const optionNames = (options: readonly TreeOption[]): string => options.map(({ name }) => name).join(' ');
const withValue = (options: readonly TreeOption[]): readonly TreeOption[] =>
  options.filter(({ kind }) => kind !== 'switch');

/** Every option once, in the order in which it is first met. */
const allOptions = ({ global, commands }: CommandTree): readonly TreeOption[] => [
  ...new Map(
    [...global, ...commands.flatMap(({ options }) => options)].map((option) => [option.name, option]),
  ).values(),
];

export function bashCompletions(tree: CommandTree, keys: readonly string[]): string {
  const reply = (completes: Completes): string => {
    if (completes === 'file') return '_afloat_files';
    if (completes === 'key') return `_afloat_words "${keys.join(' ')}"`;
    if (completes === 'assignment') return `_afloat_keys "${keys.join(' ')}"`;
    if (completes === 'free' || completes === 'nothing') return ':';
    return `_afloat_words "${completes.join(' ')}"`;
  };
  const values = withValue(allOptions(tree));
  const branch = (pattern: string, body: string, indent: string): string => `${indent}${pattern}) ${body} ;;\n`;
  return `${head('#')}
_afloat_words() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur")
}
_afloat_files() {
  mapfile -t COMPREPLY < <(compgen -f -- "$cur")
  compopt -o filenames
}
_afloat_keys() {
  [[ $cur == *=* ]] && return
  mapfile -t COMPREPLY < <(compgen -S = -W "$1" -- "$cur")
  compopt -o nospace
}
_afloat() {
  local cur=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command= i
  COMPREPLY=()
  # bash makes a word of each \`=\`.
  if [[ $cur == "=" ]]; then cur=
  elif [[ $previous == "=" ]]; then previous=\${COMP_WORDS[COMP_CWORD-2]}; fi
  case $previous in
${values.map(({ name, completes }) => branch(name, `${reply(completes)}; return`, '    ')).join('')}  esac
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
${branch(values.map(({ name }) => name).join('|'), '((i++))', '      ')}${branch(
    tree.commands.map(({ name }) => name).join('|'),
    'command=${COMP_WORDS[i]}; break',
    '      ',
  )}    esac
  done
  if [[ $cur == -* ]]; then
    case $command in
${tree.commands
  .map(({ name, options }) => branch(name, `_afloat_words "${optionNames([...options, ...tree.global])}"`, '      '))
  .join('')}${branch('*', `_afloat_words "${optionNames(tree.global)}"`, '      ')}    esac
    return
  fi
  case $command in
${branch('""', `_afloat_words "${tree.commands.map(({ name }) => name).join(' ')}"`, '    ')}${tree.commands
    .map(({ name, operands }) => branch(name, reply(operands), '    '))
    .join('')}  esac
}
complete -F _afloat afloat
`;
}

export function zshCompletions(tree: CommandTree, keys: readonly string[]): string {
  const quoted = (text: string): string => text.replaceAll("'", "'\\''").replaceAll(/[[\]:]/g, String.raw`\$&`);
  const action = (completes: Completes): string => {
    if (completes === 'file') return '_files';
    if (completes === 'key') return `(${keys.join(' ')})`;
    if (completes === 'assignment') return '_afloat_keys';
    if (completes === 'free' || completes === 'nothing') return '';
    return `(${completes.join(' ')})`;
  };
  const spec = ({ name, kind, about, completes }: TreeOption): string =>
    `'${kind === 'values' ? '*' : ''}${name}${kind === 'switch' ? '' : '='}[${quoted(about)}]${
      kind === 'switch' ? '' : `:${name.slice(2)}:${action(completes)}`
    }'`;
  const specs = (options: readonly TreeOption[]): string =>
    options.map((option) => ` \\\n        ${spec(option)}`).join('');
  return `#compdef afloat
${head('#')}
_afloat_keys() {
  compadd -S = -- ${keys.join(' ')}
}
_afloat() {
  local context state line
  local -a commands
  commands=(
${tree.commands.map(({ name, about }) => `    '${name}:${quoted(about)}'\n`).join('')}  )
  _arguments -C${specs(tree.global)} \\
    '1:command:->command' \\
    '*::argument:->argument'
  case $state in
    command) _describe command commands ;;
    argument)
      case $words[1] in
${tree.commands
  .map(({ name, options, operands }) => {
    const operand = action(operands);
    const rest = operand === '' ? '' : ` \\\n        '*:argument:${operand}'`;
    return `        ${name}) _arguments${specs([...options, ...tree.global])}${rest} ;;\n`;
  })
  .join('')}      esac
      ;;
  esac
}
_afloat "$@"
`;
}

export function fishCompletions(tree: CommandTree, keys: readonly string[]): string {
  const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const names = tree.commands.map(({ name }) => name).join(' ');
  const value = (completes: Completes): string => {
    if (completes === 'file') return ' -r -F';
    if (completes === 'key') return ` -x -a ${quoted(keys.join(' '))}`;
    if (completes === 'assignment' || completes === 'free' || completes === 'nothing') return ' -x';
    return ` -x -a ${quoted(completes.join(' '))}`;
  };
  const option = (condition: string, { name, kind, about, completes }: TreeOption): string =>
    `complete -c afloat${condition} -l ${name.slice(2)}${kind === 'switch' ? '' : value(completes)} -d ${quoted(about)}\n`;
  const operands = (condition: string, completes: Completes): string => {
    if (completes === 'file') return `complete -c afloat${condition} -F\n`;
    if (completes === 'assignment')
      return `complete -c afloat${condition} -a ${quoted(keys.map((key) => `${key}=`).join(' '))}\n`;
    if (completes === 'free' || completes === 'nothing') return '';
    return `complete -c afloat${condition} -a ${quoted((completes === 'key' ? keys : completes).join(' '))}\n`;
  };
  const none = ` -n 'not __fish_seen_subcommand_from ${names}'`;
  return `${head('#')}
complete -c afloat -f
${tree.global.map((one) => option('', one)).join('')}${tree.commands
    .map(({ name, about }) => `complete -c afloat${none} -a ${name} -d ${quoted(about)}\n`)
    .join('')}${tree.commands
    .map(({ name, options, operands: completes }) => {
      const condition = ` -n '__fish_seen_subcommand_from ${name}'`;
      return options.map((one) => option(condition, one)).join('') + operands(condition, completes);
    })
    .join('')}`;
}
