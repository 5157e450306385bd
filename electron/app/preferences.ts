// Keeps the user's choices about the app, and small things that the app remembers, in one file that cannot stop it.
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { checkIds, type CheckId } from '../contract/doctor.ts';
import { places, type PlaceName } from '../contract/ipc.ts';
import { defaultPreferences, noticeKinds, type NoticeKind, type Preferences } from '../contract/preferences.ts';
import { preferenceChecks } from './preference-checks.ts';
import { placeFrom, type WindowPlace } from './window-place.ts';

/** Everything in the file. */
export type Kept = {
  readonly preferences: Preferences;
  readonly window: WindowPlace | null;
  /** What the window showed when it was closed. */
  readonly page: PlaceName | null;
  /** Whether a window was closed before: the first one opens on a page of its own. */
  readonly welcomed: boolean;
  /** Whether it was said that this desktop has no tray. */
  readonly toldNoTray: boolean;
};

/** What writes: `electron-store`, whose writes are atomic. */
export type Writer = { set(values: Record<string, unknown>): void };

export type PreferencesFile = {
  readonly path: string;
  /** Where an unreadable file was put; null where there was none, or where it had to stay. */
  readonly setAside: string | null;
  get(): Kept;
  /** Writes what changes. What `get` says afterwards is what was written. */
  set(change: Partial<Preferences>): Promise<void>;
  keepWindow(place: WindowPlace, page: PlaceName | null): Promise<void>;
  keepToldNoTray(): Promise<void>;
  /** Resolves when everything that was asked for so far is on disk, or has failed. */
  written(): Promise<void>;
};

/**
 * Reads the file once, without any library, so that the window need not wait; a value that makes no sense is as good as
 * absent, and a file that makes none is set aside. Writing opens the store when it is first needed.
 */
export function openPreferences(folder: string, openWriter: (folder: string) => Promise<Writer>): PreferencesFile {
  const path = join(folder, 'preferences.json');
  const read = readKept(path);
  const setAside = read === 'broken' ? putAside(path) : null;
  // Whoever has a broken file has been here before.
  let kept = keptFrom(read === 'broken' ? { welcomed: true } : read);
  let writer: Promise<Writer> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function write(values: Record<string, unknown>, after: (now: Kept) => Kept): Promise<void> {
    writer ??= openWriter(folder);
    (await writer).set(values);
    kept = after(kept);
  }

  function queued(values: Record<string, unknown>, after: (now: Kept) => Kept): Promise<void> {
    const written = write(values, after);
    // Whoever asked hears of a failure; the next one is not held up by it.
    last = Promise.allSettled([last, written]);
    return written;
  }

  return {
    path,
    setAside,
    get: () => kept,
    set: (change) => queued({ ...change }, (now) => ({ ...now, preferences: { ...now.preferences, ...change } })),
    keepWindow(window, last) {
      const shown = { window, page: last === 'welcome' ? null : last, welcomed: true };
      return queued(shown, (now) => ({ ...now, ...shown }));
    },
    keepToldNoTray: () => queued({ toldNoTray: true }, (now) => ({ ...now, toldNoTray: true })),
    written: async () => {
      await last;
    },
  };
}

/** Where the window opens; null: the page's own first place. */
export const placeToOpen = ({ welcomed, page }: Kept): PlaceName | null => (welcomed ? page : 'welcome');

/** The store that writes the file. */
export async function openStore(folder: string): Promise<Writer> {
  const { default: Store } = await import('electron-store');
  const store = new Store<Record<string, unknown>>({ name: 'preferences', cwd: folder });
  return { set: (values) => store.set(values) };
}

function readKept(path: string): Readonly<Record<string, unknown>> | 'broken' {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // The first start, or a file that may not be read: defaults serve, and writing will tell.
    return {};
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : 'broken';
  } catch {
    // Cut off or edited by hand: the user gets it back under another name.
    return 'broken';
  }
}

/** Null where it has to stay: defaults serve all the same, and writing will tell. */
function putAside(path: string): string | null {
  const aside = path.replace(/\.json$/, `.broken-${new Date().toISOString().replace(/[:.]/g, '-')}.json`);
  try {
    renameSync(path, aside);
  } catch {
    // A read-only home, or a folder that is not ours.
    return null;
  }
  return aside;
}

function keptFrom(values: Readonly<Record<string, unknown>>): Kept {
  const valid = <P extends keyof Preferences>(key: P): Preferences[P] => {
    const value = values[key];
    return preferenceChecks[key](value) ? value : defaultPreferences[key];
  };
  return {
    preferences: {
      theme: valid('theme'),
      language: valid('language'),
      openAtLogin: valid('openAtLogin'),
      notifications: valid('notifications'),
      mutedNotices: mutedIn(values['mutedNotices']),
      mutedChecks: mutedChecksIn(values['mutedChecks']),
    },
    window: placeFrom(values['window']),
    page: places.find((place) => place === values['page']) ?? null,
    welcomed: values['welcomed'] === true,
    toldNoTray: values['toldNoTray'] === true,
  };
}

/** Each one that is known; what another version wrote costs none of them. */
const mutedIn = (value: unknown): readonly NoticeKind[] =>
  Array.isArray(value) ? noticeKinds.filter((kind) => value.includes(kind)) : defaultPreferences.mutedNotices;

/** As above. */
const mutedChecksIn = (value: unknown): readonly CheckId[] =>
  Array.isArray(value) ? checkIds.filter((id) => value.includes(id)) : defaultPreferences.mutedChecks;
