// Applies one change to a daemon and ends itself at a given point on the way, as a crash would.
import { createEngine } from '../../../electron/engine/engine.ts';
import { createPlatform } from '../../../electron/platform/index.ts';

const [endpoint = '', stateFolder = '', edits = '{}', at = '-'] = process.argv.slice(2);
let points = 0;

const engine = createEngine(
  { ...createPlatform(), stateFolder },
  {
    host: endpoint,
    context: null,
    configFile: null,
    manager: null,
    async probe(point) {
      points += 1;
      await new Promise<void>((resolve) => process.stdout.write(`${points} ${point}\n`, () => resolve()));
      if (String(points) === at) process.kill(process.pid, 'SIGKILL');
    },
  },
);
await engine.settled();
const { config } = engine.get();
const patch = Object.entries(JSON.parse(edits) as Record<string, never>).map(([key, set]) => ({ path: [key], set }));
const outcome = await engine.apply(
  { kind: 'patch', patch },
  { etag: 'etag' in config ? config.etag : null, accept: [] },
);
process.stdout.write(`result ${outcome.result} ${JSON.stringify(outcome.problem)}\n`);
await engine.close();
