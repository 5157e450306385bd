// Daemon -> Advanced: live restore first, then the options that ask for more care.
import type { Snapshot } from '@contract/snapshot.ts';
import { FieldGroups } from '../fields/field-groups.tsx';
import { advancedGroups } from '../fields/fields.ts';
import { LiveRestoreCard } from '../parts/live-restore-card.tsx';

export const Advanced = ({ snapshot }: { readonly snapshot: Snapshot }) => (
  <>
    <LiveRestoreCard snapshot={snapshot} />
    <FieldGroups groups={advancedGroups} snapshot={snapshot} />
  </>
);
