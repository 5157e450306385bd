// The guides' way through the app, with a picture at every stop: first steps, a planned outage, a repair.
import { writeFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { messagesIn } from '../../electron/contract/messages/index.ts';
import type { Outcome } from '../../electron/contract/outcome.ts';
import { firstSnapshot } from '../tour/snapshots.ts';
import type { Camera } from './camera.ts';

const { window: words, outage, history } = messagesIn('en');
const all = 3;
const slowMs = 60_000;
const broken = '{\n  "registry-mirrors": ["https://mirror.example"],\n}\n';

/** Live restore on, the restart that loses nobody, and Status. */
export async function firstSteps(page: Page, { take }: Camera): Promise<void> {
  await go(page, words.pages.daemon, words.tabs.advanced);
  await page.getByText(words.liveRestore.survives(0, all)).waitFor();
  await ready(button(page, words.actions.restartDaemon));
  await take('live-restore-off');
  await liveRestore(page).click();
  await ready(button(page, words.actions.applyReload));
  await button(page, words.actions.review).click();
  await take('draft');
  await done(page, 'apply', () => button(page, words.actions.applyReload).click());
  await page.getByText(words.liveRestore.survives(all, all)).waitFor();
  await take('live-restore-on', 'ja');
  await button(page, words.actions.restartDaemon).click();
  await ready(inDialog(page, words.confirm.verbs.restart));
  await take('restart');
  await done(page, 'restart', () => inDialog(page, words.confirm.verbs.restart).click());
  await firstSnapshot(page, 'running');
  await go(page, words.pages.status);
  await take('status');
}

/** Stopped on purpose: what is said before, and what is watched meanwhile. */
export async function plannedOutage(page: Page, { take }: Camera): Promise<void> {
  await button(page, words.actions.stop).click();
  await ready(inDialog(page, words.confirm.verbs.stop));
  await take('stop');
  await done(page, 'stop', () => inDialog(page, words.confirm.verbs.stop).click());
  await page
    .getByText(/^about /)
    .first()
    .waitFor({ timeout: slowMs });
  await take('outage');
  await done(page, 'start', () => button(page, words.actions.startDaemon).click());
}

/** A crash with live restore off and its rescue; then a file with which no daemon starts, and the past. */
export async function repair(page: Page, { take }: Camera): Promise<void> {
  await go(page, words.pages.daemon, words.tabs.advanced);
  await liveRestore(page).click();
  await done(page, 'apply', () => button(page, words.actions.applyReload).click());
  const { target } = await firstSnapshot(page, 'running');
  if (target.pid === null || target.configPath === null) throw new Error('The sandbox daemon is not known');
  await go(page, words.pages.status);
  process.kill(target.pid, 'SIGKILL');
  await button(page, outage.rescue.act).waitFor({ timeout: slowMs });
  await take('rescue', 'ja');
  await done(page, 'start', () => button(page, outage.rescue.act).click());

  await firstSnapshot(page, 'running');
  await button(page, words.actions.stop).click();
  await done(page, 'stop', () => inDialog(page, words.confirm.verbs.stop).click());
  writeFileSync(target.configPath, broken);
  await page.getByRole('region', { name: words.status.findings }).waitFor();
  await button(page, outage.wayBack.act).waitFor();
  await take('broken-file');
  await go(page, words.pages.daemon, words.tabs.json);
  await take('json');
  await go(page, words.pages.history);
  await page.getByText(history.timeline).waitFor();
  await take('history');
}

/** Does something and resolves once the page shows that it was done; clears it away. */
async function done(page: Page, verb: Outcome['verb'], action: () => Promise<void>): Promise<void> {
  await action();
  await button(page, words.actions.dismiss).waitFor({ timeout: slowMs });
  const { lastOutcome } = await firstSnapshot(page, 'any');
  if (lastOutcome?.verb !== verb || lastOutcome.result !== 'applied')
    throw new Error(`${verb} did not go as it should: ${JSON.stringify(lastOutcome)}`);
  await button(page, words.actions.dismiss).click();
}

async function go(page: Page, ...path: readonly string[]): Promise<void> {
  for (const name of path) await page.getByRole('link', { name, exact: true }).first().click();
}

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const inDialog = (page: Page, name: string): Locator =>
  page.getByRole('dialog').getByRole('button', { name, exact: true });
const liveRestore = (page: Page): Locator => page.getByRole('switch', { name: words.liveRestore.title });

/** A trial click waits until it could be clicked. */
const ready = (what: Locator): Promise<void> => what.click({ trial: true });
