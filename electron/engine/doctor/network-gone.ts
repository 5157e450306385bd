// A container runs in a network that its daemon does not know any more, as after its store of networks was lost.
import { anyVersion, check } from './check.ts';

export const networkGone = check({
  id: 'network-gone',
  source: 'moby#29921; measured on 20.10, 26.1 and 28.5',
  versions: anyVersion,
  severity: 'error',
  find({ networks, containers }) {
    if (networks === null) return [];
    const known = new Set(networks.map(({ name }) => name));
    return containers.flatMap(({ name, pid, details }) =>
      (pid > 0 ? (details?.networks ?? []) : []).flatMap((network) =>
        // Those that every daemon has are told of by themselves.
        known.has(network.name) || /^(bridge|host|none)$/.test(network.name)
          ? []
          : [{ check: 'network-gone' as const, container: name, network: network.name }],
      ),
    );
  },
});
