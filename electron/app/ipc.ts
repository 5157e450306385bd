// The one door between page and main process: only our own page gets in; what it asks is answered behind it.
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import { NAVIGATE, requests, SNAPSHOT, WATCH, type Navigation } from '../contract/ipc.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import type { Door } from './door.ts';
import { isOurs } from './guard.ts';

export type DoorPorts = {
  /** Of our window; null while there is none. */
  readonly contents: () => WebContents | null;
  readonly snapshot: () => Snapshot;
  /** Comes after the window is on its way; requests wait for it. */
  readonly door: Promise<Door>;
  /** The page watches from now on. */
  readonly watched: () => void;
  readonly refused: (what: string) => void;
};

/** Hangs the door in. Strangers get an exception and nothing to parse. */
export function openDoor(ipcMain: IpcMain, ports: DoorPorts): void {
  const admits = ({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent, name: string): boolean => {
    const ours = isOurs(senderFrame, ports.contents()?.mainFrame ?? null);
    if (!ours) ports.refused(`${name} from ${senderFrame?.url ?? 'a frame that is gone'}`);
    return ours;
  };
  for (const name of requests) {
    ipcMain.handle(name, async (event, raw: unknown) => {
      if (!admits(event, name)) throw new Error('refused');
      return (await ports.door)(name, raw);
    });
  }
  ipcMain.on(WATCH, (event) => {
    if (!admits(event, WATCH)) return;
    event.sender.send(SNAPSHOT, ports.snapshot());
    ports.watched();
  });
}

/** Tells the page of a new snapshot. */
export const sendSnapshot = (contents: WebContents, snapshot: Snapshot): void => contents.send(SNAPSHOT, snapshot);

/** Asks the page to show a place. */
export const sendNavigation = (contents: WebContents, to: Navigation): void => contents.send(NAVIGATE, to);
