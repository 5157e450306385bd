// Starts a witness as a second process of the running bundle, and asks it.
import { fork } from 'node:child_process';
import type { Testimony, WitnessQuestion } from './testimony.ts';

export type Witness = {
  /** What it sees now, and has seen. */
  look(): Promise<Testimony>;
  /** Begins a new measurement of the gap; from then on it hears no events. */
  measureGap(): Promise<void>;
  end(): void;
};

const limitMs = 20_000;

/** Resolves when it watches. The bundle starts `watchAsWitness` for `--witness SOCKET MILLISECONDS`. */
export async function callWitness(socketPath: string, pingEveryMs: number): Promise<Witness> {
  const child = fork(process.argv[1] ?? '', ['--witness', socketPath, String(pingEveryMs)]);
  const next = (what: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(limit);
        child.off('message', heard).off('exit', gone);
      };
      const heard = (message: unknown): void => {
        settle();
        resolve(message);
      };
      const gone = (code: number | null): void => {
        settle();
        reject(new Error(`The witness ended with ${code} and did not say: ${what}`));
      };
      const limit = setTimeout(() => {
        settle();
        reject(new Error(`The witness did not say within ${limitMs} ms: ${what}`));
      }, limitMs);
      child.on('message', heard).on('exit', gone);
    });
  const asked = (question: WitnessQuestion): Promise<unknown> => {
    const answer = next(question);
    child.send(question);
    return answer;
  };
  await next('ready');
  return {
    look: async () => (await asked('look')) as Testimony,
    measureGap: async () => void (await asked('measure-gap')),
    end: () => child.disconnect(),
  };
}
