// Lets the doctor look at the daemon that is watched, and notes what he finds: after every connect, restart, and on demand.
import type { Finding } from '../../contract/plan.ts';
import type { EngineFacts } from '../../contract/snapshot.ts';
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
  async function findings(identification: Identification, facts: EngineFacts | null): Promise<readonly Finding[]> {
    const { containers, config } = store.observed();
    // Networks come and go without an event that we hear: what is judged is asked for now.
    const fresh = facts === null ? null : await api.containers();
    const list = fresh?.ok ? fresh.value : (containers?.list ?? []);
    const values = config.state === 'read' ? config.values : config.state === 'absent' ? {} : null;
    return examine(await lookAround({ api, platform, identification, facts, containers: list, values }));
  }

  const look = async (): Promise<void> => {
    const identification = identified();
    if (identification === null) return;
    const { link } = store.observed();
    const facts = link.kind === 'up' ? link.facts : null;
    const first = await findings(identification, facts);
    // What ends or begins between two questions looks like an illness: one that is there is there twice.
    const found = first.length === 0 || closed() ? first : inBoth(first, await findings(identification, facts));
    // What was seen of a daemon that is gone, or back, says nothing of it now.
    const same = (store.observed().link.kind === 'up') === (facts !== null);
    if (!closed() && same) store.observe({ ailments: found });
  };
  // One after the other: what an earlier look saw must not stand over a later one.
  let last = Promise.resolve();
  return () => (last = last.then(look, look));
}

function inBoth(first: readonly Finding[], second: readonly Finding[]): readonly Finding[] {
  const again = new Set(second.map((finding) => JSON.stringify(finding)));
  return first.filter((finding) => again.has(JSON.stringify(finding)));
}
