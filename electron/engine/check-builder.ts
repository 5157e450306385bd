// What BuildKit, which is built in, is told to keep and to forget.
import { isJsonObject, type Json } from '../contract/json.ts';
import type { Hurt } from '../contract/check-kinds.ts';
import { fault, isOld, since, takesSize, type Context, type Unplaced } from './check-context.ts';
import { memberOf } from './check-type.ts';
import { isDuration, isInteger, isMoment } from './go-values.ts';

/** Read by BuildKit at every start; what it cannot read ends the daemon (measured on 28.5, not so on 26.1). */
export function builderFindings(context: Context): readonly Unplaced[] {
  const hurts = since(context, '28.0') ? 'start' : 'nothing';
  const own = entry(context.values, 'builder');
  const gc = entry(own, 'gc');
  const sizes = ['defaultKeepStorage', 'defaultReservedSpace', 'defaultMaxUsedSpace', 'defaultMinFreeSpace'];
  const usual = sizes.flatMap((name) => size(entry(gc, name), ['builder', 'gc', name], hurts, context));
  const policy = entry(gc, 'policy');
  const rules: readonly Json[] = Array.isArray(policy) ? policy : [];
  const inside = rules.flatMap((rule, index) => {
    const path = ['builder', 'gc', 'policy', String(index)];
    const limits = ['keepStorage', 'reservedSpace', 'maxUsedSpace', 'minFreeSpace'];
    return [
      ...limits.flatMap((name) => size(entry(rule, name), [...path, name], hurts, context)),
      ...filter(entry(rule, 'filter'), [...path, 'filter'], hurts, context),
    ];
  });
  const age = entry(entry(own, 'history'), 'maxAge');
  const isAge = typeof age !== 'string' || age === '' || isDuration(age) || isInteger(age);
  return [
    ...usual,
    ...inside,
    ...(isAge ? [] : [fault(['builder', 'history', 'maxAge'], age, 'not-a-duration', 'always')]),
  ];
}

/** A list of texts, or an object of objects. Of its texts BuildKit reads one, how long something was not used. */
function filter(value: Json | undefined, path: readonly string[], hurts: Hurt, context: Context): readonly Unplaced[] {
  if (value === undefined || value === null) return [];
  const list: readonly Json[] = Array.isArray(value) ? value : [];
  const isReadable = Array.isArray(value)
    ? list.every((one) => one === null || typeof one === 'string')
    : isJsonObject(value) && Object.values(value).every((one) => isJsonObject(one));
  if (!isReadable) return [fault(path, value, 'not-a-filter', 'always')];
  // The oldest breaks down over one without a value (measured on 20.10).
  const bare = isOld(context) ? list.findIndex((one) => typeof one === 'string' && !one.includes('=')) : -1;
  if (bare !== -1) return [fault([...path, String(bare)], list[bare], 'not-a-filter', 'always')];
  const pairs = Array.isArray(value)
    ? list.map((one, index) => ({ ...pairOf(typeof one === 'string' ? one : ''), at: String(index) }))
    : Object.entries(value).flatMap(([name, given]) =>
        isJsonObject(given) ? Object.keys(given).map((time) => ({ name, time, at: name })) : [],
      );
  const times = pairs.filter(({ name }) => name === 'until' || name === 'unused-for');
  // Two of them are one too many, whichever they are.
  if (times.length > 1) return [fault(path, value, 'not-a-filter', hurts)];
  const unread = times.filter(({ time }) => !isMoment(time));
  return unread.map(({ time, at }) => fault([...path, at], time, 'not-a-duration', hurts));
}

function pairOf(text: string): { readonly name: string; readonly time: string } {
  const [name = '', ...rest] = text.split('=');
  return { name: name.trim().toLowerCase(), time: rest.join('=').trim() };
}

function size(value: Json | undefined, path: readonly string[], hurts: Hurt, context: Context): readonly Unplaced[] {
  if (typeof value !== 'string' || value === '') return [];
  return takesSize(context, value) ? [] : [fault(path, value, 'not-a-size', hurts)];
}

const entry = (value: Json | undefined, name: string): Json | undefined => memberOf(value, name)?.value;
