// The firewall's own file wipes Docker's rules whenever it is loaded again; live restore does not help.
import { anyVersion, check } from './check.ts';

export const nftablesFlush = check({
  id: 'nftables-flush',
  source: 'moby#12294, moby#48657, for-linux#1472',
  versions: anyVersion,
  severity: 'info',
  find({ facts, containers, machine: { flushes } }) {
    const published = containers.some(({ pid, ports }) => pid > 0 && ports.some((port) => port.includes('->')));
    return facts !== null && published && flushes !== null ? [{ check: 'nftables-flush', path: flushes }] : [];
  },
});
