// Asks the present verdict code what it says of a recorded situation, by the same way that the program takes.
import type { JsonObject } from '../../electron/contract/json.ts';
import type { ContainerVerdict, Effect } from '../../electron/contract/plan.ts';
import { containerFrom, factsFrom } from '../../electron/engine/api-answers.ts';
import { surroundings, type Circumstances } from '../../electron/engine/circumstances.ts';
import { readConfigText } from '../../electron/engine/config-text.ts';
import { atStart } from '../../electron/engine/live-restore.ts';
import { planChange, planVerb } from '../../electron/engine/plan.ts';
import { verdictsFor } from '../../electron/engine/survival.ts';
import { ok } from '../../electron/contract/problem.ts';
import { shimFrom } from '../../electron/platform/shims.ts';
import { ofRoot } from '../../electron/platform/usual-places.ts';
import type { Known } from './survival-record.ts';
import type { Scenario } from './survival-scenarios.ts';

type Foretold = { readonly effect: Effect; readonly containers: readonly ContainerVerdict[] };

export const effectOf = (scenario: Scenario, known: Known): Effect => foretell(scenario, known).effect;

export function foretell(scenario: Scenario, known: Known): Foretold {
  const now = circumstancesFrom(scenario, known);
  switch (scenario.act) {
    case 'restart':
      return planVerb('restart', now);
    case 'reload':
      return planVerb('reload', now);
    case 'stop':
      return planVerb('stop', now);
    case 'stop-start':
    case 'crash-start':
      // While it is up, nobody was asked yet.
      return known.up ? { effect: 'none', containers: [] } : planVerb('start', now);
    case 'apply': {
      const base = Object.entries(valuesOf(known.text)).filter(([key]) =>
        ['data-root', 'exec-root', 'cgroup-parent'].includes(key),
      );
      const values: JsonObject = { ...Object.fromEntries(base), ...scenario.to };
      const plan = planChange(now, ok({ text: `${JSON.stringify(values, null, 2)}\n`, values }));
      if (!plan.ok) throw new Error(JSON.stringify(plan.problem));
      return plan.value;
    }
    case 'bare-restart': {
      const around = surroundings(now);
      const inMemory = 'facts' in now.engine ? now.engine.facts.liveRestore : null;
      const starts = atStart(valuesOf(known.text), now.flags);
      const containers = verdictsFor({
        ...around,
        act: 'restart',
        changes: [],
        liveRestore: { atStop: inMemory, atStart: starts },
      });
      return { effect: 'restart', containers };
    }
  }
}

function circumstancesFrom(scenario: Scenario, known: Known): Circumstances {
  const facts = factsFrom(known.info, '1.41');
  if (facts === null) throw new Error('no facts were recorded');
  const containers = known.inspected.flatMap((document) => containerFrom(document, null) ?? []);
  const values = valuesOf(known.text);
  // What starts decides over --rm and health checks.
  const version = scenario.upgrade ? `${scenario.upgrade}.0` : facts.version;
  return {
    engine: known.up ? { state: 'running', since: 0, facts } : { state: 'stopped', since: 0 },
    lastFacts: facts,
    version,
    endpoint: 'unix:///FOLDER/docker.sock',
    access: { kind: 'proven' },
    elevates: false,
    manager: 'sandbox',
    killMode: null,
    ownContainerd: null,
    policy: { state: 'none' },
    flags: known.flags,
    flagSource: 'dockerd',
    config: {
      state: 'read',
      path: '/FOLDER/daemon.json',
      etag: 'recorded',
      text: known.text,
      values,
      writable: { ok: true },
    },
    containers,
    unit: null,
    shims: known.shims.flatMap(({ arguments: args, cgroup }, index) => {
      const said = shimFrom(args);
      return said
        ? [
            {
              ...said,
              pid: index + 1,
              startTicks: '1',
              first: null,
              units: cgroup.split('/').filter((part) => part.endsWith('.service')),
            },
          ]
        : [];
    }),
    usual: ofRoot.usual,
    pastGaps: [],
    now: 0,
  };
}

function valuesOf(text: string): JsonObject {
  const read = readConfigText(new TextEncoder().encode(text), '/FOLDER/daemon.json', null);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value.values;
}
