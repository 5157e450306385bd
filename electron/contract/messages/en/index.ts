// The English catalog, one file per area.
import { cli } from './cli.ts';
import { finding } from './finding.ts';
import { plan } from './plan.ts';
import { problem } from './problem.ts';
import { status } from './status.ts';
import { tray } from './tray.ts';
import { window } from './window.ts';

export const en = { language: 'en', cli, finding, plan, problem, status, tray, window };
