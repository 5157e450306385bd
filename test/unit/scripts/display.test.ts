// A display that is named but not there is none: a window cannot be shown on it.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { whyNoDisplay } from '../../../scripts/lib/display.mjs';

const endings: (() => void)[] = [];
afterEach(() => endings.splice(0).forEach((end) => end()));

/** A server at `wayland-0` in a folder of its own. Returns that folder. */
async function waylandServer(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'afloat-display-'));
  const server = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(join(folder, 'wayland-0'), resolve));
  endings.push(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

test('nothing is named', async () => {
  expect(await whyNoDisplay({})).toContain('are empty');
  expect(await whyNoDisplay({ DISPLAY: '', WAYLAND_DISPLAY: '' })).toContain('are empty');
});

test('what is named answers', async () => {
  const folder = await waylandServer();
  expect(await whyNoDisplay({ WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: folder })).toBeNull();
  expect(await whyNoDisplay({ WAYLAND_DISPLAY: join(folder, 'wayland-0'), DISPLAY: ':9999' })).toBeNull();
});

test('what is named is not there', async () => {
  expect(await whyNoDisplay({ DISPLAY: ':9999' })).toBe('nothing answers at $DISPLAY, :9999');
  expect(await whyNoDisplay({ DISPLAY: 'unix:9999.0' })).toBe('nothing answers at $DISPLAY, unix:9999.0');
  const gone = { WAYLAND_DISPLAY: 'wayland-7', XDG_RUNTIME_DIR: '/nonexistent' };
  expect(await whyNoDisplay(gone)).toBe('nothing answers at $WAYLAND_DISPLAY, /nonexistent/wayland-7');
  expect(await whyNoDisplay({ ...gone, DISPLAY: ':9999' })).toBe('nothing answers at $DISPLAY, :9999');
});

test('the display of another machine is not looked for', async () => {
  expect(await whyNoDisplay({ DISPLAY: 'localhost:10.0' })).toBeNull();
});
