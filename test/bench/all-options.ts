// The page of all options beside a bare page: until it is painted, a frame while scrolling, a keystroke of its search.
import type { BenchDaemon } from './daemon.ts';
import type { OpenedWindow } from './opened-window.ts';
import { ratioRow, type Row } from './results.ts';
import { twoWindows } from './windows.ts';

/** In the page; resolves with ms until the frame that shows what was asked for. */
const timed = (change: string, holds: string): string => `
(async () => {
  const began = performance.timeOrigin + performance.now();
  ${change};
  return (await afterPaint(() => ${holds})) - began;
})()`;

const ours = {
  leave: `location.hash = 'about'; afterPaint(() => document.querySelector('[data-option]') === null)`,
  show: timed(`location.hash = 'daemon/advanced'`, `document.querySelectorAll('[data-option]').length > 80`),
  scroll: scrolling(`document.querySelector('.page')`),
  type: timed(
    `const box = document.querySelector('.search input');
     const before = document.querySelectorAll('[data-option]').length;
     Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(box, 'proxy');
     box.dispatchEvent(new Event('input', { bubbles: true }))`,
    `document.querySelectorAll('[data-option]').length !== before`,
  ),
};

const bare = {
  leave: `document.body.replaceChildren(); afterPaint(() => document.querySelector('h1') === null)`,
  show: timed(
    `addEventListener('hashchange', () => (document.body.innerHTML = '<h1>Bare</h1>'), { once: true });
     location.hash = String(Math.random())`,
    `document.querySelector('h1') !== null`,
  ),
  scroll: `(() => { document.body.innerHTML = '<div style="height: 9000px">Bare</div>'; })(); ${scrolling('document.documentElement')}`,
  type: timed(
    `document.body.innerHTML = '<input><output></output>';
     const [box, out] = document.body.children;
     box.addEventListener('input', () => (out.textContent = box.value));
     box.value = String(Math.random());
     box.dispatchEvent(new Event('input', { bubbles: true }))`,
    `document.querySelector('output').textContent !== ''`,
  ),
};

/** Ms from one frame to the next while the whole height goes by. */
function scrolling(page: string): string {
  return `
(async () => {
  const page = ${page};
  const frame = () => new Promise(requestAnimationFrame);
  page.scrollTop = 0;
  await frame();
  const began = performance.now();
  for (let step = 0; step < 40; step += 1) {
    page.scrollTop += 180;
    await frame();
  }
  return (performance.now() - began) / 40;
})()`;
}

/** Each window alone, as it would be seen: one behind another draws no frames. */
async function measured(
  window: OpenedWindow,
  steps: { readonly leave: string; readonly show: string; readonly scroll: string; readonly type: string },
  runs: number,
): Promise<Readonly<Record<'show' | 'scroll' | 'type', readonly number[]>>> {
  const times = { show: [] as number[], scroll: [] as number[], type: [] as number[] };
  try {
    for (let run = -1; run < runs; run += 1) {
      await window.evaluate(steps.leave);
      const shown = await window.evaluate<number>(steps.show);
      const scrolled = await window.evaluate<number>(steps.scroll);
      const typed = await window.evaluate<number>(steps.type);
      // The first round warms up.
      if (run < 0) continue;
      times.show.push(shown);
      times.scroll.push(scrolled);
      times.type.push(typed);
    }
  } finally {
    await window.end();
  }
  return times;
}

export async function measureAllOptions(daemon: BenchDaemon, runs: number): Promise<readonly Row[]> {
  const windows = twoWindows(daemon);
  const app = await measured(await windows.app(), ours, runs);
  const other = await measured(await windows.bare(), bare, runs);
  const row = (what: string, of: 'show' | 'scroll' | 'type'): Row =>
    ratioRow(
      { what: `All options: ${what}`, unit: 'ms' },
      'bare page',
      app[of].map((time, i) => [time, other[of][i] ?? Number.NaN] as const),
      null,
    );
  return [
    row('page to paint', 'show'),
    row('frame while scrolling', 'scroll'),
    row('keystroke of the search to paint', 'type'),
  ];
}
