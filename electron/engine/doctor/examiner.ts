// Lets the doctor look at the daemon that is watched, and notes what he finds: after every connect, restart, and on demand.
import type { Api } from '../api.ts';
import type { Identification, Platform } from '../ports.ts';
import type { ViewStore } from '../view.ts';
import { examine } from './doctor.ts';
import { lookAround } from './look.ts';

export type ExaminerPorts = {
  readonly api: Pick<Api, 'document' | 'containers'>;
  readonly platform: Platform;
  readonly store: ViewStore;
  readonly identified: () => Identification | null;
  readonly closed: () => boolean;
};

/** Resolves when what was found is in the view. */
export function createExaminer({ api, platform, store, identified, closed }: ExaminerPorts): () => Promise<void> {
  const look = async (): Promise<void> => {
    const identification = identified();
    if (identification === null) return;
    const { link, containers, config } = store.observed();
    const facts = link.kind === 'up' ? link.facts : null;
    // Networks come and go without an event that we hear: what is judged is asked for now.
    const fresh = facts === null ? null : await api.containers();
    const list = fresh?.ok ? fresh.value : (containers?.list ?? []);
    const values = config.state === 'read' ? config.values : config.state === 'absent' ? {} : null;
    const seen = await lookAround({ api, platform, identification, facts, containers: list, values });
    // What was seen of a daemon that is gone, or back, says nothing of it now.
    const same = (store.observed().link.kind === 'up') === (facts !== null);
    if (!closed() && same) store.observe({ ailments: examine(seen) });
  };
  // One after the other: what an earlier look saw must not stand over a later one.
  let last = Promise.resolve();
  return () => (last = last.then(look, look));
}
