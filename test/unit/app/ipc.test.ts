// Who gets through the door at all.
import { EventEmitter } from 'node:events';
import type { IpcMain, WebContents } from 'electron';
import { expect, test } from 'vitest';
import { requests, SNAPSHOT, WATCH } from '../../../electron/contract/ipc.ts';
import { ok } from '../../../electron/contract/problem.ts';
import { openDoor } from '../../../electron/app/ipc.ts';
import { snapshot } from '../../fakes/snapshot.ts';

function hung() {
  const ours = { origin: 'app://afloat', url: 'app://afloat/' };
  const sent: unknown[] = [];
  const asked: unknown[] = [];
  const strangers: string[] = [];
  const handlers = new Map<string, (event: object, raw: unknown) => Promise<unknown>>();
  const emitter = new EventEmitter();
  const ipcMain = {
    handle: (name: string, handler: (event: object, raw: unknown) => Promise<unknown>) => handlers.set(name, handler),
    on: (name: string, listener: (event: object) => void) => emitter.on(name, listener),
  } as unknown as IpcMain;
  openDoor(ipcMain, {
    contents: () => ({ mainFrame: ours }) as unknown as WebContents,
    snapshot,
    door: Promise.resolve((name, raw) => {
      asked.push([name, raw]);
      return Promise.resolve(ok('answer'));
    }),
    watched: () => sent.push('watched'),
    refused: (what) => strangers.push(what),
  });
  const sender = { send: (channel: string, payload: unknown) => sent.push([channel, payload]) };
  return {
    ours,
    sent,
    asked,
    strangers,
    invoke: (name: string, frame: object | null, raw: unknown) =>
      handlers.get(name)?.({ senderFrame: frame, sender }, raw),
    watch: (frame: object | null) => emitter.emit(WATCH, { senderFrame: frame, sender }),
    names: [...handlers.keys()],
  };
}

test('every request has its handler', () => {
  expect(hung().names.sort()).toEqual([...requests].sort());
});

test('our page is answered', async () => {
  const { invoke, ours, asked } = hung();
  expect(await invoke('engine.refresh', ours, null)).toEqual(ok('answer'));
  expect(asked).toEqual([['engine.refresh', null]]);
});

test.each([
  ['a frame within it', { origin: 'app://afloat', url: 'app://afloat/' }],
  ['another page', { origin: 'https://example.org', url: 'https://example.org/' }],
  ['a frame that is gone', null],
])('%s gets an exception, and nobody is asked', async (_who, frame) => {
  const { invoke, watch, asked, sent, strangers } = hung();
  await expect(invoke('engine.act', frame, { verb: 'stop', accept: ['stops'] })).rejects.toThrow('refused');
  watch(frame);
  expect(asked).toEqual([]);
  expect(sent).toEqual([]);
  expect(strangers).toHaveLength(2);
});

test('watching is asking: the answer is the whole snapshot, at once', () => {
  const { watch, ours, sent } = hung();
  watch(ours);
  expect(sent).toEqual([[SNAPSHOT, snapshot()], 'watched']);
});
