// Overlay networks outside a swarm, which an old engine can have, are not brought back to running containers.
import { isAtLeast } from '../../contract/options.ts';
import { check } from './check.ts';

/**
 * In a swarm a daemon with live restore does not start at all, which the standing findings say; the key-value store that
 * they need outside of one went with 23.0.
 */
export const overlayNetworks = check({
  id: 'overlay-networks',
  source: 'moby#44965',
  versions: { from: null, until: '23.0' },
  severity: 'warning',
  find({ facts, networks, containers }) {
    if (facts?.liveRestore !== true || networks === null || isAtLeast(facts.version, '23.0')) return [];
    if (facts.swarm.state !== 'inactive') return [];
    const used = new Set(
      containers.flatMap(({ pid, details }) => (pid > 0 ? (details?.networks ?? []) : [])).map(({ name }) => name),
    );
    const names = networks.filter(({ driver, name }) => driver === 'overlay' && used.has(name)).map(({ name }) => name);
    return names.length === 0 ? [] : [{ check: 'overlay-networks', networks: names }];
  },
});
