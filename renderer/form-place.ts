// Where in the forms an option has its row.
import type { PlaceName } from '@contract/ipc.ts';
import { basicGroups } from './fields/fields.ts';

/** Basic where the option, or something in it, stands there; else Advanced, which has the rest. */
export function formPlaceOf(path: readonly string[]): PlaceName {
  const key = path[0];
  const basic = basicGroups.some(({ fields }) => fields.some((field) => field.path[0] === key));
  return basic ? 'daemon/basic' : 'daemon/advanced';
}
