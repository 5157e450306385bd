// Takes a picture of every scene, light and dark, and fails on axe findings, contrast among them, and on console output.
// `node test/look/look.mjs [scene…] [--size 900x640] [--out folder]`; wants a Chromium: CHROMIUM, or the system's.
import { chromium } from 'playwright-core';
import { mkdirSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';

const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string', default: '900x640' },
    out: { type: 'string', default: 'test-results/look' },
    theme: { type: 'string', multiple: true, default: ['light', 'dark'] },
    lang: { type: 'string', default: 'en' },
    zoom: { type: 'string', default: '100' },
  },
});
const root = new URL('../..', import.meta.url).pathname;
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'none'";

await build({ configFile: join(root, 'test/look/vite.config.ts') });
mkdirSync(options.out, { recursive: true });
const [width, height] = options.size.split('x').map(Number);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: 1, bypassCSP: false });
await context.route('http://look/**', (route) => {
  const path = normalize(new URL(route.request().url()).pathname);
  const body = readFileSync(join(root, 'out/look', path));
  return route.fulfill({
    body,
    contentType: types[extname(path)] ?? 'text/plain',
    headers: { 'Content-Security-Policy': policy },
  });
});

const page = await context.newPage();
let faults = 0;
const say = (line) => process.stdout.write(`${line}\n`);
let scene = '';
page.on('console', (message) => {
  faults += 1;
  say(`${scene}: console says ${message.text()}`);
});
page.on('pageerror', (error) => {
  faults += 1;
  say(`${scene}: ${error.stack}`);
});

await page.goto('http://look/index.html?scene=general');
const all = await page.evaluate(() => window.scenes);
for (const [name, acts] of Object.entries(all)) {
  if (wanted.length > 0 && !wanted.some((one) => name.startsWith(one))) continue;
  for (const theme of options.theme) {
    scene = `${name} ${theme}`;
    await page.goto('about:blank');
    await page.goto(`http://look/index.html?scene=${name}&theme=${theme}&lang=${options.lang}`);
    if (options.zoom !== '100')
      await page.evaluate((zoom) => {
        document.documentElement.style.fontSize = `${zoom}%`;
      }, options.zoom);
    await page.waitForSelector('h1');
    await page.evaluate(() => window.atRest());
    for (const [selector, text] of acts) {
      const found = page.locator(selector).first();
      if (text === undefined) await found.click({ timeout: 3000 });
      else await found.fill(text.replace(/\n$/, ''), { timeout: 3000 });
      if (text?.endsWith('\n')) await found.press('Enter');
      await page.evaluate(() => window.atRest());
    }
    await page.evaluate(() => window.later());
    await page.evaluate(() => window.atRest());
    await page.screenshot({
      path: join(
        options.out,
        `${name}-${theme}-${options.size}${options.lang === 'en' ? '' : `-${options.lang}`}${options.zoom === '100' ? '' : `-${options.zoom}`}.png`,
      ),
    });
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll('.page, .bar, .sidebar')]
        .filter((one) => one.scrollWidth > one.clientWidth + 1)
        .map((one) => one.className),
    );
    if (wide.length > 0) say(`${scene}: wider than its frame: ${wide.join(', ')}`);
    const client = await context.newCDPSession(page);
    await client.send('Runtime.evaluate', { expression: axe });
    await client.detach();
    const violations = await page.evaluate(async () =>
      (await window.axe.run(document, { resultTypes: ['violations'] })).violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 4)
            .map(
              (node) =>
                `${node.html.slice(0, 120)} ${node.any
                  .map(({ message }) => message)
                  .join('; ')
                  .slice(0, 200)}`,
            )
            .join('\n     ')}`,
      ),
    );
    for (const violation of violations) {
      faults += 1;
      say(`${scene}: ${violation}`);
    }
  }
}
await browser.close();
say(`${faults} faults`);
process.exitCode = faults > 0 ? 1 : 0;
