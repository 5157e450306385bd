// Every page in every state, light and dark: axe finds nothing, contrast (AA) included.
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openScenes, type SceneWindow } from './scenes.ts';

type Axe = {
  run(
    where: Document,
    options: { readonly resultTypes: readonly ['violations'] },
  ): Promise<{ readonly violations: readonly { readonly id: string; readonly nodes: readonly { html: string }[] }[] }>;
};

const source = readFileSync(join(process.cwd(), 'node_modules/axe-core/axe.min.js'), 'utf8');
// A hundred scenes and more, one after the other.
test.setTimeout(300_000);
let scenes: SceneWindow;

test.beforeAll(async () => {
  scenes = await openScenes();
});
test.afterAll(() => scenes.close());

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in any scene: ${theme}`, async () => {
    const found: string[] = [];
    for (const scene of scenes.names()) {
      await scenes.show(scene, { lang: 'en', theme });
      await scenes.atRest();
      await scenes.page.evaluate(source);
      const faults = await scenes.page.evaluate(async () => {
        const { axe } = window as unknown as { axe: Axe };
        // Colors on their way to another are no colors of ours.
        for (const animation of document.getAnimations()) {
          if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
        }
        const { violations } = await axe.run(document, { resultTypes: ['violations'] });
        return violations.flatMap(({ id, nodes }) =>
          nodes.slice(0, 3).map(({ html }) => `${id}: ${html.slice(0, 160)}`),
        );
      });
      found.push(...faults.map((fault) => `${scene}: ${fault}`));
    }
    expect(found).toEqual([]);
  });
}
