// Runs what is measured for truth's sake and kept: `--config`, what starts; `--survival`, who survives. Entry of out/truth/truth.mjs.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programsFor, versions } from '../integration/real-daemon.ts';
import { printMachine, recordMachine } from './machine.ts';
import { containerdProgram, judgeConfigs } from './run-config.ts';
import { runSurvival } from './run-survival.ts';
import { openLane } from './world.ts';

const args = process.argv.slice(2);
const valueOf = (name: string): string | null => {
  const at = args.indexOf(name);
  return at === -1 ? null : (args[at + 1] ?? null);
};
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const folder = valueOf('--results') ?? join(process.cwd(), 'test', 'truth');
const wanted = valueOf('--engine');
const chosen = versions.filter((version) => wanted === null || version === wanted);

if (args.includes('--machine-inside')) await printMachine();
else if (args.includes('--machine')) await machine();
else {
  const both = !args.includes('--config') && !args.includes('--survival');
  if (both || args.includes('--config')) await config();
  if (both || args.includes('--survival')) await survival();
}

/** What the program sees of the machine on which configurations are judged. */
async function machine(): Promise<void> {
  const lane = await openLane(programsFor('28.5'), containerdProgram());
  try {
    const seen = await recordMachine(lane, [process.execPath, process.argv[1] ?? '', '--machine-inside']);
    writeFileSync(join(folder, 'machine.json'), `${JSON.stringify(seen, null, 2)}\n`);
  } finally {
    await lane.close();
  }
}

async function config(): Promise<void> {
  const lanes = Number(valueOf('--lanes') ?? 3);
  for (const version of chosen.toReversed()) {
    if (!(await judgeConfigs(version, { folder, lanes, fresh: args.includes('--fresh'), say }))) break;
  }
}

async function survival(): Promise<void> {
  // Results that are tried out make no page.
  const page = valueOf('--results') === null ? join(process.cwd(), 'docs', 'survival.md') : null;
  const ok = await runSurvival({ folder, only: valueOf('--only'), versions: chosen, page, say });
  process.exitCode = ok ? 0 : 1;
}
