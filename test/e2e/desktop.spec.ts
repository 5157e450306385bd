// The desktop program around its page: tray, window, second start, quitting, and the page's own sandbox.
import { expect, test } from '@playwright/test';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { environmentIn, newHome, openApp, runtime, type OpenApp } from './app.ts';
import { ordinaryUser } from './ordinary-user.ts';
import { leftOf, processesOf, renderersOf } from './processes.ts';
import { openTrayHost, type MenuLine, type TrayHost } from './tray.ts';

let host: TrayHost | null = null;
let app: OpenApp | null = null;

test.afterEach(async () => {
  await app?.close();
  host?.close();
  app = null;
  host = null;
});

/** Nothing listens there: the app finds no daemon, and starts none. */
const nowhere = ['--host', 'unix:///nonexistent/docker.sock'];
const pidOf = (open: OpenApp): number => open.electron.process().pid ?? 0;

test('closing the window ends its process; the tray stays and opens it again', async () => {
  host = await openTrayHost();
  app = await openApp({ args: nowhere });
  const page = await app.page();
  await expect(page.getByRole('heading').first()).toBeVisible();
  const root = pidOf(app);
  await expect.poll(() => renderersOf(root).length).toBe(1);

  const item = await host.item();
  await app.closeWindow();
  await expect.poll(() => renderersOf(root).length).toBe(0);

  await item.click('Preferences');
  const again = await app.page();
  await expect(again.getByRole('heading').first()).toBeVisible();

  const ended = new Promise((resolve) => app?.electron.process().once('exit', resolve));
  const all = processesOf(root);
  await item.click('Quit');
  expect(await ended).toBe(0);
  await expect.poll(() => leftOf(all)).toEqual([]);
});

test('a start at login shows no window, and a second start shows it', async () => {
  host = await openTrayHost();
  app = await openApp({ args: [...nowhere, '--hidden'] });
  await host.item();
  expect(app.electron.windows()).toHaveLength(0);
  const { executable, args } = runtime();
  const second = spawn(executable, [...args, ...nowhere], { env: environmentIn(app.home), stdio: 'ignore' });
  const code = await new Promise((resolve) => second.once('exit', resolve));
  expect(code).toBe(0);
  await expect((await app.page()).getByRole('heading').first()).toBeVisible();
  expect(host.registered()).toBe(1);
});

