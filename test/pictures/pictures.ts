// Draws the pictures of the documentation: the way of its guides through the real app. Entry of out/pictures/pictures.mjs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApp } from '../e2e/app.ts';
import { pinFonts } from '../look/pinned-fonts.ts';
import { openCamera } from './camera.ts';
import { firstSteps, plannedOutage, repair } from './stops.ts';

/** Far more than the way takes: an app that hangs is ended and told of, not waited for. */
const limitMs = 100_000;

const fonts = mkdtempSync(join(tmpdir(), 'afloat-fonts-'));
const app = await openApp({ env: pinFonts(fonts), args: ['--sandbox'] });
const overdue = setTimeout(() => {
  console.log(`[pictures] nothing more came for too long: ending the app after ${limitMs / 1000} s`);
  app.electron.process().kill('SIGKILL');
}, limitMs);
try {
  const page = await app.page();
  const camera = await openCamera(app, page);
  for (const stops of [firstSteps, plannedOutage, repair]) {
    console.log(`[pictures] ${stops.name}`);
    await stops(page, camera);
  }
} finally {
  await app.close();
  rmSync(fonts, { recursive: true });
  clearTimeout(overdue);
}
