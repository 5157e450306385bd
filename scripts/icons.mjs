// Makes the PNGs of the app's icon and of the tray from the SVGs in assets/: drawn by the runtime that also shows them.

import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { checkout } from './lib/checkout.mjs';
import { run } from './lib/run.mjs';
import { ensureRuntime } from './lib/runtime.mjs';
import { runMain, say } from './lib/say.mjs';

const assets = join(checkout, 'assets');
const appSizes = [16, 24, 32, 48, 64, 128, 256, 512];
const traySizes = [16, 22, 24];

/** Colors by the panel that a tray icon stands on. @type {Record<string, Record<string, string>>} */
const panels = {
  light: { currentColor: '#2b2d31', good: '#14803f', accent: '#0a5fd1', warn: '#e08a00', 'on-warn': '#2b1a00' },
  dark: { currentColor: '#f2f2f4', good: '#5fd394', accent: '#6db0ff', warn: '#f2b632', 'on-warn': '#2b1a00' },
};

/** What the drawing program is given: one picture a line. @typedef {{ svg: string, edge: number, file: string }} Picture */

/** Runs in the runtime. It draws on a canvas, which needs neither a GPU nor a visible window. */
const program = `
const { app, BrowserWindow } = require('electron');
const { readFileSync, writeFileSync } = require('node:fs');
app.disableHardwareAcceleration();
app.whenReady().then(async () => {
  const window = new BrowserWindow({ show: false });
  await window.loadURL('data:text/html,<title>icons</title>');
  for (const { svg, edge, file } of JSON.parse(readFileSync(process.env.AFLOAT_PICTURES, 'utf8'))) {
    const draw = (source, edge) => new Promise((done, failed) => {
      const image = new Image(edge, edge);
      image.onerror = () => failed(new Error('not a picture'));
      image.onload = () => {
        const canvas = Object.assign(document.createElement('canvas'), { width: edge, height: edge });
        canvas.getContext('2d').drawImage(image, 0, 0, edge, edge);
        done(canvas.toDataURL('image/png'));
      };
      image.src = source;
    });
    const source = 'data:image/svg+xml,' + encodeURIComponent(svg);
    const url = await window.webContents.executeJavaScript('(' + draw + ')(' + JSON.stringify(source) + ',' + edge + ')');
    writeFileSync(file, Buffer.from(url.split(',')[1], 'base64'));
  }
  app.exit(0);
}).catch((error) => { console.error(error); app.exit(1); });
`;

/** @param {string} svg @param {Record<string, string>} colors */
function colored(svg, colors) {
  return svg.replace(/currentColor|var\(--([\w-]+)\)/g, (whole, name) => colors[name ?? whole] ?? whole);
}

/** @param {string} svg @param {number} edge an SVG without a size is drawn at 300 pixels and scaled: blurred */
const sized = (svg, edge) => svg.replace('<svg ', `<svg width="${edge}" height="${edge}" `);

/** @returns {Promise<Picture[]>} */
async function pictures() {
  const icon = await readFile(join(assets, 'icon.svg'), 'utf8');
  /** @type {Picture[]} */
  const all = appSizes.map((edge) => ({ svg: sized(icon, edge), edge, file: join(assets, 'icons', `${edge}.png`) }));
  for (const name of await readdir(join(assets, 'tray'))) {
    if (!name.endsWith('.svg')) continue;
    const svg = await readFile(join(assets, 'tray', name), 'utf8');
    for (const [panel, colors] of Object.entries(panels)) {
      for (const size of traySizes) {
        for (const [scale, ending] of /** @type {const} */ ([
          [1, ''],
          [2, '@2x'],
        ])) {
          const file = join(assets, 'tray', `${basename(name, '.svg')}-${panel}-${size}${ending}.png`);
          all.push({ svg: sized(colored(svg, colors), size * scale), edge: size * scale, file });
        }
      }
    }
  }
  return all;
}

await runMain(async () => {
  const runtime = await ensureRuntime();
  const work = await mkdtemp(join(tmpdir(), 'afloat-icons-'));
  try {
    // Like launch folders: the substitute runtime opens what lies in resources/app beside its executable.
    await mkdir(join(work, 'resources', 'app'), { recursive: true });
    for (const name of await readdir(runtime.folder)) {
      if (name === basename(runtime.executable)) await cp(runtime.executable, join(work, name));
      else if (name !== 'resources') await symlink(join(runtime.folder, name), join(work, name));
    }
    await writeFile(join(work, 'resources', 'app', 'package.json'), '{"name":"icons","main":"main.cjs"}');
    await writeFile(join(work, 'resources', 'app', 'main.cjs'), program);
    const list = await pictures();
    await mkdir(join(assets, 'icons'), { recursive: true });
    await writeFile(join(work, 'pictures.json'), JSON.stringify(list));
    const command = [join(work, basename(runtime.executable)), '--no-sandbox', `--user-data-dir=${join(work, 'data')}`];
    const shown = process.env['DISPLAY'] || process.platform !== 'linux' ? command : ['xvfb-run', '-a', ...command];
    const [tool = '', ...args] = shown;
    const env = { ...process.env, AFLOAT_PICTURES: join(work, 'pictures.json') };
    await run(tool, args, { env, timeoutMs: 60_000, failed: 'the icons could not be drawn' });
    say('icons', `${list.length} pictures`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
});
