// Measures in the real window: from the daemon's event to its picture, and from the click on Apply to the painted proof.
import { request } from 'node:http';
import type { Outcome } from '../../electron/contract/outcome.ts';
import { messagesIn } from '../../electron/contract/messages/index.ts';
import { follow } from '../tour/raw-http.ts';
import { partsOf } from './changing.ts';
import type { BenchDaemon } from './daemon.ts';
import type { OpenedWindow } from './opened-window.ts';
import { plainRow, type Row } from './results.ts';
import { twoWindows } from './windows.ts';

const { window: words } = messagesIn('en');
const text = (value: unknown): string => JSON.stringify(value);

/** The app on a sandbox of its own, because only its owner may change that. */
export async function measurePainting(daemon: BenchDaemon, runs: number): Promise<readonly Row[]> {
  const window = await twoWindows(daemon).app(['--sandbox']);
  try {
    await window.evaluate(helpers);
    const endpoint = await window.evaluate<string>('present().then((now) => now.target.endpoint)');
    const painted = await eventToPaint(window, endpoint.replace('unix://', ''), runs);
    const { totals, outcomes } = await clickToProof(window, runs);
    return [
      plainRow({ what: 'Event to paint', unit: 'ms' }, painted, 50),
      plainRow({ what: 'Click to painted proof', unit: 'ms', parts: partsOf(outcomes, totals) }, totals, 250),
    ];
  } finally {
    await window.end();
  }
}

/** In the page: the present snapshot, and buttons by their words. */
const helpers = `
globalThis.present = () => new Promise((resolve) => {
  const stop = bridge.watch((now) => { resolve(now); queueMicrotask(() => stop()); });
});
globalThis.button = (name) => [...document.querySelectorAll('button')].find((one) => one.textContent === name);
`;

/** Pauses and unpauses a container; each event is timed by the daemon, and its picture by the page. */
async function eventToPaint(window: OpenedWindow, socketPath: string, runs: number): Promise<readonly number[]> {
  await window.evaluate(`location.hash = 'status'; afterPaint(() => document.querySelector('table') !== null)`);
  const { running, paused } = words.status.containerStates;
  const times: number[] = [];
  let tell = (_at: number): void => undefined;
  const filters = encodeURIComponent('{"type":{"container":true},"event":{"pause":true,"unpause":true}}');
  const stream = follow(
    socketPath,
    `/events?filters=${filters}`,
    (line) => tell(Number(/"timeNano":(\d+)/.exec(line)?.[1]) / 1e6),
    () => undefined,
  );
  try {
    for (let run = -2; run < runs; run += 1) {
      const [verb, word] = run % 2 === 0 ? (['pause', paused] as const) : (['unpause', running] as const);
      const event = new Promise<number>((resolve) => (tell = resolve));
      const row = `[...document.querySelectorAll('tbody tr')].find((row) => /^db/.test(row.textContent))`;
      const shown = window.evaluate<number>(`afterPaint(() => ${row}?.textContent.includes(${text(word)}) === true)`);
      await post(socketPath, `/containers/db/${verb}`);
      const took = (await shown) - (await event);
      if (run >= 0) times.push(took);
    }
    return times;
  } finally {
    stream.destroy();
  }
}

async function clickToProof(
  window: OpenedWindow,
  runs: number,
): Promise<{ readonly totals: readonly number[]; readonly outcomes: readonly Outcome[] }> {
  await window.evaluate(`location.hash = 'daemon/advanced'; afterPaint(() => document.querySelector('#live-restore'))`);
  const [apply, dismiss] = [text(words.actions.applyReload), text(words.actions.dismiss)];
  const totals: number[] = [];
  const outcomes: Outcome[] = [];
  for (let run = -1; run < runs; run += 1) {
    await window.evaluate(`document.querySelector('#live-restore').click()`);
    const took = await window.evaluate<number>(`
      afterPaint(() => button(${apply})?.disabled === false).then(async () => {
        const clicked = performance.timeOrigin + performance.now();
        button(${apply}).click();
        return (await afterPaint(() => button(${dismiss}) !== undefined)) - clicked;
      })`);
    const outcome = await window.evaluate<Outcome>('present().then((now) => now.lastOutcome)');
    if (outcome.result !== 'applied' || outcome.effect !== 'reload')
      throw new Error(`The change was not applied: ${text(outcome)}`);
    if (run >= 0) {
      totals.push(took);
      outcomes.push(outcome);
    }
    await window.evaluate(backToOff(dismiss));
  }
  return { totals, outcomes };
}

/** Off again, past the confirmation that a person would see, and the result of it put away. */
const backToOff = (dismiss: string): string => `
present().then(async ({ config }) => {
  const change = { kind: 'patch', patch: [{ path: ['live-restore'], set: false }] };
  const { ok, value } = await bridge['config.apply']({ change, etag: config.etag, accept: ['stops'] });
  if (!ok || value.result !== 'applied') throw new Error('Live restore could not be turned off again.');
  await afterPaint(() => button(${dismiss}) !== undefined && !document.querySelector('#live-restore').checked);
  button(${dismiss}).click();
  await afterPaint(() => button(${dismiss}) === undefined && !document.querySelector('#live-restore').disabled);
})`;

function post(socketPath: string, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, method: 'POST', headers: { Host: 'docker' } }, (answer) => {
      answer.resume();
      answer.on('end', () =>
        answer.statusCode === 204 ? resolve() : reject(new Error(`${path}: ${answer.statusCode}`)),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}
