// What the witness tells: words between two processes, no code.

/** The first process of a container, as the kernel tells it. */
export type SeenContainer = {
  readonly name: string;
  readonly pid: number;
  /** In clock ticks since the machine started, from `/proc/PID/stat`; null: there is no such process. */
  readonly startTicks: string | null;
};

/** All that a witness saw, up to now. */
export type Testimony = {
  readonly containers: readonly SeenContainer[];
  /** `LiveRestoreEnabled` of `/info`; null: no answer. */
  readonly liveRestore: boolean | null;
  /** `timeNano` of every `reload` event of the daemon, as decimal text. */
  readonly reloads: readonly string[];
  /** The longest time between two answers to `/_ping` since `measure-gap`, in ms. */
  readonly longestGapMs: number;
  readonly pings: number;
};

/** What a witness can be asked. `measure-gap` begins a new measurement, and ends the listening to events. */
export type WitnessQuestion = 'look' | 'measure-gap';
