// The value that a daemon got for an option by its arguments.
import type { Json } from '@contract/json.ts';
import type { Option } from '@contract/options.ts';

/** The flag among a daemon's arguments, with all values given to it; null where it is not there. */
export function flagFor(
  names: readonly string[],
  args: readonly string[],
): { readonly name: string; readonly values: readonly string[] } | null {
  const found = args.flatMap((arg, i) => {
    const name = names.find((one) => arg === one || arg.startsWith(`${one}=`));
    if (name === undefined) return [];
    const next = args[i + 1];
    const value = arg === name ? (next === undefined || next.startsWith('-') ? '' : next) : arg.slice(name.length + 1);
    return [{ name, value }];
  });
  const first = found[0];
  return first ? { name: first.name, values: found.map(({ value }) => value) } : null;
}

/** What these values come to; `path` leads into the option's value where only a part of it is wanted. */
export function flagValueOf(values: readonly string[], option: Option, path: readonly string[]): Json | undefined {
  const inner = path[1];
  if (inner !== undefined && option.flags[0] !== `--${path.at(-1)}`) {
    const given = values.findLast((value) => value === inner || value.startsWith(`${inner}=`));
    if (given === undefined) return undefined;
    const value = given.includes('=') ? given.slice(inner.length + 1) : 'true';
    return option.kind === 'boolean' ? value !== 'false' : value;
  }
  const last = values.at(-1) ?? '';
  if (option.kind === 'boolean') return last !== 'false';
  if (option.kind === 'integer') return last === '' || Number.isNaN(Number(last)) ? undefined : Number(last);
  return option.kind.endsWith('[]') || option.kind === 'object' || option.kind === 'string-map' ? values : last;
}
