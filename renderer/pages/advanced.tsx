// Daemon -> Advanced: live restore first, then every other option; while something is searched for, only what is found.
import type { Snapshot } from '@contract/snapshot.ts';
import { LiveRestoreCard } from '../parts/live-restore-card.tsx';
import type { OptionPart } from '../option-part.ts';

type AdvancedProps = {
  readonly snapshot: Snapshot;
  /** Null until it is loaded, a moment after the window. */
  readonly part: OptionPart | null;
  readonly query: string;
  readonly onClear: () => void;
};

export const Advanced = ({ snapshot, part, query, onClear }: AdvancedProps) => (
  <>
    {query.trim() === '' && <LiveRestoreCard snapshot={snapshot} />}
    {part && <part.Advanced snapshot={snapshot} words={part.words} query={query} onClear={onClear} />}
  </>
);
