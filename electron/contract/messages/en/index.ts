// The English catalog: what the window says, and what only the tray and the command line say.
import { cli } from './cli.ts';
import { page } from './page.ts';
import { tray } from './tray.ts';

export const en = {
  ...page,
  cli,
  tray,
};
