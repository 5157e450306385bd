// The first start on a computer where no daemon runs: it says so, starts nothing, and offers the sandbox.
import { expect, test } from '@playwright/test';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApp } from './app.ts';
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
