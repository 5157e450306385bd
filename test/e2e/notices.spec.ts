// Notifications as a desktop gets them: what happens to a real daemon is told once each, and a click leads to its place.
import { expect, test } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { messagesIn } from '../../electron/contract/messages/index.ts';
import type { Outcome } from '../../electron/contract/outcome.ts';
import { accepts } from '../../electron/contract/plan.ts';
import type { Change } from '../../electron/contract/change.ts';
import type { NoticeKind } from '../../electron/contract/preferences.ts';
import { unforeseen } from '../fakes/unforeseen.ts';
import { startRealDaemon, type RealDaemon } from '../integration/real-daemon.ts';
import { openApp, type OpenApp } from './app.ts';
import { openNotificationServer, type NotificationServer } from './notification-server.ts';
import { preferencesWindow, type PreferencesWindow } from './preferences-window.ts';
import { openTrayHost, type TrayHost, type TrayItem } from './tray.ts';

const { notices } = messagesIn('en');

let daemon: RealDaemon;
let server: NotificationServer;
let tray: TrayHost;
let app: OpenApp;
let item: TrayItem;

test.beforeEach(async () => {
  [daemon, server, tray] = await Promise.all([
    startRealDaemon({ version: '28.5', manager: 'bare-process' }),
    openNotificationServer(),
    openTrayHost(),
  ]);
  app = await openApp({ args: ['--host', daemon.endpoint, '--hidden'] });
  item = await tray.item();
  await item.menuUntil((lines) => lines[0]?.label.endsWith(': running') ?? false);
});

test.afterEach(async () => {
  await app.close();
  tray.close();
  server.close();
  await daemon.dispose();
});

const windows = (): number => app.electron.windows().length;
const titles = (): readonly string[] => server.all().map(({ title }) => title);
const opened = async (): Promise<PreferencesWindow> => preferencesWindow(await app.page());

test('what others do to the daemon, and what came of our own, is told once each and leads to its place', async () => {
  await item.click('Live restore');
  const applied = await server.nth(0);
  expect(applied).toMatchObject({ title: notices.applied.title('apply'), actions: ['default'] });
  expect(windows()).toBe(0);

  await daemon.kill('SIGKILL');
  const down = await server.nth(1);
  expect(down).toMatchObject({ title: notices.down.title, body: notices.down.body(0), actions: ['default'] });
  server.click(down);
  await expect((await opened()).page.getByRole('heading', { level: 1 })).toHaveText('Status');
  await app.closeWindow();
  await daemon.start();
  expect(await server.nth(2)).toMatchObject({ title: notices.back.title, actions: ['default'] });

  // Within the time that a restart may take, it is no outage; a machine that takes longer is told of one, and of its end.
  await daemon.kill('SIGKILL');
  await daemon.start();
  let place = 3;
  if ((await server.nth(place)).title === notices.down.title) {
    place += 1;
    expect(await server.nth(place)).toMatchObject({ title: notices.back.title });
  } else expect(await server.nth(place)).toMatchObject({ title: notices.restarted.title, actions: ['default'] });

  writeFileSync(daemon.configPath, '{\n  "live-restore": true,\n  "labels": ["by=hand"]\n}\n');
  const changed = await server.nth(place + 1);
  expect(changed).toMatchObject({
    title: notices.fileChanged.title,
    body: notices.fileChanged.body(daemon.configPath),
    actions: ['default'],
  });
  server.click(changed);
  const window = await opened();
  await expect(window.page.getByRole('textbox', { name: 'Text of daemon.json' })).toContainText('by=hand');

  await focus(true);
  await focus(false);
  const text = JSON.stringify({ 'live-restore': true, ...unforeseen });
  expect(await apply(window, { kind: 'text', text })).toMatchObject({
    result: 'rolled-back',
    problem: { kind: 'daemon.not-up' },
  });
  const rolledBack = await server.nth(place + 2);
  expect(rolledBack).toMatchObject({ title: notices.rolledBack.title('apply'), actions: ['default'] });
  server.click(rolledBack);
  await expect(window.page.getByRole('heading', { level: 1 })).toHaveText('Status');
  // Far down on that page, and yet before the eyes.
  await expect(window.page.getByRole('region', { name: 'Last action' })).toBeFocused();
  await expect(window.page.getByRole('region', { name: 'Last action' })).toBeInViewport();
  expect(titles()).toHaveLength(place + 3);
});

test('what is switched off, and what stands in the window that is looked at, is not told', async () => {
  await app.electron.evaluate(({ app: program }) => program.emit('activate'));
  const window = await opened();
  await window.until((now) => now.engine.state === 'running', 'running');
  // It takes the focus when it is shown, which may be after its page is there.
  await focus(true);
  await focus(false);
  // Where the machine is slow, its restart looks like an outage.
  await mute(window, ['restarted', 'down', 'back']);
  await daemon.kill('SIGKILL');
  await daemon.start();
  await window.until((now) => now.engine.state === 'running' && now.target.pid === daemon.pid(), 'another process');

  // It is what a change of the file would be told behind.
  writeFileSync(daemon.configPath, '{ "labels": ["by=hand"] }\n');
  await server.nth(0);
  expect(titles()).toEqual([notices.fileChanged.title]);

  await focus(true);
  const on = { path: ['live-restore'], set: true } as const;
  expect(await apply(window, { kind: 'patch', patch: [on] })).toMatchObject({ result: 'applied' });
  await focus(false);
  const labels = { path: ['labels'], set: ['by=us'] } as const;
  expect(await apply(window, { kind: 'patch', patch: [labels] })).toMatchObject({ result: 'applied' });
  await server.nth(1);
  expect(titles()).toEqual([notices.fileChanged.title, notices.applied.title('apply')]);
});

/** Applies a change as the page does; resolves with what came of it. */
async function apply({ page, snapshot }: PreferencesWindow, change: Change): Promise<Partial<Outcome>> {
  const { config } = await snapshot();
  const etag = config.state === 'read' ? config.etag : null;
  return page.evaluate(
    async (input) => {
      const { bridge } = globalThis as unknown as { bridge: Record<string, (input: unknown) => Promise<unknown>> };
      const answer = await bridge['config.apply']?.(JSON.parse(input));
      const { result, problem } = (answer as { value: Outcome }).value;
      return { result, problem };
    },
    // As text: the type of any JSON is too deep to be looked through.
    JSON.stringify({ change, etag, accept: accepts }),
  );
}

async function mute({ page, until }: PreferencesWindow, kinds: readonly NoticeKind[]): Promise<void> {
  await page.evaluate(async (mutedNotices) => {
    const { bridge } = globalThis as unknown as { bridge: Record<string, (input: unknown) => Promise<unknown>> };
    await bridge['preferences.set']?.({ mutedNotices });
  }, kinds);
  await until(({ preferences }) => preferences.mutedNotices.length === kinds.length, 'the preference');
}

/** Gives the window the keyboard, or takes it away. */
async function focus(on: boolean): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow }, wanted) => {
    const shown = BrowserWindow.getAllWindows()[0];
    if (wanted) shown?.focus();
    else shown?.blur();
  }, on);
  await expect
    .poll(() => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFocused()))
    .toBe(on);
}
