// The first start: a page of its own, from what was found to live restore on by one click with its proof; and where no
// daemon runs, it says so, starts nothing, and offers the sandbox.
import { expect, test } from '@playwright/test';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { usualSeeds } from '../../electron/platform/sandbox-seed.ts';
import { startRealDaemon } from '../integration/real-daemon.ts';
import { newHome, openApp } from './app.ts';
import { preferencesWindow } from './preferences-window.ts';

test('says that there is no daemon, starts nothing, and the sandbox is one click away', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'afloat-none-'));
  const socket = join(folder, 'docker.sock');
  const app = await openApp({ args: ['--host', `unix://${socket}`] });
  try {
    const window = preferencesWindow(await app.page());
    const now = await window.until(({ engine }) => engine.state !== 'connecting', 'a known state');
    expect(now.engine.state).toBe('absent');
    expect(now.target.access).toMatchObject({ kind: 'read-only' });
    expect(existsSync(socket)).toBe(false);
    await window.go('Status');
    await window.page.getByRole('button', { name: /sandbox/i }).click();
    const on = await window.until(
      ({ engine, containers }) => engine.state === 'running' && containers?.counts.running === 3,
      'the sandbox',
    );
    expect(on.target.manager).toBe('sandbox');
    const { pid } = on.target;
    await app.quit();
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('from the first start to live restore on by one click, with its proof; never shown again', async () => {
  const daemon = await startRealDaemon({ version: '28.5', manager: 'bare-process', containers: usualSeeds });
  const home = newHome();
  let app = await openApp({ args: ['--host', daemon.endpoint], home });
  try {
    const { page, snapshot } = preferencesWindow(await app.page());
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome to Afloat');
    await expect(page.getByText('Docker Engine 28.5')).not.toHaveCount(0);
    await expect(page.locator('code', { hasText: daemon.endpoint })).toBeVisible();
    await expect(page.getByText('started by hand', { exact: true }).first()).toBeVisible();
    const fate = page.getByRole('region', { name: 'What protects its containers' });
    await expect(fate.getByRole('heading')).toHaveText('A restart now would stop all 3 containers.');

    // The heading has the focus: behind the choice of the daemon comes the step, and Enter takes it.
    const step = fate.getByRole('button', { name: 'Turn live restore on' });
    await expect(step).toBeEnabled();
    await page.keyboard.press('Tab');
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('SELECT');
    await page.keyboard.press('Tab');
    await expect.poll(() => step.evaluate((button) => button.ownerDocument.activeElement === button)).toBe(true);
    await page.keyboard.press('Enter');
    await expect(
      fate.getByText(/Live restore is on in the daemon\. 3 of 3 containers keep their process\./),
    ).toBeVisible();
    await expect(fate.getByRole('heading')).toHaveText('All 3 containers would survive a restart.');
    expect(readFileSync(daemon.configPath, 'utf8')).toBe('{\n  "live-restore": true\n}\n');
    expect(JSON.parse(await daemon.api('GET', '/info'))).toMatchObject({ LiveRestoreEnabled: true });
    await expect
      .poll(async () => (await snapshot()).lastOutcome)
      .toMatchObject({ result: 'applied', effect: 'reload' });

    await page.getByRole('button', { name: 'Open preferences' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Daemon');
    await app.quit();

    app = await openApp({ args: ['--host', daemon.endpoint], home });
    await expect((await app.page()).getByRole('heading', { level: 1 })).toHaveText('Daemon');
  } finally {
    await app.close();
    await daemon.dispose();
    rmSync(home, { recursive: true, force: true });
  }
});
