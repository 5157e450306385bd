// The way through the app: switch live restore on, apply, restart, with a picture at every stop and a report at the end.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { messagesIn } from '../../electron/contract/messages/index.ts';
import type { Outcome } from '../../electron/contract/outcome.ts';
import type { Snapshot } from '../../electron/contract/snapshot.ts';
import { openApp } from '../e2e/app.ts';
import { callWitness } from './call-witness.ts';
import { disagreements } from './disagreements.ts';
import { reportOf } from './report.ts';
import { firstSnapshot } from './snapshots.ts';

const folder = join(process.cwd(), 'tour');
const size = { width: 980, height: 700 };
const pingEveryMs = 20;
/** Far more than the way takes: an app that hangs is ended and told of, not waited for. */
const limitMs = 90_000;
const { window: words } = messagesIn('en');

/** Exit code 0, or 1 where app and witness differ. Throws where the way is blocked. */
export async function giveTour(): Promise<number> {
  const began = Date.now();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  say('opening Afloat with a sandbox daemon');
  const app = await openApp({ args: ['--sandbox'] });
  const overdue = setTimeout(() => {
    say(`nothing more came for too long: ending the app after ${limitMs / 1000} s`);
    app.electron.process().kill('SIGKILL');
  }, limitMs);
  try {
    const page = await app.page();
    await app.electron.evaluate(({ BrowserWindow }, { width, height }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
    }, size);
    const start = await firstSnapshot(page, 'running');
    const witness = await callWitness(start.target.endpoint.replace('unix://', ''), pingEveryMs);
    try {
      const seenBefore = await witness.look();
      const applied = await switchLiveRestoreOn(page);
      const seenApplied = await witness.look();
      await witness.measureGap();
      const restarted = await restartDaemon(page);
      const seenAfter = await witness.look();
      await lookAround(page);
      const end = await firstSnapshot(page, 'running');
      const story = { start, applied, restarted, end, seenBefore, seenApplied, seenAfter };
      const wrong = disagreements(story);
      console.log(`\n${reportOf(story, wrong, Date.now() - began)}`);
      return wrong.length === 0 ? 0 : 1;
    } finally {
      witness.end();
    }
  } finally {
    await app.close();
    clearTimeout(overdue);
  }
}

const say = (what: string): void => console.log(`[tour] ${what}`);

/** Daemon -> Advanced, where the switch is; resolves with what came of it. */
async function switchLiveRestoreOn(page: Page): Promise<Outcome> {
  await click(link(page, words.pages.daemon));
  await click(link(page, words.tabs.advanced));
  const restart = page.getByRole('button', { name: words.actions.restartDaemon });
  // What a restart would do now is found out first, and is part of the picture.
  await page.getByText(words.liveRestore.survives(0, 3)).waitFor();
  await enabled(restart);
  await picture(page, 'daemon-advanced');
  say('switching live restore on');
  await click(page.getByRole('switch', { name: words.liveRestore.title }));
  const apply = page.getByRole('button', { name: words.actions.applyReload });
  await enabled(apply);
  await picture(page, 'open-change');
  const outcome = await outcomeOf(page, 'apply', () => click(apply));
  await picture(page, 'applied');
  return outcome;
}

async function restartDaemon(page: Page): Promise<Outcome> {
  say('restarting the daemon');
  await click(page.getByRole('button', { name: words.actions.restartDaemon }));
  const confirm = page.getByRole('dialog').getByRole('button', { name: words.confirm.verbs.restart, exact: true });
  await enabled(confirm);
  await picture(page, 'confirm-restart');
  const outcome = await outcomeOf(page, 'restart', () => click(confirm));
  await firstSnapshot(page, 'running');
  await picture(page, 'restarted');
  return outcome;
}

/** Status, and the same in the dark. */
async function lookAround(page: Page): Promise<void> {
  say('looking at Status, and at everything in the dark');
  await click(link(page, words.pages.status));
  await picture(page, 'status');
  await click(link(page, words.pages.general));
  await page.getByLabel(words.general.theme.title, { exact: true }).selectOption('dark');
  await page.locator('html[data-theme=dark]').waitFor();
  await picture(page, 'general-dark');
  await click(link(page, words.pages.daemon));
  await picture(page, 'daemon-advanced-dark');
  await click(link(page, words.pages.status));
  await picture(page, 'status-dark');
}

/** Does something and resolves with its outcome, once the page shows it. */
async function outcomeOf(page: Page, verb: Outcome['verb'], action: () => Promise<void>): Promise<Outcome> {
  await action();
  await page.getByRole('button', { name: words.actions.dismiss }).waitFor({ timeout: 60_000 });
  const { lastOutcome }: Snapshot = await firstSnapshot(page, 'any');
  if (lastOutcome?.verb !== verb || lastOutcome.result !== 'applied')
    throw new Error(`${verb} did not go as it should: ${JSON.stringify(lastOutcome)}`);
  return lastOutcome;
}

const link = (page: Page, name: string): Locator => page.getByRole('link', { name }).first();

const click = (what: Locator): Promise<void> => what.click();

/** A trial click waits until it could be clicked. */
const enabled = (what: Locator): Promise<void> => what.click({ trial: true });

let pictures = 0;

async function picture(page: Page, name: string): Promise<void> {
  pictures += 1;
  const path = join(folder, `${pictures}-${name}.png`);
  await page.screenshot({ path, animations: 'disabled', clip: { x: 0, y: 0, ...size } });
}
