// What the command line needs from the process that runs it; a test gives its own.
import type { JsonObject } from '../contract/json.ts';
import type { Result } from '../contract/problem.ts';
import type { DiagnosticsFacts } from '../engine/diagnostics.ts';
import type { Engine, EngineOptions } from '../engine/engine.ts';

/** Of diagnostics, what is not about the daemon; `log` is the desktop program's, whole. */
export type OwnFacts = Omit<DiagnosticsFacts, 'view' | 'env' | 'log' | 'now'> & { readonly log: string };

export type Output = {
  readonly isTty: boolean;
  write(text: string): void;
};

/** `interrupt` is Ctrl-C; `end` every other wish of the system. */
export type Signal = 'interrupt' | 'end';

export type CliSurroundings = {
  /** The words behind the program's name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: {
    readonly isTty: boolean;
    /** Everything up to its end. */
    read(): Promise<Uint8Array>;
    /** One line without its end; null where there is none any more. The question was written before. */
    readLine(): Promise<string | null>;
  };
  readFile(path: string): Promise<Uint8Array>;
  /** A new file for its owner alone; `replace`: also in the place of one that is there, else that rejects with `EEXIST`. */
  writeFile(path: string, text: string, replace: boolean): Promise<void>;
  /** What diagnostics tell of this program and this computer. */
  ownFacts(): Promise<OwnFacts>;
  /** Calls back when the program is told to end. Returns the way to stop. */
  onSignal(listener: (signal: Signal) => void): () => void;
  /** Resolves when all of standard output is out: with the system's code where it could not be written, else with null. */
  flushed(): Promise<string | null>;
  /** Calls back when nobody reads standard output any more. Returns the way to stop. */
  onStdoutClosed(listener: () => void): () => void;
  /** Ends the process at once. */
  leave(code: number): void;
  /** Loads the engine and begins to look. */
  createEngine(options: EngineOptions): Promise<Engine>;
  /** A private daemon with a copy of this configuration, and an engine on it. */
  openSandbox(config: JsonObject): Promise<Result<{ readonly engine: Engine; end(): Promise<void> }>>;
  /** Where a backup of this configuration file lies; `asRoot`: the privileged step made it. */
  backupPath(configPath: string, id: string, asRoot: boolean): Promise<string>;
};
