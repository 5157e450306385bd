// Photographs every page in every state, or renews the references after somebody has looked. Entry of out/screens/screens.mjs.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openScenes, type SceneWindow, type Sight } from '../e2e/scenes.ts';
import { smallPng } from '../pictures/small-png.ts';
import { large, looks, madeOfHere, referenceFolder, rememberMadeOf, small } from './references.ts';

const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    accept: { type: 'boolean', default: false },
    theme: { type: 'string', multiple: true, default: ['light', 'dark'] },
    lang: { type: 'string', multiple: true, default: ['en', 'ja'] },
    sight: { type: 'string', default: 'usual' },
    size: { type: 'string', multiple: true, default: [small.join('x'), large.join('x')] },
    out: { type: 'string', default: join(process.cwd(), 'test-results', 'screens') },
  },
});
const isWanted = (scene: string): boolean => wanted.length === 0 || wanted.some((name) => scene.startsWith(name));

/** Every scene in every theme, language and size, into a folder that is not kept. */
async function takeAll(scenes: SceneWindow): Promise<number> {
  mkdirSync(options.out, { recursive: true });
  let taken = 0;
  await scenes.see(options.sight as Sight);
  for (const size of options.size) {
    const [width = 0, height = 0] = size.split('x').map(Number);
    await scenes.resize(width, height);
    for (const lang of options.lang) {
      for (const theme of options.theme) {
        for (const scene of scenes.names().filter(isWanted)) {
          await scenes.show(scene, { lang, theme: theme === 'dark' ? 'dark' : 'light' });
          writeFileSync(join(options.out, `${scene}-${theme}-${lang}-${size}.png`), await scenes.picture());
          taken += 1;
        }
      }
    }
  }
  return taken;
}

/** The pictures that tests compare with; those of scenes that are gone go too. */
async function accept(scenes: SceneWindow): Promise<number> {
  mkdirSync(referenceFolder, { recursive: true });
  const kept = new Set<string>();
  let taken = 0;
  for (const { name, lang, theme, size, scenes: shown } of looks) {
    await scenes.resize(...size);
    for (const scene of shown === 'all' ? scenes.names() : shown) {
      const file = `${scene}-${name}.png`;
      kept.add(file);
      if (!isWanted(scene)) continue;
      await scenes.show(scene, { lang, theme });
      writeFileSync(join(referenceFolder, file), smallPng(await scenes.picture()));
      taken += 1;
    }
  }
  for (const file of readdirSync(referenceFolder)) {
    if (file.endsWith('.png') && !kept.has(file)) rmSync(join(referenceFolder, file));
  }
  rememberMadeOf(madeOfHere(await scenes.runtime()));
  return taken;
}

const scenes = await openScenes({ asReference: true });
try {
  const taken = options.accept ? await accept(scenes) : await takeAll(scenes);
  console.log(`[screens] ${taken} pictures in ${options.accept ? referenceFolder : options.out}`);
} finally {
  await scenes.close();
}
