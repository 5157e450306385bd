// The commands of the past: every version of the file and what happened, and an earlier version put back.
import type { FileVersion, History } from '../contract/history.ts';
import type { Messages } from '../contract/messages/index.ts';
import { separators } from '../contract/messages/separators.ts';
import { applyChange, type ApplyWishes } from './act.ts';
import { exitCodes } from './exit-code.ts';
import { withEngine, type Session } from './session.ts';
import { visible, type TextStyle } from './text-style.ts';

export const history = (session: Session, id: string | null): Promise<number> =>
  withEngine(session, false, async (engine) => {
    const { screen } = session;
    const known = await engine.history();
    if (!known.ok) return screen.problem(known.problem);
    if (id !== null) {
      const version = await engine.versionText(id);
      if (!version.ok) return screen.problem(version.problem);
      screen.result(version.value, () => version.value.text);
      return exitCodes.done;
    }
    const { messages, style } = screen;
    screen.result(historyDocument(known.value, messages), () => historyText(known.value, messages, style));
    return exitCodes.done;
  });

export const rollback = (
  session: Session,
  { id, yes, accept }: { readonly id: string | null } & Pick<ApplyWishes, 'yes' | 'accept'>,
): Promise<number> =>
  withEngine(session, true, async (engine) => {
    const { screen } = session;
    const known = await engine.history();
    if (!known.ok) return screen.problem(known.problem);
    const earlier = id ?? beforeCurrent(known.value.versions)?.id ?? null;
    if (earlier === null) return screen.problem({ kind: 'history.none-earlier' });
    const version = await engine.versionText(earlier);
    if (!version.ok) return screen.problem(version.problem);
    const { history: words } = screen.messages;
    const at = known.value.versions.find((one) => one.id === version.value.id)?.at ?? 0;
    if (!screen.json) screen.aside(`${words.cli.restoring(words.short(version.value.id), words.time(at))}\n`);
    const change = { kind: 'text', text: version.value.text } as const;
    return applyChange(session, engine, change, { yes, accept, inputIsTaken: false });
  });

/** The newest one that is older than what stands in the file; where that is not known, the newest of all. */
function beforeCurrent(versions: readonly FileVersion[]): FileVersion | null {
  const at = versions.findIndex(({ current }) => current);
  return versions[at + 1] ?? null;
}

function historyDocument({ versions, entries }: History, { history: words }: Messages) {
  return {
    versions: versions.map(({ id, at, by, changes, first, current }) => ({
      id,
      time: new Date(at).toISOString(),
      by,
      summary: words.summary({ changes, first }),
      etag: id,
      changes,
      current,
    })),
    entries: entries.map(({ at, ...entry }) => ({ time: new Date(at).toISOString(), ...entry })),
  };
}

function historyText({ versions, entries }: History, { history: words, language }: Messages, style: TextStyle): string {
  if (versions.length === 0 && entries.length === 0) return `${words.none}\n`;
  const lines = versions.map(({ id, at, by, changes, first, current }) => {
    const about = [words.writtenBy(words.by(by)), ...(current ? [words.current] : [])].join(separators[language].words);
    return `  ${words.short(id)}  ${words.time(at)}  ${style.quiet(visible(about))}\n      ${visible(words.summary({ changes, first }))}\n`;
  });
  const happened = entries.map((entry) => {
    const { title, detail } = words.entry(entry);
    const details = detail === '' ? [] : detail.split('\n').map((line) => `      ${style.quiet(visible(line))}\n`);
    return `  ${words.time(entry.at)}  ${visible(title)}\n${details.join('')}`;
  });
  return `${words.versions}\n${lines.join('')}\n${words.timeline}\n${happened.join('')}`;
}
