// Keeps the list of containers true by events: asks again for those that something happened to, and for no others.
import type { Container } from '../contract/snapshot.ts';
import type { Api, ApiEvent } from './api.ts';

export type ContainerList = {
  /** Something happened to this one; nothing where the id is empty. */
  note(container: Pick<ApiEvent, 'id'>): void;
  close(): void;
};

/** Follows from a first list on; `changed` gets the whole list whenever a container in it is another than before. */
export function followContainers(
  api: Pick<Api, 'container'>,
  first: readonly Container[],
  changed: (list: readonly Container[]) => void,
): ContainerList {
  const known = new Map(first.map((container) => [container.id, container]));
  const dirty = new Set<string>();
  let asking = false;
  let closed = false;

  async function ask(): Promise<void> {
    asking = true;
    while (dirty.size > 0 && !closed) {
      const ids = [...dirty];
      dirty.clear();
      const answers = await Promise.all(ids.map(async (id) => ({ id, answer: await api.container(id) })));
      for (const { id, answer } of answers) {
        // An answer that failed leaves what is known: a lost connection begins with a new list.
        if (!answer.ok) continue;
        if (answer.value) known.set(id, answer.value);
        else known.delete(id);
      }
      if (!closed) changed([...known.values()]);
    }
    asking = false;
  }

  return {
    note({ id }) {
      if (id === '') return;
      dirty.add(id);
      // Events of one happening come together (die, stop, destroy): the answer to the first covers the rest.
      if (!asking) void ask();
    },
    close() {
      closed = true;
    },
  };
}
