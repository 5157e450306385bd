// The bridge of a network was made anew under running containers: they hang on none, and nobody plugs them in again.
import { anyVersion, check, type Network } from './check.ts';

export const bridgeDetached = check({
  id: 'bridge-detached',
  source: 'measured on 20.10, 26.1 and 28.5',
  versions: anyVersion,
  severity: 'error',
  find({ networks, containers, machine: { bridges } }) {
    if (networks === null || bridges === null) return [];
    return networks.flatMap((network) => {
      if (network.driver !== 'bridge') return [];
      const inside = containers.filter(
        ({ pid, details }) =>
          pid > 0 && details?.networks.some(({ name, address }) => name === network.name && address !== ''),
      );
      const ports = bridges.get(bridgeOf(network));
      return ports === undefined || ports >= inside.length
        ? []
        : [{ check: 'bridge-detached' as const, network: network.name, containers: inside.map(({ name }) => name) }];
    });
  },
});

const bridgeOf = ({ id, options }: Network): string =>
  options['com.docker.network.bridge.name'] ?? `br-${id.slice(0, 12)}`;
