// The firewall's own file wipes Docker's rules whenever it is loaded again; live restore does not help.
import { anyVersion, check } from './check.ts';

/** The way out of containers and the ports that docker-proxy does not serve are rules; a restart writes them again. */
export const nftablesFlush = check({
  id: 'nftables-flush',
  source: 'moby#12294, moby#48657, for-linux#1472; measured on 28.5',
  versions: anyVersion,
  severity: 'info',
  find({ facts, containers, machine: { flushes } }) {
    const connected = containers.some(
      ({ pid, ports, details }) =>
        pid > 0 && (ports.length > 0 || (details?.networks ?? []).some(({ address }) => address !== '')),
    );
    return facts !== null && connected && flushes !== null ? [{ check: 'nftables-flush', path: flushes }] : [];
  },
});
