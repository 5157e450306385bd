// Reads the VALUE of KEY=VALUE: as JSON where it is JSON, else as the very text.
import type { Json } from '../contract/json.ts';

/** Thrown inside the JSON reviver; never leaves this file. */
class Inexact extends Error {}

/** The value; null where it holds a number that a double cannot hold, which would be written as another one. */
export function readValue(text: string): { readonly value: Json } | null {
  try {
    return { value: JSON.parse(text, keepExact) as Json };
  } catch (error) {
    // Not JSON is the ordinary case: `log-driver=local`.
    return error instanceof Inexact ? null : { value: text };
  }
}

function keepExact(_: string, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) throw new Inexact();
  return value;
}
