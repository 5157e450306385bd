// Groups of rows; all locked together where the file cannot be changed now.
import type { Snapshot } from '@contract/snapshot.ts';
import { Section } from '../parts/row.tsx';
import { useMessages, useView } from '../view.tsx';
import { FieldRow } from './field-row.tsx';
import { fileLock } from './field-state.ts';
import type { Group } from './fields.ts';

export function FieldGroups({ groups, snapshot }: { readonly groups: readonly Group[]; readonly snapshot: Snapshot }) {
  const { window: words } = useMessages();
  const draft = useView((view) => view.draft);
  const lock = fileLock(snapshot, draft, words);
  return (
    <fieldset className="fields" disabled={lock !== null}>
      <legend className="unseen">{words.pages.daemon}</legend>
      {groups.map((group) => (
        <Section key={group.name} title={words.groups[group.name]}>
          {group.fields.map((field) => (
            <FieldRow key={field.name} field={field} snapshot={snapshot} />
          ))}
        </Section>
      ))}
    </fieldset>
  );
}
