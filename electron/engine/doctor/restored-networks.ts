// The first engines of 24.0 do not find the networks of running containers again: names and counters fail.
import { isAtLeast } from '../../contract/options.ts';
import { check } from './check.ts';

export const restoredNetworks = check({
  id: 'restored-networks',
  source: 'moby#45646, fixed by moby#45658 in 24.0.3',
  versions: { from: '24.0', until: '24.0.3' },
  severity: 'warning',
  find({ facts, containers }) {
    if (facts?.liveRestore !== true || !isAtLeast(facts.version, '24.0') || isAtLeast(facts.version, '24.0.3'))
      return [];
    const names = containers
      .filter(({ pid, details }) => pid > 0 && (details?.networks ?? []).some(({ address }) => address !== ''))
      .map(({ name }) => name);
    return names.length === 0 ? [] : [{ check: 'restored-networks', containers: names, version: facts.version }];
  },
});
