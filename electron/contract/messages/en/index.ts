// The English catalog: what the window says, and what only tray, notifications, command line and its manual say.
import { cli } from './cli.ts';
import { manual } from './manual.ts';
import { notices } from './notices.ts';
import { page } from './page.ts';
import { tray } from './tray.ts';

export const en = {
  ...page,
  cli,
  manual,
  notices,
  tray,
};
