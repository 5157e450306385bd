// A container runs without the network that it was given.
import { anyVersion, check } from './check.ts';

export const noNetwork = check({
  id: 'no-network',
  source: 'moby#51758',
  versions: anyVersion,
  severity: 'warning',
  find: ({ containers }) =>
    containers.flatMap(({ name, state, details }) => {
      if (state !== 'running' || details === null || details.networks.length > 0) return [];
      if (/^(host|none|container:|$)/.test(details.networkMode)) return [];
      return [{ check: 'no-network' as const, container: name, network: details.networkMode }];
    }),
});
