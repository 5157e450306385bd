// Runs the bench: everything in one run, side by side with the alternative. Entry of out/bench/bench.mjs.
import { watchAsWitness } from '../tour/witness.ts';
import { runBench } from './run-bench.ts';

const [first, ...rest] = process.argv.slice(2);
if (first === '--witness') watchAsWitness(rest[0] ?? '', Number(rest[1]));
else process.exitCode = await runBench(process.argv.slice(2));
