// Every option as a field: where it stands in the file, how it is filled in, and on which page it is shown.
import { isJsonObject, type JsonObject } from '@contract/json.ts';
import { optionForms, optionGroups, type OptionForm, type OptionGroup } from '@contract/options-form.ts';
import { isAtLeast, knownOn, newestKnownVersion, options, type Option } from '@contract/options.ts';
import type { ValueForm } from '@contract/value-forms.ts';
import type { OptionWords } from './option-words.ts';

/** An option, or a part of one that has a row of its own. */
export type OptionField = {
  /** Dotted key: of the option, or with the part behind it. */
  readonly name: string;
  readonly option: Option;
  readonly about: OptionForm;
  readonly form: ValueForm;
  readonly path: readonly string[];
  /** An entry inside of the option's value. */
  readonly part: keyof OptionWords['parts'] | null;
  readonly example: string;
};

/** Why an option does not apply to a daemon. */
export type Foreign =
  | { readonly why: 'flagOnly' | 'linux' | 'windows' }
  | { readonly why: 'since' | 'removed'; readonly version: string };

/** Flags that only make dockerd print something are no options to look at. */
const noOptions = new Set(['help', 'version', 'validate', 'restart']);

export const optionFields: readonly OptionField[] = options
  .filter(({ key }) => !noOptions.has(key))
  .map((option) => {
    const about = optionForms[option.key];
    const { form, example } = about;
    return { name: option.key, option, about, form, path: writtenPath(option), part: null, example };
  });

/** Groups with their fields, in the order of the catalogue's forms. Live restore itself has a card of its own. */
export const fieldsByGroup: readonly (readonly [group: OptionGroup, fields: readonly OptionField[]])[] = (() => {
  const order = Object.keys(optionForms);
  const sorted = optionFields
    .filter(({ name }) => name !== 'live-restore')
    .toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  return optionGroups.map((group) => [group, sorted.filter(({ about }) => about.group === group)] as const);
})();

/** The fields of the Basic page, by group; parts of the log options stand in their place. */
export const basicFields: readonly (readonly [group: OptionGroup, fields: readonly OptionField[]])[] = fieldsByGroup
  .map(([group, fields]) => {
    const basic = fields
      .filter(({ about }) => about.basic !== null)
      .toSorted((a, b) => (a.about.basic ?? 0) - (b.about.basic ?? 0));
    return [group, basic.flatMap((field) => (field.name === 'log-opts' ? logParts(field) : [field]))] as const;
  })
  .filter(([, fields]) => fields.length > 0);

function logParts({ option, about }: OptionField): readonly OptionField[] {
  const part = (name: keyof OptionWords['parts'], form: ValueForm, example: string): OptionField => ({
    name,
    option,
    about,
    form,
    path: name.split('.'),
    part: name,
    example,
  });
  return [
    part('log-opts.max-size', { kind: 'size' }, '10m'),
    part('log-opts.max-file', { kind: 'text', of: 'count' }, '3'),
  ];
}

/** As Docker's own pages write it: below `builder` everything begins with a small letter. */
function writtenPath({ path }: Option): readonly string[] {
  if (path[0] !== 'builder') return path;
  return path.map((name) => (name === 'GC' ? 'gc' : name.replace(/^[A-Z]/, (letter) => letter.toLowerCase())));
}

/** Where this file has the option: keys below `builder` are read whatever their case. */
export function pathIn(values: JsonObject, { path }: Pick<OptionField, 'path'>): readonly string[] {
  if (path[0] !== 'builder') return path;
  let now: unknown = values;
  return path.map((name) => {
    const inside = isJsonObject(now as JsonObject) ? (now as JsonObject) : {};
    const key = Object.keys(inside).find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
    now = inside[key];
    return key;
  });
}

/** Why a daemon of this version (null: not known) and system does not take the option in its file; null where it does. */
export function foreignTo(option: Option, version: string | null, osType: string): Foreign | null {
  if (!option.settableInFile) return { why: 'flagOnly' };
  if (option.platform === 'windows' && osType !== 'windows') return { why: 'windows' };
  if (option.platform === 'linux' && osType === 'windows') return { why: 'linux' };
  if (knownOn(option, version)) return null;
  const gone = option.removed !== null && (version === null || isAtLeast(version, option.removed));
  return gone ? { why: 'removed', version: option.removed ?? '' } : { why: 'since', version: option.since };
}

/** Whether Docker calls the option deprecated, or takes it without effect, in this version. */
export function isDeprecated({ option, about }: OptionField, version: string | null): boolean {
  const now = version ?? newestKnownVersion;
  return [about.deprecated, option.ignoredSince].some((since) => since !== null && isAtLeast(now, since));
}
