// The English catalog: what the window says, and what only tray, notifications and command line say.
import { cli } from './cli.ts';
import { notices } from './notices.ts';
import { page } from './page.ts';
import { tray } from './tray.ts';

export const en = {
  ...page,
  cli,
  notices,
  tray,
};
