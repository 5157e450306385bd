// The two windows that are compared: the app on a daemon that runs, and the bare one; each with a profile of its own.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messagesIn } from '../../electron/contract/messages/index.ts';
import { appLaunch, makeBareWindow } from './bare-window.ts';
import type { BenchDaemon } from './daemon.ts';
import { openWindow, type OpenedWindow } from './opened-window.ts';

export type Windows = {
  app(more?: readonly string[]): Promise<OpenedWindow>;
  bare(): Promise<OpenedWindow>;
};

/** The effective value of live restore, which only the daemon's `/info` can tell. */
function liveDataShown(): string {
  const { on, off } = messagesIn('en').status.liveRestore;
  const words = JSON.stringify([on, off]);
  return `${words}.includes(document.querySelector('.truths dd')?.textContent)`;
}

/** Profiles are kept from one opening to the next, as they are for a user. */
export function twoWindows(daemon: BenchDaemon): Windows {
  const homes = { app: join(daemon.folder, 'app-home'), bare: join(daemon.folder, 'bare-home') };
  for (const home of Object.values(homes)) mkdirSync(home, { recursive: true });
  // The page of the very first start is no part of what is measured.
  mkdirSync(join(homes.app, 'Afloat'), { recursive: true });
  writeFileSync(join(homes.app, 'Afloat', 'preferences.json'), '{ "welcomed": true }\n');
  const bare = makeBareWindow(daemon.folder);
  return {
    app: (more = ['--host', daemon.sandbox.endpoint]) =>
      openWindow(appLaunch(), { args: more, home: homes.app, isShown: liveDataShown() }),
    bare: () => openWindow(bare, { args: [], home: homes.bare, isShown: `document.querySelector('h1') !== null` }),
  };
}
