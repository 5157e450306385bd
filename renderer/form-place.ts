// Where in the forms an option has its row.
import type { PlaceName } from '@contract/ipc.ts';

/** Advanced has every option; Basic only repeats some of them. */
export const formPlaceOf = (_path: readonly string[]): PlaceName => 'daemon/advanced';