test('without a tray closing the window quits, and says so once', async () => {
  const home = newHome();
  try {
    app = await openApp({ args: nowhere, home, env: { DBUS_SESSION_BUS_ADDRESS: 'disabled:' } });
    const page = await app.page();
    await page.getByRole('link', { name: 'General', exact: true }).click();
    await expect(page.getByText('This desktop shows no tray icons', { exact: false })).toBeVisible();
    const ended = new Promise((resolve) => app?.electron.process().once('exit', resolve));
    await app.closeWindow();
    expect(await ended).toBe(0);
    const kept = JSON.parse(readFileSync(join(home, '.config', 'Afloat', 'preferences.json'), 'utf8')) as object;
    expect(kept).toMatchObject({ toldNoTray: true, window: { width: 980, height: 700 } });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

test('a panel that comes later, or again, gets the icon', async () => {
  const isWhole = (lines: readonly MenuLine[]): boolean => {
    const last = lines.at(-1);
    return last?.label === 'Quit Afloat' && last.enabled;
  };
  app = await openApp({ args: [...nowhere, '--hidden'] });
  host = await openTrayHost();
  await (await host.item()).menuUntil(isWhole);
  host.close();
  host = await openTrayHost();
  await (await host.item()).menuUntil(isWhole);
});

test('an argument that is not known is refused with 2, and nothing is started', async () => {
  const { executable, args } = runtime();
  const home = newHome();
  const child = spawn(executable, [...args, '--colour'], {
    env: environmentIn(home),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (words += text));
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(2);
  expect(words).toContain("'--colour'");
  expect(existsSync(join(home, '.config', 'Afloat', 'preferences.json'))).toBe(false);
  rmSync(home, { recursive: true, force: true });
});

test('a termination signal ends it in order', async () => {
  host = await openTrayHost();
  const { executable, args } = runtime();
  const home = newHome();
  const child = spawn(executable, [...args, ...nowhere], { env: environmentIn(home), stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  await host.item();
  await expect.poll(() => renderersOf(child.pid ?? 0).length).toBe(1);
  const all = processesOf(child.pid ?? 0);
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 0, signal: null });
  await expect.poll(() => leftOf(all)).toEqual([]);
  expect(readFileSync(join(home, '.config', 'Afloat', 'logs', 'afloat.log'), 'utf8')).toContain('info ended');
  rmSync(home, { recursive: true, force: true });
});

test('the page has nothing but its bridge, and gets nowhere', async () => {
  app = await openApp({ args: nowhere });
  const page = await app.page();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await expect(page.getByRole('heading').first()).toBeVisible();
  const found = await page.evaluate(async () => {
    const reach = async (address: string): Promise<string> => {
      try {
        return String((await fetch(address)).status);
      } catch {
        return 'refused';
      }
    };
    const world = globalThis as unknown as Record<string, unknown>;
    return {
      node: ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in world),
      bridge: Object.entries(world['bridge'] as object).every(([, value]) => typeof value === 'function'),
      opened: window.open('https://example.org/') === null,
      reached: [await reach('https://example.org/'), await reach('file:///etc/passwd'), await reach('app://afloat/')],
      markup: (() => {
        try {
          document.body.innerHTML = '<b>written</b>';
          return 'taken';
        } catch (error) {
          return String((error as Error).name);
        }
      })(),
      permission: (await navigator.permissions.query({ name: 'geolocation' })).state,
    };
  });
  expect(found).toEqual({
    node: [],
    bridge: true,
    opened: true,
    reached: ['refused', 'refused', 'refused'],
    markup: 'TypeError',
    permission: 'denied',
  });
  expect(errors).toEqual([]);

  // The driver waits for a navigation that never comes: the rest is asked from the other side.
  void page.evaluate(() => void (location.href = 'https://example.org/')).catch(() => undefined);
  const log = join(app.home, '.config', 'Afloat', 'logs', 'afloat.log');
  await expect.poll(() => readFileSync(log, 'utf8')).toContain('refused: navigation to https://example.org/');
  expect(readFileSync(log, 'utf8')).toContain('refused: window for https://example.org/');
  const shown = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
  );
  expect(shown).toMatch(/^app:\/\/afloat\/(#|$)/);
});

test('as an ordinary user every page runs under seccomp, in namespaces of its own', async () => {
  test.skip(process.getuid?.() !== 0, 'becoming another user takes root');
  const user = ordinaryUser();
  try {
    app = await openApp({
      args: nowhere,
      home: user.home,
      executable: user.executable,
      sandboxed: true,
      env: user.environment,
    });
    await expect((await app.page()).getByRole('heading').first()).toBeVisible();
    const all = processesOf(pidOf(app));
    expect(all.filter(({ argv }) => argv.includes('--no-sandbox'))).toEqual([]);
    const pages = all.filter(({ type }) => type === 'renderer');
    expect(pages.map(({ seccomp }) => seccomp)).toEqual(['2']);
    expect(readFileSync(`/proc/${pages[0]?.pid}/status`, 'utf8')).toMatch(new RegExp(`^Uid:\\s+${user.uid}\\s`, 'm'));
    await app.quit();
  } finally {
    user.remove();
  }
});

test('a click at the tray turns live restore on without a window, and the menu says so', async () => {
  test.skip(process.getuid?.() !== 0, 'the sandbox daemon takes root');
  host = await openTrayHost();
  app = await openApp({ args: ['--sandbox', '--hidden'] });
  const item = await host.item();
  const running = await item.menuUntil((lines) => lines[0]?.label.endsWith(': running') ?? false, 60_000);
  const line = (lines: typeof running, label: string) => lines.find((one) => one.label.startsWith(label));
  expect(line(running, 'Live restore')).toMatchObject({ checked: false });
  await expect.poll(() => item.tooltip()).toBe('Docker on sandbox: running');

  await item.click('Live restore');
  const on = await item.menuUntil((lines) => line(lines, 'Live restore')?.checked === true);
  expect(line(on, 'Live restore')).toMatchObject({ checked: true });
  expect(app.electron.windows()).toHaveLength(0);

  // Off wants a word first: the window opens with the question.
  await item.click('Live restore');
  await expect((await app.page()).getByRole('dialog')).toBeVisible();
  expect(line(await item.menu(), 'Live restore')?.checked).toBe(true);
});
