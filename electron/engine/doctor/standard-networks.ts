// One of the networks that every daemon has is gone; containers that use it cannot be started.
import { anyVersion, check } from './check.ts';

/** A start with running containers leaves the networks as it finds them, so that it does not make them again. */
export const standardNetworks = check({
  id: 'standard-networks',
  source: 'moby#38160, moby#38642; measured on 20.10, 26.1 and 28.5',
  versions: anyVersion,
  severity: 'error',
  find({ facts, networks }) {
    if (networks === null || facts?.osType !== 'linux') return [];
    // `bridge` is missing on purpose where the daemon was told `"bridge": "none"`.
    const missing = ['host', 'none'].filter((name) => !networks.some((network) => network.name === name));
    return missing.length === 0 ? [] : [{ check: 'standard-networks', missing }];
  },
});
