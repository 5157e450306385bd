// Shows the real app at work without a display: drives it on a sandbox daemon and reports what it proved.

import { runHeadless } from './lib/headless.mjs';
import { runMain } from './lib/say.mjs';

await runMain(() => runHeadless('tour', 'test/tour/tour.ts'));
