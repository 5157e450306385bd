// Default, file, flag and running value of every option, with where each comes from. What nobody tells stays unknown.
import { settingAt } from '../contract/change.ts';
import { sameJson, type Json, type JsonObject } from '../contract/json.ts';
import type { OptionSource, OptionTruth } from '../contract/option-truth.ts';
import { defaultOn, options, type Option } from '../contract/options.ts';
import { flagValue, givenFlags } from './daemon-flags.ts';
import { withoutSlash } from './running-options.ts';

/** What truths are made from. */
export type Sources = {
  /** The file's options; null: not known, or no readable file. */
  readonly values: JsonObject | null;
  readonly flags: readonly string[];
  readonly flagSource: string;
  /** File and line of single flags, by `--name`. */
  readonly flagPlaces: Readonly<Record<string, string>>;
  /** By key, from `/info`; empty for a daemon that does not answer. */
  readonly running: JsonObject;
  /** Null: not known. */
  readonly version: string | null;
};

/** What is true of every option. */
export const optionTruths = (sources: Sources): readonly OptionTruth[] =>
  options
    .filter(({ flags, settableInFile }) => settableInFile || flags.length > 0)
    .map((option) => truthOf(option, sources));

/** Only options of which something beside the default is known: few, so that they can be published. */
export const knownTruths = (sources: Sources): readonly OptionTruth[] =>
  optionTruths(sources).filter(({ file, flag, running }) => file !== null || flag !== null || running !== null);

function truthOf(option: Option, sources: Sources): OptionTruth {
  const file = (sources.values && settingAt(sources.values, option.path)) ?? null;
  const flag = flagOf(option, sources);
  const running = sources.running[option.key] ?? null;
  const fallback = defaultOn(option, sources.version);
  // Where the file is not known, nobody can say that the default holds.
  const told = flag?.value ?? file ?? (sources.values === null ? null : fallback);
  const isPending = running !== null && told !== null && !sameSetting(option.key, running, told);
  const pending = isPending ? told : null;
  return {
    key: option.key,
    value: running ?? told,
    source: isPending ? 'running' : sourceOf(flag, file, running, fallback),
    default: fallback,
    file,
    flag,
    running,
    pending,
  };
}

function sourceOf(flag: OptionTruth['flag'], file: Json, running: Json, fallback: Json): OptionSource {
  if (flag !== null) return kindOfPlace(flag.place);
  if (file !== null) return 'file';
  return running !== null && fallback === null ? 'running' : 'default';
}

/** By the file that gives the flag: drop-ins lie in folders named after their unit. */
export function kindOfPlace(place: string): 'flag' | 'drop-in' | 'environment' {
  const path = place.replace(/:\d+$/, '');
  if (/\.service\.d\/[^/]+\.conf$/.test(path)) return 'drop-in';
  return path.startsWith('/') && !path.endsWith('.service') ? 'environment' : 'flag';
}

function flagOf(option: Option, { flags, flagSource, flagPlaces }: Sources): OptionTruth['flag'] {
  const value = flagValue(flags, option);
  const name = option.flags[0];
  if (value === undefined || name === undefined) return null;
  // `host-gateway-ip` and `host-gateway-ips` share a flag: it sets the newer one where there is that.
  const given = givenFlags(flags).some((flag) => `--${flag.name}` === name);
  return given ? { name, value, place: flagPlaces[name] ?? flagSource } : null;
}

/** Order says nothing among registries and labels, nor does a slash behind a mirror. */
function sameSetting(key: string, running: Json, told: Json): boolean {
  const plain = (value: Json): Json =>
    Array.isArray(value)
      ? value.map((one: Json) => (typeof one === 'string' && key === 'registry-mirrors' ? withoutSlash(one) : one))
      : value;
  const [a, b] = [plain(running), plain(told)];
  if (!Array.isArray(a) || !Array.isArray(b) || key === 'registry-mirrors') return sameJson(a, b);
  return a.length === b.length && b.every((one: Json) => a.some((other: Json) => sameJson(one, other)));
}
