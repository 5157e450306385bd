// Overlay networks outside a swarm are not brought back to running containers.
import { anyVersion, check } from './check.ts';

export const overlayNetworks = check({
  id: 'overlay-networks',
  source: 'moby#44965',
  versions: anyVersion,
  severity: 'warning',
  find({ facts, networks, containers }) {
    if (facts?.liveRestore !== true || networks === null) return [];
    const used = new Set(
      containers.flatMap(({ pid, details }) => (pid > 0 ? (details?.networks ?? []) : [])).map(({ name }) => name),
    );
    const names = networks.filter(({ driver, name }) => driver === 'overlay' && used.has(name)).map(({ name }) => name);
    return names.length === 0 ? [] : [{ check: 'overlay-networks', networks: names }];
  },
});
