// Reads the arguments of a dockerd as dockerd does itself (pflag): what was given, and with which value.
import type { Json } from '../contract/json.ts';
import { flagNameOf, options, type Option } from '../contract/options.ts';

/** A flag as given: its long name without dashes, and every value in order. */
export type GivenFlag = { readonly name: string; readonly values: readonly string[] };

const byName = new Map(
  options.flatMap((option) => {
    const name = flagNameOf(option);
    return name === undefined ? [] : [[name, option]];
  }),
);
const longName = new Map(
  options.flatMap((option) => option.flags.slice(1).map((short) => [short.slice(1), flagNameOf(option) ?? ''])),
);

/**
 * Every flag among the arguments after the program: `--x=y`, `--x y`, `-H y`, `-Hy`, `-D`, `-Dl debug`. What stands
 * behind `--` is none. A flag that is not known takes the next argument when that is not a flag, because dockerd
 * itself takes no arguments.
 */
export function givenFlags(args: readonly string[]): readonly GivenFlag[] {
  const found = new Map<string, string[]>();
  const note = (name: string, value: string): void => void found.set(name, [...(found.get(name) ?? []), value]);
  let next = 0;
  while (next < args.length) {
    const arg = args[next++] ?? '';
    if (arg === '--') break;
    const following = args[next];
    if (arg.startsWith('--')) next += readLong(arg.slice(2), following, note);
    else if (arg.startsWith('-') && arg.length > 1) next += readShort(arg.slice(1), following, note);
  }
  return [...found].map(([name, values]) => ({ name, values }));
}

type Note = (name: string, value: string) => void;

/** Returns how many of the following arguments were taken as its value. */
function readLong(text: string, following: string | undefined, note: Note): 0 | 1 {
  const equals = text.indexOf('=');
  if (equals !== -1) {
    note(text.slice(0, equals), text.slice(equals + 1));
    return 0;
  }
  const option = byName.get(text);
  // `--feature name` and the like are text on the command line, though booleans in the file.
  const takesValue = option ? !isSwitch(option) : following !== undefined && !following.startsWith('-');
  note(text, takesValue ? (following ?? '') : 'true');
  return takesValue ? 1 : 0;
}

function readShort(letters: string, following: string | undefined, note: Note): 0 | 1 {
  const letter = letters.slice(0, 1);
  const rest = letters.slice(1);
  const name = longName.get(letter) ?? letter;
  const option = byName.get(name);
  if (option && !isSwitch(option)) {
    note(name, rest === '' ? (following ?? '') : rest.replace(/^=/, ''));
    return rest === '' ? 1 : 0;
  }
  if (rest.startsWith('=')) {
    note(name, rest.slice(1));
    return 0;
  }
  note(name, 'true');
  return rest === '' ? 0 : readShort(rest, following, note);
}

const isSwitch = (option: Option): boolean => option.kind === 'boolean' && option.path.length === 1;

/** Names, with dashes, of flags that the next start is without, and of those that it has anew or with another value. */
export function flagDifference(now: readonly string[], next: readonly string[]) {
  // Init scripts name it behind the settings' back; it changes nothing for anybody.
  const valuesOf = (args: readonly string[]): ReadonlyMap<string, string> =>
    new Map(
      givenFlags(args).flatMap(({ name, values }) => (name === 'pidfile' ? [] : [[name, JSON.stringify(values)]])),
    );
  const [before, after] = [valuesOf(now), valuesOf(next)];
  return {
    gone: [...before.keys()].filter((name) => !after.has(name)).map((name) => `--${name}`),
    come: [...after].filter(([name, values]) => before.get(name) !== values).map(([name]) => `--${name}`),
  };
}

/**
 * The value that an option gets by flag; undefined where it is not given. The last one counts; lists hold all of them.
 * A boolean that dockerd could not read (it does not start with such a flag) counts as false.
 */
export function flagValue(args: readonly string[], option: Option): Json | undefined {
  const name = flagNameOf(option);
  const given = name === undefined ? undefined : givenFlags(args).find((flag) => flag.name === name);
  const last = given?.values.at(-1);
  if (!given || last === undefined) return undefined;
  if (option.path.length > 1 && (name === 'feature' || name === 'nri-opts')) return namedValue(given.values, option);
  switch (option.kind) {
    case 'boolean':
      return isTrue(last);
    case 'integer':
      return Number(last);
    case 'string':
    case 'size':
    case 'path':
      return last;
    case 'string[]':
    case 'object[]':
    case 'string-map':
    case 'object':
      return given.values;
  }
}

/** `--feature cdi=false` and `--feature cdi`: the value of one name among them. */
function namedValue(values: readonly string[], option: Option): Json | undefined {
  const name = option.path.at(-1) ?? '';
  const pairs = values.flatMap((value) => value.split(',')).map((pair) => pair.split('='));
  const found = pairs.findLast(([key]) => key === name);
  if (!found) return undefined;
  const value = found[1] ?? 'true';
  return option.kind === 'boolean' ? isTrue(value) : value;
}

/** As Go's strconv.ParseBool. */
const isTrue = (value: string): boolean => ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value);
