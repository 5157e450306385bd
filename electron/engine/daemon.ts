// The running daemon as a transaction sees it: what is asked of it, and the receipt for a reload.
import type { Result } from '../contract/problem.ts';
import type { Container, EngineFacts } from '../contract/snapshot.ts';

/**
 * The daemon's own word that it read its file again: event `daemon`/`reload`, sent only after everything was taken
 * over (measured on 20.10, 26.1, 28.5). Attributes are the effective values, as text.
 */
export type ReloadEvent = {
  /** Decimal text of nanoseconds since 1970, as in the event. */
  readonly timeNano: string;
  readonly attributes: Readonly<Record<string, string>>;
};

/** Listening for reload events since it was made. */
export type ReloadReceipt = {
  /** The first event since then; `gone` when the daemon hung up, `timeout` after so many ms. */
  wait(limitMs: number): Promise<ReloadEvent | 'gone' | 'timeout'>;
  close(): void;
};

/** The questions a transaction asks. None of them wakes a sleeping daemon. */
export type Daemon = {
  /** True when `/_ping` answers 200 within the limit. */
  answers(limitMs: number): Promise<boolean>;
  facts(): Promise<Result<EngineFacts>>;
  /** All containers, with the process ids of those that run. */
  containers(): Promise<Result<readonly Container[]>>;
  /**
   * Hangs up what follows the daemon all the time; the returned function lets it follow again. An open stream keeps a
   * daemon of 26.1 and 28.5 from ending for 4 to 5 s (measured).
   */
  letGo(): () => void;
  /** Begins to listen; resolves once events are really received, or with why they cannot be. */
  listenForReload(): Promise<Result<ReloadReceipt>>;
};
