// Health checks of an old engine do not go on after a restart that containers lived through.
import { isAtLeast } from '../../contract/options.ts';
import { check } from './check.ts';

export const healthChecks = check({
  id: 'health-checks',
  source: 'moby#41871; measured on 20.10',
  versions: { from: null, until: '23.0' },
  severity: 'info',
  find({ facts, containers }) {
    if (facts?.liveRestore !== true || isAtLeast(facts.version, '23.0')) return [];
    const names = containers.filter(({ pid, healthCheck }) => pid > 0 && healthCheck).map(({ name }) => name);
    return names.length === 0 ? [] : [{ check: 'health-checks', containers: names, version: facts.version }];
  },
});
