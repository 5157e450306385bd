// Makes diagnostics when asked, and copies or saves exactly the text that was shown: the page hands over neither text nor path.
import { fail, ok, type Result } from '../contract/problem.ts';

export type DeskPorts = {
  readonly make: () => string;
  readonly copy: (text: string) => Promise<void>;
  /** Asks the user where to; null: nowhere. */
  readonly chooseFile: (suggested: string) => Promise<string | null>;
  readonly write: (path: string, text: string) => Promise<void>;
  readonly now: () => Date;
};

export type DiagnosticsDesk = {
  make(): Result<string>;
  copy(): Promise<Result<null>>;
  /** The path that the user chose, or null. */
  save(): Promise<Result<string | null>>;
};

export function createDiagnosticsDesk(ports: DeskPorts): DiagnosticsDesk {
  let shown: string | null = null;
  const text = (): string => (shown ??= ports.make());
  return {
    make() {
      shown = null;
      return ok(text());
    },
    async copy() {
      await ports.copy(text());
      return ok(null);
    },
    async save() {
      const day = ports.now().toISOString().slice(0, 10);
      const path = await ports.chooseFile(`afloat-diagnostics-${day}.txt`);
      if (path === null) return ok(null);
      try {
        await ports.write(path, text());
        return ok(path);
      } catch (error) {
        return fail({
          kind: 'diagnostics.not-saved',
          path,
          cause: error instanceof Error ? error.message : String(error),
        });
      }
    },
  };
}
