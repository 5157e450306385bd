// The page in a plain browser, on a fake door in one of the scenes: for looking at it, and for measuring contrast.
import { atRest } from './still.ts';
import { fail, ok } from '@contract/problem.ts';
import type { Change } from '@contract/change.ts';
import { page } from '@contract/messages/en/page.ts';
import { languageFor } from '@contract/messages/language.ts';
import { createFakeBridge } from '../fakes/bridge.ts';
import { planned } from '../fakes/snapshot.ts';
import { pseudoCatalog } from './pseudo.ts';
import { scenes } from './scenes.ts';

/** Something of the kind of which there is more than the frame holds. */
const bundle = Array.from({ length: 60 }, (_, line) => `2026-11-22T14:02:${10 + (line % 50)}Z info line ${line}`).join(
  '\n',
);

const query = new URLSearchParams(location.search);
const scene =
  scenes[query.get('scene') ?? 'running'] ??
  (() => {
    throw new Error('no such scene');
  })();
const first = scene.snapshot;
const dark = query.get('theme') === 'dark';
const fake = createFakeBridge({
  ...first,
  app: { ...first.app, dark, language: languageFor('system', [query.get('lang') ?? 'en']) },
});

fake.answer('engine.plan', (verb) =>
  ok(
    scene.verb
      ? scene.verb(verb)
      : planned({ verb, effect: verb === 'reload' ? 'reload' : 'restart', expectedGapMs: 2100 }),
  ),
);
fake.answer('config.plan', (change: Change) =>
  scene.plan ? ok(scene.plan(change)) : fail({ kind: 'internal', reference: 'scene' }),
);
fake.answer('engine.way-back', () => (scene.wayBack ? ok(scene.wayBack) : fail({ kind: 'way-back.unknown' })));
fake.answer('engine.rescue', () =>
  scene.rescued ? ok(scene.rescued) : fail({ kind: 'internal', reference: 'scene' }),
);
fake.answer('diagnostics.make', () => ok(bundle));
fake.answer('config.apply', () => new Promise(() => undefined));
fake.answer('engine.act', () => new Promise(() => undefined));

Object.assign(window, {
  bridge: fake.bridge,
  scenes: Object.fromEntries(Object.entries(scenes).map(([name, { acts }]) => [name, acts ?? []])),
  later: () => scene.later?.(fake),
  atRest,
});
// The page opens with this catalog and has not been loaded yet.
if (query.get('lang') === 'pseudo') Object.assign(page, pseudoCatalog(page));
document.documentElement.style.fontSize = `${query.get('text') ?? '100'}%`;
location.hash = scene.place;
void import('../../renderer/main.tsx').then(() => scene.after?.(fake));
