// Measures what the app takes while nothing happens: memory with window and with tray only, and a minute of processor time.
import { setTimeout as pass } from 'node:timers/promises';
import { openTrayHost } from '../e2e/tray.ts';
import type { BenchDaemon } from './daemon.ts';
import type { OpenedWindow } from './opened-window.ts';
import { memoryMb, threadTimes, timeBetween } from './processes.ts';
import { differenceRow, ratioRow, type Row } from './results.ts';
import { twoWindows } from './windows.ts';

/** What opening leaves to do (caches, idle work of the page) is over by then. */
const settleMs = 5_000;
const minuteMs = 60_000;
const iconLimitMs = 15_000;

export async function measureResting(daemon: BenchDaemon, runs: number, idleMs: number): Promise<readonly Row[]> {
  const windows = twoWindows(daemon);
  const memory: (readonly [Memory, Memory])[] = [];
  const idle: (readonly [number, number])[] = [];
  // Without a place for its icon the app would end with its window.
  const tray = await openTrayHost();
  const openApp = async (): Promise<OpenedWindow> => {
    const before = tray.registered();
    const app = await windows.app();
    for (const limit = Date.now() + iconLimitMs; tray.registered() === before; await pass(20))
      if (Date.now() > limit) throw new Error('The app shows no icon.');
    return app;
  };
  try {
    for (let run = 0; run < runs; run += 1) {
      // One after the other: side by side they would share pages with each other, and each would seem to take less.
      memory.push([await memoryOf(openApp), await memoryOf(windows.bare)]);
      idle.push(await idleTimes(openApp, windows.bare, idleMs));
    }
  } finally {
    tray.close();
  }
  const by = (key: keyof Memory) => memory.map(([app, bare]) => [app[key], bare[key]] as const);
  return [
    ratioRow({ what: 'Memory with window (PSS)', unit: 'MB' }, 'bare window', by('withWindow'), 1.15),
    ratioRow({ what: 'Memory with tray only (PSS)', unit: 'MB' }, 'bare, window closed', by('withoutWindow'), 1.1),
    differenceRow({ what: 'Processor time of an idle minute', unit: 'ms' }, 'bare window', idle, 60),
  ];
}

type Memory = { readonly withWindow: number; readonly withoutWindow: number };

async function memoryOf(open: () => Promise<OpenedWindow>): Promise<Memory> {
  const opened = await open();
  try {
    await pass(settleMs);
    const withWindow = memoryMb(opened.pid);
    await opened.closeWindow();
    await pass(settleMs);
    return { withWindow, withoutWindow: memoryMb(opened.pid) };
  } finally {
    await opened.end();
  }
}

/** Side by side, so that both rest in the very same minute. */
async function idleTimes(
  openApp: () => Promise<OpenedWindow>,
  openBare: () => Promise<OpenedWindow>,
  idleMs: number,
): Promise<readonly [app: number, bare: number]> {
  const [app, bare] = await Promise.all([openApp(), openBare()]);
  try {
    await pass(settleMs);
    const before = [threadTimes(app.pid), threadTimes(bare.pid)] as const;
    await pass(idleMs);
    const share = minuteMs / idleMs;
    return [
      timeBetween(before[0], threadTimes(app.pid)) * share,
      timeBetween(before[1], threadTimes(bare.pid)) * share,
    ];
  } finally {
    await Promise.all([app.end(), bare.end()]);
  }
}
