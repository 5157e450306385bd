// Runs what is measured for truth's sake and kept: `--survival`, the survival matrix. Entry of out/truth/truth.mjs.
import { join } from 'node:path';
import { runSurvival } from './run-survival.ts';
import { versions } from './survival-scenarios.ts';

const args = process.argv.slice(2);
const valueOf = (name: string): string | null => {
  const at = args.indexOf(name);
  return at === -1 ? null : (args[at + 1] ?? null);
};
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const wanted = valueOf('--engine');
const ok = await runSurvival({
  folder: valueOf('--results') ?? join(process.cwd(), 'test', 'truth'),
  only: valueOf('--only'),
  versions: versions.filter((version) => wanted === null || version === wanted),
  say,
});
process.exitCode = ok ? 0 : 1;
