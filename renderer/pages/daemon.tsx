// The daemon configuration: Basic, Advanced and JSON are three views of one draft.
import type { PlaceName } from '@contract/ipc.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { fileLock } from '../fields/field-state.ts';
import { FieldRow } from '../fields/field-row.tsx';
import { basicGroups, type Group } from '../fields/fields.ts';
import { ConfigNotes } from '../parts/config-notes.tsx';
import { Section } from '../parts/row.tsx';
import { useMessages, useView } from '../view.tsx';
import { Advanced } from './advanced.tsx';
import { JsonText } from './json.tsx';

type DaemonPlace = Extract<PlaceName, `daemon/${string}`>;
const tabs = ['basic', 'advanced', 'json'] as const;

export function Daemon({ snapshot, place }: { readonly snapshot: Snapshot; readonly place: DaemonPlace }) {
  const { window: words } = useMessages();
  return (
    <>
      <header className="head">
        <h1>{words.pages.daemon}</h1>
        <nav className="tabs" aria-label={words.tabs.label}>
          {tabs.map((tab) => (
            <a key={tab} href={`#daemon/${tab}`} aria-current={place === `daemon/${tab}` ? 'page' : undefined}>
              {words.tabs[tab]}
            </a>
          ))}
        </nav>
      </header>
      <ConfigNotes snapshot={snapshot} inJson={place === 'daemon/json'} />
      {place === 'daemon/basic' && <Fields groups={basicGroups} snapshot={snapshot} />}
      {place === 'daemon/advanced' && <Advanced snapshot={snapshot} />}
      {place === 'daemon/json' && <JsonText snapshot={snapshot} />}
    </>
  );
}

/** Groups of rows; all locked together where the file cannot be changed now. */
export function Fields({ groups, snapshot }: { readonly groups: readonly Group[]; readonly snapshot: Snapshot }) {
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
