// What is true of one option now: its value, where that comes from, and what else speaks of it.
import type { Json } from './json.ts';

/** Where a value comes from. `running`: only the daemon itself tells of it. */
export type OptionSource = 'default' | 'file' | 'flag' | 'drop-in' | 'environment' | 'running';

/** null stands for what is not set, or not told; nothing is guessed. */
export type OptionTruth = {
  /** Dotted key in daemon.json. */
  readonly key: string;
  /** What the daemon runs with where that is told, else what it was told to run with; null: not known. */
  readonly value: Json;
  readonly source: OptionSource;
  readonly default: Json;
  readonly file: Json;
  readonly flag: {
    readonly name: string;
    readonly value: Json;
    /** The file and line, or else the unit or command line, that gives it. */
    readonly place: string;
  } | null;
  /** What the API says; null: it tells nothing of this option. */
  readonly running: Json;
  /** What the daemon would have after its next start, where that differs from what it is known to run with. */
  readonly pending: Json;
};
