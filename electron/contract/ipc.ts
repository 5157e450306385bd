// The one door between the page and the main process: names and types; nothing here touches Electron.
import type { ProcessName } from './audit.ts';
import type { Change } from './change.ts';
import type { OptionLink } from './options-form.ts';
import type { Drill } from './drill.ts';
import type { History, VersionText, WayBack } from './history.ts';
import type { PipesReport } from './outage.ts';
import type { Outcome } from './outcome.ts';
import type { Consent, Plan } from './plan.ts';
import type { ExportForm } from './export-form.ts';
import type { PatchFile } from './patch-file.ts';
import type { Preset } from './preset.ts';
import type { Preferences } from './preferences.ts';
import type { Result } from './problem.ts';
import type { Snapshot } from './snapshot.ts';

/** Pages that may be opened in the browser; the page names a key, never an address. */
export type Link = OptionLink | 'docs.install';

/** What a verb without a change of the file is called. */
export type Verb = 'reload' | 'restart' | 'start' | 'stop';

/** Everything a page can ask for. */
export type Requests = {
  /** What this change would do. Touches nothing. */
  'config.plan': { input: Change; output: Plan };
  /** Makes a change true, or puts everything back. `etag` is of the file that was shown; null: there was none. */
  'config.apply': {
    input: { change: Change; etag: string | null } & Consent;
    output: Outcome;
  };
  /** Shows the configuration file in the file manager. */
  'config.reveal': { input: null; output: null };
  /** What this verb would do. Touches nothing. */
  'engine.plan': { input: Verb; output: Plan };
  'engine.act': { input: { verb: Verb } & Consent; output: Outcome };
  /** Stops a container by hand that the daemon does not manage: exactly this process, or none. */
  'orphan.end': { input: ProcessName; output: null };
  /** Reads, as administrator and after a question, what this user may not see. Changes nothing. */
  'engine.look': { input: null; output: null };
  /** Writes live restore before the start that would stop containers, then starts. `keep`: it stays on afterwards. */
  'engine.rescue': { input: { etag: string | null; keep: boolean }; output: Outcome };
  /** What there is to go back to while the daemon is down. Touches nothing. */
  'engine.way-back': { input: null; output: WayBack };
  /** Puts that version into the file and starts the daemon with it; `etag` is of the file that was shown. */
  'engine.go-back': { input: { id: string; etag: string | null } & Consent; output: Outcome };
  /** Makes the log pipes of all that run at least that large, in bytes; they stay so until their container restarts. */
  'pipes.enlarge': { input: number; output: PipesReport };
  /** What is known of the past of the daemon and its file. */
  'history.read': { input: null; output: History };
  /** The text of a version, by its id. */
  'history.text': { input: string; output: VersionText };
  /** Starts the containers that ended with the daemon, in their order. */
  'containers.start-again': { input: null; output: null };
  /** Rehearses a restart with a throw-away container; refused where it would harm another one. */
  'drill.run': { input: null; output: Drill };
  /** Reads everything again, without waking a sleeping daemon. */
  'engine.refresh': { input: null; output: null };
  /** Chooses among the snapshot's candidates, by endpoint. */
  'target.choose': { input: string; output: null };
  'sandbox.start': { input: null; output: null };
  'sandbox.stop': { input: null; output: null };
  'preferences.set': { input: Partial<Preferences>; output: null };
  'link.open': { input: Link; output: null };
  'log.reveal': { input: null; output: null };
  'preferences.reveal': { input: null; output: null };
  /** The presets for this daemon; the input is the address for the mirror. Touches nothing. */
  'presets.list': { input: string | null; output: readonly Preset[] };
  /** Asks for a patch file and reads it; null: none was chosen. It goes nowhere by itself. */
  'patch.import': { input: null; output: PatchFile | null };
  /** Asks where to, and writes the change in this form; false: nowhere was chosen. */
  'patch.export': { input: { form: ExportForm; change: Change }; output: boolean };
  /** A text that helps to find out what is wrong, without anything private, to be shown before the next two. */
  'diagnostics.make': { input: null; output: string };
  /** Copies the text that was shown. */
  'diagnostics.copy': { input: null; output: null };
  /** Saves the text that was shown, where the user says in a dialog of the system: its path, or null for nowhere. */
  'diagnostics.save': { input: null; output: string | null };
  /** Tells whether a draft is open: the target never changes under it. */
  'draft.open': { input: boolean; output: null };
};

export type RequestName = keyof Requests;

// Keeps the list honest: a forgotten or misspelt request does not compile.
const names: Record<RequestName, true> = {
  'config.plan': true,
  'config.apply': true,
  'config.reveal': true,
  'engine.plan': true,
  'engine.act': true,
  'orphan.end': true,
  'engine.look': true,
  'engine.rescue': true,
  'engine.way-back': true,
  'engine.go-back': true,
  'pipes.enlarge': true,
  'history.read': true,
  'history.text': true,
  'containers.start-again': true,
  'drill.run': true,
  'engine.refresh': true,
  'target.choose': true,
  'sandbox.start': true,
  'sandbox.stop': true,
  'preferences.set': true,
  'link.open': true,
  'log.reveal': true,
  'preferences.reveal': true,
  'presets.list': true,
  'patch.import': true,
  'patch.export': true,
  'diagnostics.make': true,
  'diagnostics.copy': true,
  'diagnostics.save': true,
  'draft.open': true,
};

export const requests = Object.keys(names) as readonly RequestName[];

/** Main to page: a new snapshot. */
export const SNAPSHOT = 'snapshot';
/** Page to main: watch; answered at once with the current snapshot. */
export const WATCH = 'snapshot.watch';
/** Main to page: open this place (from the tray or a notification). */
export const NAVIGATE = 'navigate';

/** The places of the window, as in the address after `#`. `welcome` is that of the first start, and of no other. */
export const places = [
  'welcome',
  'general',
  'daemon/basic',
  'daemon/advanced',
  'daemon/json',
  'status',
  'history',
  'about',
] as const;
export type PlaceName = (typeof places)[number];

/** Parts of Status that something outside of the window can be about. */
export type StatusPart = 'outcome' | 'others-restart' | 'findings' | 'containers';

/** What main may ask the page to do: show a place, perhaps with a confirmation for a verb open on it. */
export type Navigation = {
  readonly place: PlaceName;
  /** Where on Status; its beginning where not given. */
  readonly part?: StatusPart;
  readonly confirm: Verb | 'live-restore-on' | 'live-restore-off' | null;
};

/** `window.bridge` in the page. */
export type Bridge = {
  readonly [R in RequestName]: (input: Requests[R]['input']) => Promise<Result<Requests[R]['output']>>;
} & {
  /** Calls back at once with the current snapshot, and again after every change. Returns the way to stop. */
  readonly watch: (listener: (snapshot: Snapshot) => void) => () => void;
  readonly onNavigate: (listener: (to: Navigation) => void) => () => void;
};
