// Measures from process start to the Advanced panel showing live data, against a bare window, in turn.
import type { BenchDaemon } from './daemon.ts';
import type { OpenedWindow } from './opened-window.ts';
import { ratioRow, type Row } from './results.ts';
import { twoWindows } from './windows.ts';

type Times = Pick<OpenedWindow, 'shownMs' | 'paintedMs'>;

export async function measureOpening(daemon: BenchDaemon, runs: number): Promise<readonly Row[]> {
  const windows = twoWindows(daemon);
  const timed = async (open: () => Promise<OpenedWindow>): Promise<Times> => {
    const window = await open();
    await window.end();
    return window;
  };
  const pairs: (readonly [Times, Times])[] = [];
  // The first of each makes its profile and fills the caches.
  for (let run = -1; run < runs; run += 1) {
    const appFirst = run % 2 === 0;
    const first = await timed(appFirst ? windows.app : windows.bare);
    const second = await timed(appFirst ? windows.bare : windows.app);
    if (run >= 0) pairs.push(appFirst ? [first, second] : [second, first]);
  }
  const by = (key: keyof Times) => pairs.map(([app, bare]) => [app[key], bare[key]] as const);
  return [
    ratioRow({ what: 'Process start to live data', unit: 'ms' }, 'bare window', by('shownMs'), 1.25),
    ratioRow({ what: 'Process start to first contentful paint', unit: 'ms' }, 'bare window', by('paintedMs'), null),
  ];
}
