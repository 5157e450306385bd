// What a new configuration changes, option by option: the effect each change needs and the risk it brings.
import { isJsonObject, sameJson, type Json, type JsonObject } from '../contract/json.ts';
import { effectOf, isAtLeast, isGroup, optionFor } from '../contract/options.ts';
import type { OptionChange, Risk } from '../contract/plan.ts';
import type { EngineFacts } from '../contract/snapshot.ts';

/** The daemon that would take the changes; `facts` null when it does not run. */
export type Taker = { readonly version: string | null; readonly facts: EngineFacts | null };

/** The options that differ, in the order of the old file, then of the new one. */
export function changesBetween(before: JsonObject, after: JsonObject, taker: Taker): readonly OptionChange[] {
  const old = leavesOf(before);
  const now = leavesOf(after);
  const keys = [...new Set([...old.keys(), ...now.keys()])];
  return keys.flatMap((key): readonly OptionChange[] => {
    const from = old.get(key);
    const to = now.get(key);
    if (sameJson(from, to)) return [];
    const effect = effectFor(key, to, taker);
    return [{ key, from, to, effect, risk: riskOf({ key, from, to }, { ...taker, before, after }) }];
  });
}

/**
 * Values by key, dotted inside the objects that hold options of their own. A name that holds a dot itself is one name, in
 * quotes here: `{"features.buildkit": {...}}` is not that option, but an object that dockerd looks into for others.
 */
function leavesOf(values: JsonObject, prefix = ''): ReadonlyMap<string, Json> {
  const leaves = Object.entries(values).flatMap(([name, value]): readonly (readonly [string, Json])[] => {
    const key = `${prefix}${name.includes('.') ? JSON.stringify(name) : name}`;
    return isGroup(key) && isJsonObject(value) ? [...leavesOf(value, `${key}.`)] : [[key, value]];
  });
  return new Map(leaves);
}

/** A removed key sticks until a restart, unless the daemon shows that it has the default already. */
function effectFor(key: string, to: Json | undefined, { version, facts }: Taker): OptionChange['effect'] {
  if (to !== undefined) return effectOf(key, 'set', version);
  const running = key === 'live-restore' ? facts?.liveRestore : key === 'debug' ? facts?.debug : undefined;
  return effectOf(key, running === false ? 'set' : 'remove', version);
}

type Asked = Pick<OptionChange, 'key' | 'from' | 'to'>;
type Around = Taker & { readonly before: JsonObject; readonly after: JsonObject };

/** The catalogue's risk, less where this very change is harmless, more where it is known to be worse. */
export function riskOf({ key, from, to }: Asked, around: Around): Risk {
  const option = optionFor(key);
  if (!option) return 'unknown';
  switch (key) {
    case 'authorization-plugins':
      return Array.isArray(to) && to.length > 0 ? option.risk : 'none';
    case 'storage-driver':
      // Writing out the one in use changes nothing (measured on 20.10, 26.1, 28.5).
      return to !== undefined && to === around.facts?.storageDriver ? 'none' : option.risk;
    case 'data-root':
      return around.facts !== null && to === around.facts.dockerRootDir ? 'none' : option.risk;
    case 'runtimes':
    case 'default-runtime':
      return runtimeRisk(from, to, key, around);
    default: {
      const same = option.default !== null && sameJson(from ?? option.default, to ?? option.default);
      return same ? 'none' : option.risk;
    }
  }
}

/**
 * Containers of a runtime that goes cannot be started again. Without the runtime that is the default, 20.10 ends at the
 * reload by a panic, newer ones refuse it, and no version starts (measured on 20.10, 26.1, 28.5).
 */
function runtimeRisk(from: Json | undefined, to: Json | undefined, key: string, around: Around): Risk {
  const { before, after, version } = around;
  const runtimes = after['runtimes'];
  const asked = after['default-runtime'] ?? before['default-runtime'];
  const byDefault = typeof asked === 'string' && asked !== '' ? asked : 'runc';
  const isThere = byDefault === 'runc' || (isJsonObject(runtimes) && Object.hasOwn(runtimes, byDefault));
  // A name with dots is a shim that containerd finds by itself.
  if (!isThere && !byDefault.includes('.')) {
    return version !== null && !isAtLeast(version, '23.0') ? 'ends-daemon' : 'start-fails';
  }
  if (key !== 'runtimes' || !isJsonObject(from)) return 'none';
  const kept = Object.entries(from).every(([name, value]) => isJsonObject(to) && sameJson(to[name], value));
  return kept ? 'none' : 'later-start-fails';
}
