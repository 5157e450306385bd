// The tour's last words in the terminal: what was done, what it proved, and whether the witness agrees.
import type { TourStory } from './disagreements.ts';

/** A few lines that fit a terminal of 100 columns. */
export function reportOf(story: TourStory, wrong: readonly string[], tookMs: number): string {
  const { start, applied, restarted, end, seenBefore, seenApplied, seenAfter } = story;
  const { app } = end;
  const version = end.engine.state === 'running' ? end.engine.facts.version : 'unknown';
  const runtime = `Electron ${app.electron}${app.unsupportedRuntime ? ' (unsupported development runtime)' : ''}`;
  const proof = restarted.proof;
  const ticksOf = (seen: typeof seenBefore, name: string): string =>
    seen.containers.find((one) => one.name === name)?.startTicks ?? 'gone';
  const table = [
    ['container', 'pid before', 'pid after', 'started (ticks)', 'fate'],
    ...restarted.containers.all.map(({ name, pidBefore, pidAfter }) => {
      const [was, is] = [ticksOf(seenBefore, name), ticksOf(seenAfter, name)];
      const kept = pidAfter === pidBefore && was === is;
      return [name, String(pidBefore), String(pidAfter), was === is ? was : `${was} -> ${is}`, kept ? 'kept' : 'LOST'];
    }),
  ];
  const lines = [
    `Afloat ${app.version} on ${runtime}, dockerd ${version} in a sandbox`,
    '',
    ...aligned(table),
    '',
    `effect    live restore ${start.liveRestore.effective ? 'on' : 'off'} -> ${end.liveRestore.effective ? 'on' : 'off'} by ${applied.effect}; then the daemon restarted: process ${proof?.pidBefore} -> ${proof?.pidAfter}`,
    `API gap   restart: ${restarted.apiDowntimeMs} ms as the app says, ${seenAfter.longestGapMs} ms as the witness saw`,
    `          ${applied.effect}: ${applied.apiDowntimeMs} ms as the app says, never more than ${seenApplied.longestGapMs} ms between two answers as the witness saw`,
    `proof     reload event ${applied.proof?.event} of the daemon; /info LiveRestoreEnabled: ${seenAfter.liveRestore}`,
    `time      ${applied.finishedAt - applied.startedAt} ms to apply, ${seconds(restarted.finishedAt - restarted.startedAt)} to restart, ${seconds(tookMs)} in all; pictures in tour/`,
    '',
    wrong.length === 0
      ? 'The witness, a second process that read /proc, /info and the events, agrees with every figure.'
      : ['The witness DISAGREES:', ...wrong.map((one) => `- ${one}`)].join('\n'),
  ];
  return lines.join('\n');
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function aligned(table: readonly (readonly string[])[]): readonly string[] {
  const widths = (table[0] ?? []).map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0)));
  return table.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
