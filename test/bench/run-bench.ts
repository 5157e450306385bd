// Reads the arguments, measures one subject after the other, prints the table and keeps the numbers.
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { measureAllOptions } from './all-options.ts';
import { measureBundles, sizesLine } from './bundles.ts';
import { measureChanging } from './changing.ts';
import { startDaemon, type BenchDaemon } from './daemon.ts';
import { measureOpening } from './opening.ts';
import { measurePainting } from './painting.ts';
import { measureRestarting } from './restarting.ts';
import { measureResting } from './resting.ts';
import { keep, tableOf, type Row } from './results.ts';

type Subject = (daemon: BenchDaemon, quick: boolean) => Promise<readonly Row[]>;

const subjects: Readonly<Record<string, Subject>> = {
  opening: (daemon, quick) => measureOpening(daemon, quick ? 5 : 15),
  resting: (daemon, quick) => measureResting(daemon, quick ? 1 : 3, quick ? 10_000 : 60_000),
  painting: (daemon, quick) => measurePainting(daemon, quick ? 6 : 20),
  changing: (daemon, quick) => measureChanging(daemon, quick ? 6 : 30),
  restarting: (daemon, quick) => measureRestarting(daemon, quick ? 3 : 15),
  options: (daemon, quick) => measureAllOptions(daemon, quick ? 5 : 15),
  bundles: () => Promise.resolve(measureBundles()),
};

/** Exit code 1 where a target was not met, 2 where the arguments were not understood. */
export async function runBench(args: readonly string[]): Promise<number> {
  const options = optionsFrom(args);
  if (options === null) {
    console.error(`usage: npm run bench -- [--quick] [--engine VERSION] [--only ${Object.keys(subjects).join(',')}]`);
    return 2;
  }
  const { quick, engine, only } = options;
  const loadBefore = loadavg()[1] ?? 0;
  const daemon = await startDaemon(engine);
  const rows: Row[] = [];
  try {
    for (const name of only) {
      process.stderr.write(`bench: ${name}\n`);
      rows.push(...((await subjects[name]?.(daemon, quick)) ?? []));
    }
  } finally {
    await daemon.end();
  }
  const about = {
    at: new Date().toISOString(),
    command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
    node: process.version,
    runtime: process.env['AFLOAT_RUNTIME'] ?? '',
    machine: {
      kernel: release(),
      cores: cpus().length,
      processor: cpus()[0]?.model ?? '',
      memoryGb: Math.round(totalmem() / 1e9),
      // Of the five minutes before: what else ran on this machine when the bench began.
      loadBefore,
    },
  };
  console.log(tableOf(rows));
  if (only.includes('bundles')) console.log(`\n${sizesLine(about.at.slice(0, 10))}`);
  console.log(`\nkept: ${keep(join(process.cwd(), 'bench-results'), about, rows)}`);
  return rows.some(({ met }) => met === false) ? 1 : 0;
}

function optionsFrom(args: readonly string[]) {
  let quick = false;
  let engine: string | null = null;
  let only: readonly string[] = Object.keys(subjects);
  for (let i = 0; i < args.length; i += 1) {
    const value = args[i + 1];
    if (args[i] === '--quick') quick = true;
    else if (args[i] === '--engine' && value !== undefined) [engine, i] = [value, i + 1];
    else if (args[i] === '--only' && value !== undefined) [only, i] = [value.split(','), i + 1];
    else return null;
  }
  return only.every((name) => Object.hasOwn(subjects, name)) ? { quick, engine, only } : null;
}
