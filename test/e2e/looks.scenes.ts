// Every page in every state looks as it did when somebody last looked: pixel by pixel, in the runtime of the checkout.
import { expect, test, type TestInfo } from '@playwright/test';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { differenceOf } from '../look/compare.ts';
import { looks, madeOfHere, referenceFolder, whyNotComparable } from '../look/references.ts';
import { openScenes, type SceneWindow } from './scenes.ts';

// Fifty scenes and more, one after the other.
test.setTimeout(300_000);
let scenes: SceneWindow;
let notComparable: string | null;

test.beforeAll(async () => {
  scenes = await openScenes({ asReference: true });
  notComparable = whyNotComparable(madeOfHere(await scenes.runtime()));
});
test.afterAll(() => scenes.close());

/** Null: as its reference. Else what differs, in words; the pictures are left in the folder of the test. */
async function differs(name: string, info: TestInfo): Promise<string | null> {
  const file = join(referenceFolder, `${name}.png`);
  if (!existsSync(file)) return `${name}: has no reference yet`;
  const reference = readFileSync(file);
  let shown = await scenes.picture();
  let difference = differenceOf(reference, shown);
  // On a busy machine the last frame may not be drawn yet: only a picture that stays is judged.
  for (let before = shown; difference !== null; before = shown) {
    shown = await scenes.picture();
    difference = differenceOf(reference, shown);
    if (shown.equals(before)) break;
  }
  if (difference === null) return null;
  writeFileSync(info.outputPath(`${name}.expected.png`), reference);
  writeFileSync(info.outputPath(`${name}.actual.png`), shown);
  writeFileSync(info.outputPath(`${name}.difference.png`), difference.drawn);
  const { left, top, right, bottom } = difference.box;
  return `${name}: ${difference.pixels} pixels differ, between ${left},${top} and ${right},${bottom}`;
}

for (const { name: look, lang, theme, size, scenes: wanted } of looks) {
  test(`looks as it did: ${look}`, async () => {
    const info = test.info();
    test.skip(notComparable !== null, notComparable ?? '');
    await scenes.resize(...size);
    const found: string[] = [];
    for (const scene of wanted === 'all' ? scenes.names() : wanted) {
      await scenes.show(scene, { lang, theme });
      const difference = await differs(`${scene}-${look}`, info);
      if (difference !== null) found.push(difference);
    }
    expect(
      found,
      `what differs is drawn in ${info.outputDir}/*.difference.png; where it is meant: npm run screens -- --accept`,
    ).toEqual([]);
  });
}

test('every reference belongs to a scene', () => {
  const known = looks.flatMap(({ name, scenes: wanted }) =>
    (wanted === 'all' ? scenes.names() : wanted).map((scene) => `${scene}-${name}.png`),
  );
  expect(readdirSync(referenceFolder).filter((file) => file.endsWith('.png') && !known.includes(file))).toEqual([]);
});
