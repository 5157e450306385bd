// What was gathered of a packaged daemon that runs, and whatever a test makes of it.
import type { Gathered } from '../../electron/engine/gather.ts';
import { facts, START } from './snapshot.ts';

const configPath = '/etc/docker/daemon.json';

/** Everything but its file, and whether somebody else may act for us. */
export function gatheredWith(own: Pick<Gathered, 'state' | 'step'> & Partial<Gathered>): Gathered {
  return {
    candidate: { endpoint: 'unix:///var/run/docker.sock', source: 'default', context: null },
    identification: {
      configPath,
      configPathGiven: false,
      flags: [],
      startFlags: [],
      flagSource: 'docker.service',
      managerKind: 'systemd',
      manager: { unit: 'docker.service' },
      access: { kind: 'proven' },
      dataRoot: null,
      pid: 812,
    } as unknown as Gathered['identification'],
    engine: { state: 'running', since: START, facts: facts() },
    policy: { state: 'none' },
    lastFacts: facts(),
    machine: null,
    containers: [],
    killMode: 'process',
    shims: [],
    pastGaps: [],
    ...own,
  };
}
