// Options by their title where they have one, else by their key.
import type { Messages } from '@contract/messages/page.ts';
import type { FieldName } from './fields.ts';

/** `MTU` for `mtu`; keys without a field speak for themselves. */
export function titleOfKey({ window: { options, liveRestore } }: Messages, key: string): string {
  if (key === 'live-restore') return liveRestore.title;
  return Object.hasOwn(options, key) ? options[key as FieldName].title : key;
}
