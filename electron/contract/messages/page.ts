// The sentences of the window: the page loads those of one language, and none of the tray and the command line.
import type { page } from './en/page.ts';

export type Messages = typeof page;
