// Tells plain JSON from everything else that can arrive from a page: dates, maps and bytes come as themselves.
import type { Json } from '../contract/json.ts';

/** How deep a request may be; a real daemon.json has four levels. */
const maxDepth = 100;

/** True for values that JSON can hold, nested no deeper than a request may be. */
export function isJson(value: unknown, depth = maxDepth): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (depth === 0 || typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth - 1));
  const isPlain = Object.getPrototypeOf(value) === Object.prototype;
  return isPlain && Object.values(value).every((item) => isJson(item, depth - 1));
}
