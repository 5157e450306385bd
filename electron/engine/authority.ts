// Keeps a transaction within what an administrator authorized: everyday options, or those that the question named.
import type { Change, Edit } from '../contract/change.ts';
import { isGroup } from '../contract/options.ts';
import { isJsonObject, type Json } from '../contract/json.ts';
import { namedKeys, type Authority } from '../contract/privileged.ts';
import { fail, type Result } from '../contract/problem.ts';
import type { Prepared } from './apply.ts';
import { readConfigText } from './config-text.ts';
import type { RecoverySite } from './recover.ts';
import type { RescueSite } from './rescue.ts';
import type { WayBackSite } from './start-with.ts';

/** What was authorized, and which options the question named. */
export type Authorized = { readonly authority: Authority; readonly named: readonly string[] };

/** The site with every plan held against the authorization, under the lock, by what really differs. */
export function within(site: ChangeSite, { authority, named }: Authorized): ChangeSite {
  const held = <P extends Prepared>(prepared: Result<P>): Result<P> => {
    if (!prepared.ok) return prepared;
    const allowed = authority === 'change' ? named : [];
    const missing = keysToName(prepared.value).filter((key) => !allowed.includes(key));
    return missing.length === 0 ? prepared : fail({ kind: 'authorization.insufficient', keys: missing });
  };
  return {
    ...site,
    prepare: async (change) => held(await site.prepare(change)),
    prepareRescue: async () => held(await site.prepareRescue()),
    prepareWayBack: async (earlier) => held(await site.prepareWayBack(earlier)),
  };
}

/** Whatever writes the file goes by one of its plans. */
export type ChangeSite = RecoverySite & RescueSite & WayBackSite;

/** The options of a change that are authorized each time, by the names that the question uses. */
export function keysToName({ plan, before, after }: Pick<Prepared, 'plan' | 'before' | 'after'>): readonly string[] {
  const old = before.bytes === null ? null : readConfigText(before.bytes, '', null);
  // What stands in the file already was written by whoever may.
  const changes = plan.changes.filter(({ waiting }) => waiting !== true);
  // Of a text that cannot be read nobody knows what goes with it.
  if (old?.ok === false) return namedKeys([...changes, { key: '' }]);
  const now = readConfigText(after, '', null);
  // dockerd merges objects that stand twice, so that it takes more than the last one says.
  const twice = now.ok ? now.value.duplicates.map(({ path }) => ({ key: path[0] ?? '' })) : [{ key: '' }];
  const risky = twice.length === 0 ? [] : [...twice, { key: '' }];
  const opaque = changes.some(({ key, from, to }) => hides(key, from) || hides(key, to));
  return namedKeys([...changes, ...risky, ...(opaque ? [{ key: '' }] : [])]);
}

/** As `keysToName`, of edits on a file that the asker may not read. */
export function keysOfEdits(change: Change): readonly string[] {
  if (change.kind === 'text') return namedKeys([{ key: '' }]);
  return namedKeys(
    change.patch.flatMap((edit) => {
      const key = keyOfEdit(edit);
      return 'set' in edit && hides(key, edit.set) ? [{ key }, { key: '' }] : [{ key }];
    }),
  );
}

/**
 * Whether other options may stand in this value of an everyday one: a dockerd that does not know the option looks into
 * an object as if what is inside stood outside. Into these two no version looks.
 */
const hides = (key: string, value: Json | undefined): boolean =>
  isJsonObject(value) && key !== 'log-opts' && key !== 'default-ulimits' && namedKeys([{ key }]).length === 0;

/** The option that an edit is about, dotted inside the objects that hold options of their own. A dot in a name is none. */
export function keyOfEdit({ path }: Edit): string {
  const names = isGroup(path[0] ?? '') ? path : path.slice(0, 1);
  return names.map((name) => (name.includes('.') ? JSON.stringify(name) : name)).join('.');
}
