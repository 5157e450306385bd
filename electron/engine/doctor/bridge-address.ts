// The bridge of a network has lost its address: containers in it reach nothing, and nothing reaches their ports.
import { contains, parseAddress, parseRange } from '../ip-range.ts';
import { anyVersion, check, type Network } from './check.ts';

export const bridgeAddress = check({
  id: 'bridge-address',
  source: 'moby#49596; measured on 20.10, 26.1 and 28.5',
  versions: anyVersion,
  severity: 'error',
  find({ networks, containers, machine: { addresses } }) {
    if (networks === null || addresses === null) return [];
    const local = [...addresses].flatMap((text) => parseAddress(text) ?? []);
    const used = new Set(
      containers.flatMap(({ pid, details }) => (pid > 0 ? (details?.networks ?? []) : [])).map(({ name }) => name),
    );
    return networks.flatMap((network) => {
      if (network.driver !== 'bridge' || !used.has(network.name) || isWithout(network)) return [];
      const ranges = network.subnets.flatMap((text) => parseRange(text) ?? []);
      const own = ranges.filter(({ address }) => address.bits === 32);
      const has = own.every((range) => local.some((address) => contains(range, address)));
      return has
        ? []
        : [{ check: 'bridge-address' as const, network: network.name, subnet: network.subnets.join(', ') }];
    });
  },
});

/** On purpose, by options of the network. */
const isWithout = ({ options }: Network): boolean =>
  options['com.docker.network.bridge.inhibit_ipv4'] === 'true' ||
  options['com.docker.network.bridge.gateway_mode_ipv4'] === 'isolated';
