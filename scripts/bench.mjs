// Measures the app side by side with a bare window and with doing things by hand.

import { runHeadless } from './lib/headless.mjs';
import { runMain } from './lib/say.mjs';

await runMain(() => runHeadless('bench', 'test/bench/bench.ts'));
