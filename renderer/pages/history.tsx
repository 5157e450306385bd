// The past: every version of the file with who wrote it, the difference of any two, a way back, and what happened.
import { useEffect, useState } from 'react';
import type { FileVersion, History as Past, HistoryEntry } from '@contract/history.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { ChevronIcon } from '../parts/icons.tsx';
import { Mark, type Tone } from '../parts/mark.tsx';
import { Section } from '../parts/row.tsx';
import { VersionCompare } from '../parts/version-compare.tsx';
import { useActions, useMessages } from '../view.tsx';

export function History({ snapshot }: { readonly snapshot: Snapshot }) {
  const { history: words, window } = useMessages();
  const past = usePast(snapshot);
  return (
    <>
      <header className="head">
        <h1>{window.pages.history}</h1>
      </header>
      {past === null ? (
        <p className="dim">{words.reading}</p>
      ) : past.versions.length + past.entries.length === 0 ? (
        <p className="card empty">{words.none}</p>
      ) : (
        <>
          <Versions past={past} />
          <Section title={words.timeline}>
            {past.entries.length === 0 ? (
              <p className="card-text dim">{words.noEntries}</p>
            ) : (
              <ol className="timeline">
                {past.entries.map((entry, i) => (
                  <Entry key={`${entry.at} ${i}`} entry={entry} />
                ))}
              </ol>
            )}
          </Section>
        </>
      )}
    </>
  );
}

/** Read again whenever something happened that may have been written down. */
function usePast({ config, engine, lastOutcome, othersRestart }: Snapshot): Past | null {
  const actions = useActions();
  const [past, setPast] = useState<Past | null>(null);
  const etag = 'etag' in config ? config.etag : null;
  const grounds = `${etag} ${engine.state} ${engine.since} ${lastOutcome?.finishedAt ?? 0} ${othersRestart?.at ?? 0}`;
  useEffect(() => {
    let current = true;
    void actions.readHistory().then((read) => {
      if (current && read !== null) setPast(read);
    });
    return () => {
      current = false;
    };
  }, [actions, grounds]);
  return past;
}

function Versions({ past }: { readonly past: Past }) {
  const { history: words } = useMessages();
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Section title={words.versions}>
      <ul className="versions">
        {past.versions.map((version) => (
          <li key={version.id}>
            <Version
              version={version}
              open={chosen === version.id}
              onOpen={() => setChosen(chosen === version.id ? null : version.id)}
            />
            {chosen === version.id && <VersionCompare version={version} versions={past.versions} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

type VersionProps = { readonly version: FileVersion; readonly open: boolean; readonly onOpen: () => void };

function Version({ version, open, onOpen }: VersionProps) {
  const { history: words } = useMessages();
  const { id, at, by, current } = version;
  return (
    <button type="button" className="version" aria-expanded={open} onClick={onOpen}>
      <span className="row-words">
        <span className="row-title">{words.summary(version)}</span>
        <span className="row-help">
          {words.time(at)} · {words.writtenBy(words.by(by))}
        </span>
      </span>
      {current && <span className="pill">{words.current}</span>}
      <code className="dim">{words.short(id)}</code>
      <ChevronIcon />
    </button>
  );
}

function Entry({ entry }: { readonly entry: HistoryEntry }) {
  const { history: words } = useMessages();
  const { title, detail } = words.entry(entry);
  return (
    <li>
      <Mark tone={toneOf(entry)} />
      <div className="row-words">
        <p className="row-title">{title}</p>
        {detail !== '' &&
          detail.split('\n').map((line) => (
            <p className="row-help" key={line}>
              {line}
            </p>
          ))}
      </div>
      <time className="dim number" dateTime={new Date(entry.at).toISOString()}>
        {words.time(entry.at)}
      </time>
    </li>
  );
}

function toneOf(entry: HistoryEntry): Tone {
  if (entry.kind === 'file') return 'off';
  if (entry.kind === 'audit') return entry.changed.length + entry.orphans.length > 0 ? 'warn' : 'good';
  if (entry.kind === 'daemon') return entry.event === 'crashed' ? 'bad' : entry.ended.length > 0 ? 'warn' : 'off';
  if (entry.result === 'failed') return 'bad';
  return entry.result === 'rolled-back' || entry.problem !== null ? 'warn' : 'good';
}
