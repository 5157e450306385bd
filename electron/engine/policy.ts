// Reads the policy file strictly: one that is not understood in every part locks everything, and says where its fault is.
import { settingAt } from '../contract/change.ts';
import type { Policy, PolicyFault, PolicyOption } from '../contract/policy.ts';
import { isJsonObject, sameJson, type Json, type JsonObject } from '../contract/json.ts';
import { isGroup, optionFor, settingsInWrappers } from '../contract/options.ts';
import type { Finding } from '../contract/plan.ts';
import { policyDifferences } from '../contract/policy.ts';
import type { ConfigPlaces } from './config-places.ts';
import { readConfigText } from './config-text.ts';

/** What stands at the policy's place, as the platform found it. */
export type PolicyFile =
  | { readonly kind: 'none' }
  | { readonly kind: 'untrusted'; readonly path: string; readonly at: string }
  | { readonly kind: 'denied'; readonly path: string }
  | { readonly kind: 'read'; readonly path: string; readonly bytes: Uint8Array };

/** The format; see docs/policy.md. */
const VERSION = 1;

export function policyIn(file: PolicyFile): Policy {
  switch (file.kind) {
    case 'none':
      return { state: 'none' };
    case 'untrusted':
      return { state: 'untrusted', path: file.path, at: file.at };
    case 'denied':
      return { state: 'faulty', path: file.path, fault: { kind: 'denied', where: file.path } };
    case 'read':
      return parsed(file.path, file.bytes);
  }
}

/** Carries the first fault out of the readers below; never leaves this file. */
class Faulty extends Error {
  readonly fault: PolicyFault;
  constructor(kind: PolicyFault['kind'], where: string) {
    super(kind);
    this.fault = { kind, where };
  }
}

function parsed(path: string, bytes: Uint8Array): Policy {
  const text = readConfigText(bytes, path, null);
  if (!text.ok) {
    const { problem } = text;
    const where = problem.kind === 'config.invalid' ? `${problem.place.line}:${problem.place.column}` : path;
    return { state: 'faulty', path, fault: { kind: 'not-json', where } };
  }
  const [twice] = text.value.duplicates;
  if (twice) return { state: 'faulty', path, fault: { kind: 'not-json', where: twice.path.join('.') } };
  try {
    const { values } = text.value;
    onlyMembers(values, ['version', 'locked', 'defaults'], '');
    if (values['version'] !== VERSION) throw new Faulty('version', 'version');
    return {
      state: 'in-force',
      path,
      locked: optionsIn(values, 'locked', false),
      defaults: optionsIn(values, 'defaults', true),
    };
  } catch (error) {
    if (error instanceof Faulty) return { state: 'faulty', path, fault: error.fault };
    throw error;
  }
}

function optionsIn(values: JsonObject, name: 'locked' | 'defaults', needsValue: boolean): readonly PolicyOption[] {
  const list = values[name];
  if (list === undefined) return [];
  if (!isJsonObject(list)) throw new Faulty('wrong-type', name);
  return Object.entries(list).map(([key, entry]) => {
    const where = `${name}.${key}`;
    const path = key.split('.');
    if (!isKnown(path)) throw new Faulty('unknown-option', where);
    if (!isJsonObject(entry)) throw new Faulty('wrong-type', where);
    onlyMembers(entry, ['value', 'reason'], where);
    const value: Json | undefined = entry['value'];
    if (needsValue && value === undefined) throw new Faulty('no-value', where);
    const { reason } = entry;
    if (reason !== undefined && typeof reason !== 'string') throw new Faulty('wrong-type', `${where}.reason`);
    return { key, path, value, reason: reason ?? null };
  });
}

/** An option of the catalogue, or something in one, such as `log-opts.max-size`; or a group of options. */
function isKnown(path: readonly string[]): boolean {
  if (path.includes('')) return false;
  const outward = path.map((_, i) => path.slice(0, i + 1).join('.'));
  return outward.some((key) => optionFor(key) !== undefined) || isGroup(path.join('.')) || path[0] === 'features';
}

function onlyMembers(values: JsonObject, members: readonly string[], where: string): void {
  const extra = Object.keys(values).find((key) => !members.includes(key));
  if (extra !== undefined) throw new Faulty('unknown-member', where === '' ? extra : `${where}.${extra}`);
}

/** What is to be told of the policy itself, and of a file that it wants otherwise. */
export function policyFindings(policy: Policy, values: JsonObject | null, places: ConfigPlaces): readonly Finding[] {
  switch (policy.state) {
    case 'none':
      return [];
    case 'untrusted':
      return [finding('warning', { kind: 'policy-untrusted', policy: policy.path, at: policy.at })];
    case 'faulty':
      return [finding('error', { kind: 'policy-faulty', policy: policy.path, fault: policy.fault })];
    case 'in-force':
      return policyDifferences(policy, values ?? {}).map(({ key, path, value }): Finding => {
        const locked = policy.locked.some((lock) => lock.key === key);
        const about = { kind: 'policy-differs', policy: policy.path, key, value: value ?? null } as const;
        return { severity: locked ? 'warning' : 'info', path, place: places.placeOf(path), about };
      });
  }
}

const finding = (severity: Finding['severity'], about: Finding['about']): Finding => ({
  severity,
  path: [],
  place: null,
  about,
});

/** The first lock that a change would break: it alters the option, and not to what the policy wants. */
export function brokenLock(policy: Policy, before: JsonObject | null, after: JsonObject): PolicyOption | null {
  if (policy.state !== 'in-force') return null;
  return (
    policy.locked.find(({ path, value }) => {
      if (isHiddenAnew(path, before, after)) return true;
      const to = settingAt(after, path);
      if (value !== undefined && sameJson(to, value)) return false;
      // Of a file that cannot be read nobody knows what it said; what the policy wants is then the only right value.
      if (before === null) return value !== undefined;
      return !sameJson(settingAt(before, path), to);
    }) ?? null
  );
}

/** A lock has to hold for what stands in an object that dockerd looks through, too. */
function isHiddenAnew(path: readonly string[], before: JsonObject | null, after: JsonObject): boolean {
  const hidden = path.length === 1 ? settingsInWrappers(after, path[0] ?? '') : [];
  const known = before === null ? [] : settingsInWrappers(before, path[0] ?? '');
  return hidden.length > 0 && !sameJson(hidden, known);
}
