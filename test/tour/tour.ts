// Shows the real app at work on a real daemon, and checks every figure from outside. Entry of out/tour/tour.mjs.
import { watchAsWitness } from './witness.ts';

const [first, socketPath = '', pingEveryMs] = process.argv.slice(2);
if (first === '--witness') watchAsWitness(socketPath, Number(pingEveryMs));
else {
  // Only here, so that the witness shares no code with what it watches.
  const { giveTour } = await import('./give-tour.ts');
  process.exitCode = await giveTour();
}
