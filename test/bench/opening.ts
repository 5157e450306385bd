// Measures from process start to the Advanced panel showing live data, against a bare window, in turn.
import type { BenchDaemon } from './daemon.ts';
import type { OpenedWindow } from './opened-window.ts';
import { ratioRow, type Row } from './results.ts';
import { twoWindows } from './windows.ts';

type Times = Pick<OpenedWindow, 'navigatedMs' | 'loadedMs' | 'paintedMs' | 'shownMs'>;

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
  const row = (what: string, key: keyof Times, limit: number | null): Row =>
    ratioRow({ what, unit: 'ms' }, 'bare window', by(key), limit);
  return [
    row('Process start to live data', 'shownMs', 1.25),
    // Where it goes: the main process, the page's scripts, the first paint.
    row('- to the navigation of the page', 'navigatedMs', null),
    row('- to the end of its scripts', 'loadedMs', null),
    row('- to first contentful paint', 'paintedMs', null),
  ];
}
