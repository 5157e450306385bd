// The daemon configuration: Basic, Advanced and JSON are three views of one draft.
import { useState } from 'react';
import type { PlaceName } from '@contract/ipc.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { useFileLock } from '../fields/field-state.ts';
import { ConfigNotes } from '../parts/config-notes.tsx';
import { FormJump } from '../parts/form-jump.tsx';
import { UndoButtons } from '../parts/undo-buttons.tsx';
import { RescueCard } from '../parts/rescue-card.tsx';
import { WayBackCard } from '../parts/way-back.tsx';
import { OptionSearchBox } from '../parts/option-search-box.tsx';
import { useMessages, useView } from '../view.tsx';
import { Advanced } from './advanced.tsx';

type DaemonPlace = Extract<PlaceName, `daemon/${string}`>;
const tabs = ['basic', 'advanced', 'json'] as const;

export function Daemon({ snapshot, place }: { readonly snapshot: Snapshot; readonly place: DaemonPlace }) {
  const { window: words } = useMessages();
  const part = useView((view) => view.optionPart);
  const late = useView((view) => view.latePart);
  const [query, setQuery] = useState('');
  const way = useView((view) => (view.jump?.to === 'form' ? view.jump : null));
  const [led, setLed] = useState(way);
  if (way !== led) {
    setLed(way);
    // The row that somebody is led to may be none of what is searched for.
    if (way !== null) setQuery('');
  }
  const lock = useFileLock(snapshot);
  // What is searched for is looked for in all options, whichever page was open: a click on a page leaves the search.
  const searches = query.trim() !== '' && place !== 'daemon/json';
  const clear = (): void => setQuery('');
  return (
    <>
      <header className="head">
        <h1>{words.pages.daemon}</h1>
        <nav className="tabs" aria-label={words.tabs.label}>
          {tabs.map((tab) => (
            <a
              key={tab}
              href={`#daemon/${tab}`}
              aria-current={place === `daemon/${tab}` && !searches ? 'page' : undefined}
              onClick={clear}
            >
              {words.tabs[tab]}
            </a>
          ))}
        </nav>
        <UndoButtons />
        {part && place !== 'daemon/json' && <OptionSearchBox part={part} query={query} onChange={setQuery} />}
      </header>
      <RescueCard snapshot={snapshot} />
      {place !== 'daemon/json' && <WayBackCard snapshot={snapshot} />}
      <FormJump />
      <ConfigNotes snapshot={snapshot} inJson={place === 'daemon/json'} />
      {place === 'daemon/basic' && part && (
        <part.Basic snapshot={snapshot} words={part.words} query={query} onClear={clear} />
      )}
      {place === 'daemon/advanced' && <Advanced snapshot={snapshot} part={part} query={query} onClear={clear} />}
      {place === 'daemon/basic' && late && query.trim() === '' && (
        <late.PresetsSection snapshot={snapshot} locked={lock !== null} />
      )}
      {place === 'daemon/json' && late && <late.JsonText snapshot={snapshot} />}
    </>
  );
}
