// Every page in every state, in longer words than any language has, at both sizes: nothing is cut off or lies on another.
import { expect, test } from '@playwright/test';
import { misfits } from '../look/misfits.ts';
import { openScenes, type SceneWindow } from './scenes.ts';

const sizes = [
  [900, 640],
  [1280, 800],
] as const;
// A hundred scenes and more, one after the other.
test.setTimeout(300_000);
let scenes: SceneWindow;

test.beforeAll(async () => {
  scenes = await openScenes();
});
test.afterAll(() => scenes.close());

for (const lang of ['pseudo', 'ja'] as const) {
  test(`nothing is cut off in any scene: ${lang}`, async () => {
    const found: string[] = [];
    for (const scene of scenes.names()) {
      await scenes.show(scene, { lang });
      for (const [width, height] of sizes) {
        await scenes.resize(width, height);
        await scenes.atRest();
        for (const fault of await scenes.page.evaluate(misfits)) found.push(`${scene} ${width}x${height}: ${fault}`);
      }
    }
    expect(found).toEqual([]);
  });
}
