// Choices about this app: looks, login, notifications; and which daemon it is about.
import { useId } from 'react';
import { languages } from '@contract/messages/language.ts';
import { noticeKinds, type NoticeKind, type Preferences } from '@contract/preferences.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { Choice } from '../fields/choice.tsx';
import { Switch } from '../fields/switch.tsx';
import { toneOf } from '../engine-tone.ts';
import { Mark } from '../parts/mark.tsx';
import { LogLines, Note } from '../parts/note.tsx';
import { RightsSection } from '../parts/rights.tsx';
import { Row, Section } from '../parts/row.tsx';
import { foundBy, gapIn, stateWord } from '../sentences.ts';
import { useActions, useMessages, useView } from '../view.tsx';

export function General({ snapshot }: { readonly snapshot: Snapshot }) {
  const { general: words, pages } = useMessages().window;
  const actions = useActions();
  const { app, preferences } = snapshot;
  return (
    <>
      <header className="head">
        <h1>{pages.general}</h1>
      </header>
      {app.preferencesSetAside && <Note tone="warn" title={words.setAside(app.preferencesSetAside)} />}
      {!app.tray && <Note tone="off" title={words.noTray} />}
      <Section title={words.appearance}>
        <Chosen
          words={words.theme}
          value={preferences.theme}
          choices={['system', 'light', 'dark']}
          onChange={(theme) => void actions.prefer({ theme })}
        />
        <Chosen
          words={words.language}
          value={preferences.language}
          choices={['system', ...languages]}
          onChange={(language) => void actions.prefer({ language })}
        />
      </Section>
      <Section title={words.behavior}>
        <Switched name="openAtLogin" preferences={preferences} />
      </Section>
      <Notices preferences={preferences} />
      <MutedChecks preferences={preferences} />
      <Daemons snapshot={snapshot} />
      <RightsSection snapshot={snapshot} />
      <Sandbox snapshot={snapshot} />
    </>
  );
}

type ChosenProps<T extends string> = {
  readonly words: Readonly<Record<T, string>> & { readonly title: string; readonly help: string };
  readonly value: T;
  readonly choices: readonly T[];
  readonly onChange: (value: T) => void;
};

function Chosen<T extends string>({ words, value, choices, onChange }: ChosenProps<T>) {
  const id = useId();
  return (
    <Row id={id} title={words.title} help={words.help}>
      <Choice
        value={value}
        choices={choices.map((one) => [one, words[one]] as const)}
        onChange={onChange}
        id={id}
        describedBy={`${id}-help`}
      />
    </Row>
  );
}

function Switched({
  name,
  preferences,
}: {
  readonly name: 'openAtLogin' | 'notifications';
  readonly preferences: Preferences;
}) {
  const id = useId();
  const actions = useActions();
  const { [name]: words } = useMessages().window.general;
  return (
    <Row id={id} title={words.title} help={words.help}>
      <Switch
        checked={preferences[name]}
        onChange={(on) => void actions.prefer({ [name]: on })}
        id={id}
        describedBy={`${id}-help`}
      />
    </Row>
  );
}

/** All of them, and below it each kind on its own. */
function Notices({ preferences }: { readonly preferences: Preferences }) {
  const { general: words } = useMessages().window;
  return (
    <Section title={words.notifications.section}>
      <Switched name="notifications" preferences={preferences} />
      <div className="notices">
        {noticeKinds.map((kind) => (
          <Notified key={kind} kind={kind} preferences={preferences} />
        ))}
      </div>
    </Section>
  );
}

function Notified({ kind, preferences }: { readonly kind: NoticeKind; readonly preferences: Preferences }) {
  const id = useId();
  const actions = useActions();
  const { notices } = useMessages().window.general;
  const { mutedNotices: muted, notifications } = preferences;
  return (
    <Row id={id} title={notices[kind]}>
      <Switch
        checked={notifications && !muted.includes(kind)}
        disabled={!notifications}
        onChange={(on) => void (on ? actions.notices.unmute(kind) : actions.notices.mute(kind))}
        id={id}
      />
    </Row>
  );
}

/** Checks that are not told, each with its way back; nothing where there are none. */
function MutedChecks({ preferences: { mutedChecks } }: { readonly preferences: Preferences }) {
  const { doctor } = useMessages();
  const actions = useActions();
  if (mutedChecks.length === 0) return null;
  return (
    <Section title={doctor.muted}>
      {mutedChecks.map((check) => (
        <Row key={check} title={doctor.names[check]}>
          <button type="button" className="button" onClick={() => void actions.unmute(check)}>
            {doctor.unmute}
          </button>
        </Row>
      ))}
    </Section>
  );
}

function Daemons({ snapshot }: { readonly snapshot: Snapshot }) {
  const messages = useMessages();
  const { general: words } = messages.window;
  const actions = useActions();
  const locked = useView((view) => view.draft !== null || view.acting);
  const { candidates, target } = snapshot;
  if (candidates.length === 0) return null;
  const single = candidates.length === 1 && candidates[0]?.endpoint === target.endpoint;
  if (single) {
    const { state } = snapshot.engine;
    return (
      <Section title={words.daemon}>
        <Row title={<code className="path">{target.endpoint}</code>} help={words.oneDaemon}>
          <span className="state-word">
            <Mark tone={toneOf(state)} />
            {stateWord(messages, snapshot.engine)}
          </span>
        </Row>
      </Section>
    );
  }
  return (
    <Section title={words.daemon}>
      <fieldset className="radios" disabled={locked} aria-label={words.daemon}>
        {candidates.map((candidate) => (
          <label className="radio" key={`${candidate.endpoint} ${candidate.context}`}>
            <input
              type="radio"
              name="target"
              checked={candidate.endpoint === target.endpoint && candidate.context === target.context}
              onChange={() => void actions.choose(candidate.endpoint)}
            />
            <code className="row-title">{candidate.endpoint}</code>
            <span className="row-help">{foundBy(messages, candidate)}</span>
          </label>
        ))}
      </fieldset>
      {locked && <p className="card-note">{words.locked}</p>}
    </Section>
  );
}

function Sandbox({ snapshot }: { readonly snapshot: Snapshot }) {
  const id = useId();
  const messages = useMessages();
  const { general: words } = messages.window;
  const actions = useActions();
  const locked = useView((view) => view.draft !== null);
  const { sandbox } = snapshot.app;
  const now = {
    off: null,
    unavailable: sandbox.state === 'unavailable' ? words.sandboxMissing(sandbox.missing) : null,
    starting: words.sandboxStarting,
    on: sandbox.state === 'on' ? words.sandboxOn(sandbox.endpoint) : null,
    failed: words.sandboxFailed,
  }[sandbox.state];
  return (
    <Section title={words.sandbox}>
      <Row
        id={id}
        title={words.sandboxTitle}
        help={
          <>
            {words.sandboxHelp}
            {gapIn(messages)}
            {now && <span className="now">{now}</span>}
          </>
        }
      >
        <Switch
          checked={sandbox.state === 'on' || sandbox.state === 'starting'}
          disabled={sandbox.state === 'unavailable' || sandbox.state === 'starting' || locked}
          onChange={(on) => void actions.sandbox(on)}
          id={id}
          describedBy={`${id}-help`}
        />
      </Row>
      {sandbox.state === 'failed' && <LogLines lines={sandbox.lines} />}
    </Section>
  );
}
