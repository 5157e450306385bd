// What a system may ask of every window: more contrast, its own colors, less motion, text and window twice as large.
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { misfits } from '../look/misfits.ts';
import { readPng } from '../pictures/png.ts';
import { countsOf } from '../pictures/small-png.ts';
import { openScenes, type SceneWindow } from './scenes.ts';

type Axe = {
  run(
    where: Document,
    options: object,
  ): Promise<{ readonly violations: readonly { nodes: readonly { html: string }[] }[] }>;
};

const axeSource = readFileSync(join(process.cwd(), 'node_modules/axe-core/axe.min.js'), 'utf8');
// Fifty scenes and more, one after the other.
test.setTimeout(300_000);
let scenes: SceneWindow;

test.beforeAll(async () => {
  scenes = await openScenes();
});
test.afterAll(() => scenes.close());
test.afterEach(() => scenes.see('usual'));

const twice = [
  ['large-text', 900, 640],
  ['zoomed', 1280, 800],
] as const;
for (const [sight, width, height] of twice) {
  test(`nothing is cut off at 200 %: ${sight}`, async () => {
    await scenes.see(sight);
    await scenes.resize(width, height);
    const found: string[] = [];
    for (const scene of scenes.names()) {
      await scenes.show(scene, { lang: 'en' });
      await scenes.atRest();
      for (const fault of await scenes.page.evaluate(misfits)) found.push(`${scene}: ${fault}`);
    }
    expect(found).toEqual([]);
  });
}

test('with more contrast every text has seven to one', async () => {
  await scenes.see('more-contrast');
  await scenes.resize(900, 640);
  const found: string[] = [];
  for (const scene of [
    'general',
    'basic-draft',
    'advanced-off',
    'json-broken',
    'history',
    'status-many',
    'status-outage',
  ]) {
    for (const theme of ['light', 'dark'] as const) {
      await scenes.show(scene, { lang: 'en', theme });
      await scenes.atRest();
      await scenes.page.evaluate(axeSource);
      const faults = await scenes.page.evaluate(async () => {
        const { axe } = window as unknown as { axe: Axe };
        const { violations } = await axe.run(document, { runOnly: ['color-contrast-enhanced'] });
        return violations.flatMap(({ nodes }) => nodes.map(({ html }) => html.slice(0, 160)));
      });
      found.push(...faults.map((fault) => `${scene} ${theme}: ${fault}`));
    }
  }
  expect(found).toEqual([]);
});

/** Where something is drawn on the ground, whatever its color: what is left when all colors are one. */
async function ink(selector: string, columns = Infinity): Promise<string> {
  await scenes.page.mouse.move(0, 0);
  await scenes.atRest();
  const shot = await scenes.page.locator(selector).first().screenshot({ animations: 'disabled' });
  const { colors, width } = readPng(shot);
  const [[ground] = []] = [...countsOf(colors)].toSorted((a, b) => b[1] - a[1]);
  return [...colors]
    .filter((_, i) => i % width < columns)
    .map((color) => (color === ground ? ' ' : '#'))
    .join('');
}

test('with the colors of the system states differ in shape', async () => {
  await scenes.see('forced-colors');
  await scenes.resize(900, 640);
  /** The same thing in two scenes: in two states of it. */
  const pairs: readonly (readonly [what: string, selector: string, one: string, other: string, columns?: number])[] = [
    ['a switch', '#live-restore', 'advanced', 'advanced-off'],
    ['a place', 'nav a[href="#status"]', 'status-running', 'general'],
    ['a tab', '.tabs a[href="#daemon/json"]', 'advanced', 'json'],
    ['the edge of a changed row', '[data-option="mtu"]', 'advanced', 'advanced-review', 12],
    ['a button that cannot be pressed', '.survivors .button', 'advanced', 'advanced-progress'],
    ['the daemon', '.engine-state .mark', 'status-running', 'status-failed'],
    ['live restore in the daemon', '.truths .mark', 'advanced', 'advanced-off'],
  ];
  const alike: string[] = [];
  for (const [what, selector, ...shown] of pairs) {
    const [one, other, columns] = shown;
    await scenes.show(one, { lang: 'en' });
    const first = await ink(selector, columns);
    await scenes.show(other, { lang: 'en' });
    if (first === (await ink(selector, columns))) alike.push(what);
  }
  expect(alike).toEqual([]);
});

test('with less motion nothing moves', async () => {
  await scenes.see('less-motion');
  const moving: string[] = [];
  for (const scene of scenes.names()) {
    await scenes.show(scene, { lang: 'en' });
    const found = await scenes.page.evaluate(() => {
      document.querySelector<HTMLElement>('.switch:not(:disabled)')?.click();
      return document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().duration !== 0)
        .map(({ effect }) => (effect as KeyframeEffect).target?.className ?? '');
    });
    moving.push(...found.map((name) => `${scene}: ${name}`));
  }
  expect(moving).toEqual([]);
});
