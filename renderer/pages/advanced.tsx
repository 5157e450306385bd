// Daemon -> Advanced: live restore first, then the options that ask for more care.
import type { Snapshot } from '@contract/snapshot.ts';
import { advancedGroups } from '../fields/fields.ts';
import { LiveRestoreCard } from '../parts/live-restore-card.tsx';
import { Fields } from './daemon.tsx';

export const Advanced = ({ snapshot }: { readonly snapshot: Snapshot }) => (
  <>
    <LiveRestoreCard snapshot={snapshot} />
    <Fields groups={advancedGroups} snapshot={snapshot} />
  </>
);
