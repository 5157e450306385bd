// Basic and Advanced: all options as rows in groups, what does not apply here behind a filter, and what a search finds.
import { useMemo, useState } from 'react';
import type { OptionGroup } from '@contract/options-form.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { firstControlIn } from '../first-control.ts';
import { LiveRestoreCard } from '../parts/live-restore-card.tsx';
import { Section } from '../parts/row.tsx';
import { useMessages, useView } from '../view.tsx';
import { useFileLock } from './field-state.ts';
import { basicFields, fieldsByGroup, optionFields, type OptionField } from './option-fields.ts';
import { OptionRow } from './option-row.tsx';
import { matches, queryOf, searchIndex } from './option-search.ts';
import { optionGrounds, optionState, type OptionState } from './option-state.ts';
import type { OptionWords } from './option-words.ts';

type OptionsProps = {
  readonly snapshot: Snapshot;
  readonly words: OptionWords;
  /** What is searched for; empty: nothing. */
  readonly query: string;
  readonly onClear: () => void;
};

type Shown = { readonly field: OptionField; readonly state: OptionState };
type ShownGroup = readonly [group: OptionGroup, rows: readonly Shown[]];

/** A search goes over all options, wherever it begins. */
export const BasicOptions = (props: OptionsProps) =>
  props.query.trim() === '' ? <Options {...props} groups={basicFields} whole={false} /> : <AllOptions {...props} />;

export const AllOptions = (props: OptionsProps) => <Options {...props} groups={fieldsByGroup} whole />;

function Options({
  snapshot,
  words,
  query,
  onClear,
  groups,
  whole,
}: OptionsProps & { readonly groups: typeof fieldsByGroup; readonly whole: boolean }) {
  const { window: shared } = useMessages();
  const draft = useView((view) => view.draft);
  const plan = useView((view) => view.forecast.plan);
  const [foreignToo, setForeignToo] = useState(false);
  const index = useMemo(() => searchIndex(optionFields, words), [words]);
  const asked = queryOf(query);
  const searches = asked.words.length > 0 || asked.tokens.length > 0;
  const grounds = useMemo(() => optionGrounds(snapshot, draft), [snapshot, draft]);
  const found = groups.map(([group, fields]): ShownGroup => {
    const rows = fields.map((field) => ({ field, state: optionState(field, grounds) }));
    return [group, searches ? rows.filter(({ field, state }) => matches(asked, index, field, state)) : rows];
  });
  // What stands in the file is shown whether it applies or not.
  const hides = ({ state }: Shown): boolean => state.foreign !== null && state.own === undefined && state.flag === null;
  const hidden = found.reduce((sum, [, rows]) => sum + rows.filter(hides).length, 0);
  const shown = found
    .map(([group, rows]): ShownGroup => [group, foreignToo ? rows : rows.filter((row) => !hides(row))])
    .filter(([, rows]) => rows.length > 0);
  const isFound = (field: OptionField): boolean => matches(asked, index, field, optionState(field, grounds));
  const liveRestoreFound = searches && optionFields.some((field) => field.name === 'live-restore' && isFound(field));
  const count = shown.reduce((sum, [, rows]) => sum + rows.length, liveRestoreFound ? 1 : 0);
  const busy = (snapshot.containers?.counts.running ?? 0) > 0;
  const lock = useFileLock(snapshot);
  return (
    <>
      {whole && !searches && <GroupIndex groups={shown} words={words} />}
      <output className={searches && count > 0 ? 'search-found' : 'unseen'}>
        {searches ? (count === 0 ? words.search.none(query.trim()) : words.search.found(count)) : ''}
      </output>
      {searches && count === 0 && (
        <div className="card empty">
          {/* Said by the line above to those who listen. */}
          <p aria-hidden="true">{words.search.none(query.trim())}</p>
          <button type="button" className="button" onClick={onClear}>
            {words.search.clear}
          </button>
        </div>
      )}
      {liveRestoreFound && <LiveRestoreCard snapshot={snapshot} />}
      <fieldset className="fields" disabled={lock !== null}>
        <legend className="unseen">{shared.pages.daemon}</legend>
        {shown.map(([group, rows]) => (
          <div className="option-group" id={`options-${group}`} key={group}>
            <Section title={words.groups[group]}>
              {rows.map(({ field, state }) => (
                <OptionRow
                  key={field.name}
                  field={field}
                  state={state}
                  words={words}
                  planned={plan?.changes.find(({ key }) => key === field.name)}
                  busy={busy}
                />
              ))}
            </Section>
          </div>
        ))}
      </fieldset>
      {hidden > 0 && (whole || searches) && (
        <label className="foreign-too">
          <input type="checkbox" checked={foreignToo} onChange={(event) => setForeignToo(event.target.checked)} />
          {words.foreign(hidden)}
        </label>
      )}
    </>
  );
}

/** The groups as one line of buttons: each brings its group to the top. */
function GroupIndex({ groups, words }: { readonly groups: readonly ShownGroup[]; readonly words: OptionWords }) {
  const go = (group: OptionGroup): void => {
    const target = document.querySelector<HTMLElement>(`#options-${group}`);
    // Groups on the way have their height only once they were seen: some frames later every one of them was.
    const settle = (frames: number): void => {
      target?.scrollIntoView({ block: 'start' });
      if (frames > 0) requestAnimationFrame(() => settle(frames - 1));
    };
    settle(6);
    const row = target?.querySelector('[data-option]');
    if (row) firstControlIn(row)?.focus({ preventScroll: true });
  };
  return (
    <nav className="group-index" aria-label={words.index}>
      {groups.map(([group, rows]) => {
        const changed = rows.filter(({ state }) => state.modified).length;
        return (
          <button type="button" key={group} onClick={() => go(group)}>
            {words.groups[group]}
            {changed > 0 && <span className="changed">{changed}</span>}
          </button>
        );
      })}
    </nav>
  );
}
