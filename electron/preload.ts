// Puts `window.bridge` into the page: made from the contract's list of requests, and nothing beside it.
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { NAVIGATE, requests, SNAPSHOT, WATCH, type Bridge, type Navigation } from './contract/ipc.ts';
import type { Snapshot } from './contract/snapshot.ts';

const calls = Object.fromEntries(
  requests.map((name) => [name, (input: unknown): Promise<unknown> => ipcRenderer.invoke(name, input)]),
) as Omit<Bridge, 'watch' | 'onNavigate'>;

/** Listeners get the payload only: an event would hand the page its sender. */
function listen<T>(channel: string, listener: (payload: T) => void): () => void {
  const receive = (_event: IpcRendererEvent, payload: T): void => listener(payload);
  ipcRenderer.on(channel, receive);
  return () => void ipcRenderer.off(channel, receive);
}

const bridge: Bridge = {
  ...calls,
  watch(listener) {
    const stop = listen<Snapshot>(SNAPSHOT, listener);
    ipcRenderer.send(WATCH);
    return stop;
  },
  onNavigate: (listener) => listen<Navigation>(NAVIGATE, listener),
};

contextBridge.exposeInMainWorld('bridge', bridge);
