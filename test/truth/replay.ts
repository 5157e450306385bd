// What `check` says of a configuration of the corpus, on its machine, beside what a real daemon said.
import { readAsDaemon } from '../../electron/engine/config-text.ts';
import { checkConfig, reloadVerdictOf, verdictOf } from '../../electron/engine/check.ts';
import type { Machine } from '../../electron/engine/machine.ts';
import type { Finding } from '../../electron/contract/plan.ts';
import { facts } from '../fakes/snapshot.ts';
import { hashOf, type Case } from './case.ts';
import { partFor } from './corpus.ts';
import type { Judged, Results } from './results.ts';

export type Said = {
  readonly starts: boolean;
  readonly reloads: boolean;
  readonly findings: readonly Finding[];
};

/** As `afloat check` does: the text first, then all that it holds. */
export function checked(one: Case, version: string, machine: Machine): Said {
  const read = readAsDaemon(one.bytes, '', version);
  if (!read.ok) return { starts: false, reloads: false, findings: [] };
  const swarm = one.kind === 'swarm' ? ('active' as const) : ('inactive' as const);
  const findings = checkConfig({
    text: read.value.text,
    values: read.value.values,
    version,
    flags: one.flags,
    flagSource: '',
    facts: facts({ version, swarm: { state: swarm, role: 'manager', quorum: null } }),
    machine,
  });
  return { starts: verdictOf(findings) === 'starts', reloads: reloadVerdictOf(findings) === 'takes', findings };
}

export type Compared = { readonly one: Case; readonly real: boolean; readonly ours: boolean; readonly said: string };

/** Every configuration that a daemon of this version has judged, by what it was asked. */
export function compare(
  results: Results,
  machine: Machine,
): { readonly start: readonly Compared[]; readonly reload: readonly Compared[] } {
  const version = results.head.dockerd;
  const start: Compared[] = [];
  const reload: Compared[] = [];
  const verdicts = new Map<string, Judged[]>();
  for (const one of results.judged) verdicts.set(one.hash, [...(verdicts.get(one.hash) ?? []), one]);
  for (const one of partFor(version)) {
    const said = verdicts.get(hashOf(one));
    if (said === undefined) continue;
    const ours = checked(one, version, machine);
    for (const { starts, reloads, said: words = '' } of said) {
      if (starts !== undefined) start.push({ one, real: starts, ours: ours.starts, said: words });
      if (reloads !== undefined) reload.push({ one, real: reloads, ours: ours.reloads, said: words });
    }
  }
  return { start, reload };
}

export type Confusion = {
  /** The daemon starts (or takes it), and so we say. */
  readonly right: number;
  /** It starts, and we say that it refuses. */
  readonly needless: number;
  /** It refuses, and we say that it starts: the one thing that must not be. */
  readonly falseHope: number;
  readonly refused: number;
};

export const confusionOf = (all: readonly Compared[]): Confusion => ({
  right: all.filter(({ real, ours }) => real && ours).length,
  needless: all.filter(({ real, ours }) => real && !ours).length,
  falseHope: all.filter(({ real, ours }) => !real && ours).length,
  refused: all.filter(({ real, ours }) => !real && !ours).length,
});
