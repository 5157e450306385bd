// A configuration that only the start of a real daemon finds wrong: neither our checks nor `--validate` look that far.

import type { Json } from '../../electron/contract/json.ts';

/** With it dockerd of 20.10, 26.1 and 28.5 ends at its start (measured). */
export const unforeseen = {
  'log-driver': 'awslogs',
  // An integer, but none of 64 bits.
  'log-opts': { 'awslogs-group': 'x', 'awslogs-max-buffered-events': '99999999999999999999' },
} as const;

/** As edits: what `set` and `setting` of the tests take. */
export const unforeseenEdits: readonly (readonly [string, Json])[] = Object.entries(unforeseen);

/** What the daemon says when it ends. */
export const unforeseenLine = 'awslogs-max-buffered-events';
