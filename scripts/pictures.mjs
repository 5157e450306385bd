// Draws the pictures of the documentation: opens the real app on a sandbox daemon and photographs it on its way.

import { runHeadless } from './lib/headless.mjs';
import { runMain } from './lib/say.mjs';

await runMain(() => runHeadless('pictures', 'test/pictures/pictures.ts'));
