// Hands the view, its verbs and the sentences to every component.
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Messages } from '@contract/messages/page.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import type { Actions } from './actions.ts';
import type { Titles } from './fields/titles.ts';
import type { View, ViewStore } from './store.ts';

type Room = { readonly store: ViewStore; readonly actions: Actions };

const RoomContext = createContext<Room | null>(null);

/** Makes view and verbs known to everything inside. */
export function ViewProvider({ store, actions, children }: Room & { readonly children: ReactNode }) {
  const room = useMemo(() => ({ store, actions }), [store, actions]);
  return <RoomContext value={room}>{children}</RoomContext>;
}

function useRoom(): Room {
  const room = useContext(RoomContext);
  if (room === null) throw new Error('A component stands outside of its ViewProvider.');
  return room;
}

/** A part of the view; the component is drawn anew when that part changes. */
export const useView = <T,>(select: (view: View) => T): T => useStore(useRoom().store, select);

/** The snapshot, or null until the first one came. */
export const useSnapshot = (): Snapshot | null => useView((view) => view.snapshot);

export const useActions = (): Actions => useRoom().actions;

/** What options are called, as far as that is loaded. */
export const useTitles = (): Titles => useView((view) => view.titles);

/** The sentences in the user's language. */
export const useMessages = (): Messages => useView((view) => view.messages);
