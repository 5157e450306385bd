// A container runs, but the ports it should publish were taken when the daemon came back.
import { anyVersion, check } from './check.ts';

export const portsNotRestored = check({
  id: 'ports-not-restored',
  source: 'moby#47871, moby@03577884d9',
  versions: anyVersion,
  severity: 'warning',
  find: ({ containers }) =>
    containers.flatMap(({ name, state, details, ports }) => {
      if (state !== 'running' || details === null || details.networks.length === 0) return [];
      if (/^(host|none|container:)/.test(details.networkMode)) return [];
      const missing = details.wantedPorts.filter((wanted) => !ports.some((port) => port.endsWith(`->${wanted}`)));
      return missing.length === 0 ? [] : [{ check: 'ports-not-restored' as const, container: name, ports: missing }];
    }),
});
