// Two running containers have one address: only one of them is reached.
import { anyVersion, check } from './check.ts';

export const duplicateAddress = check({
  id: 'duplicate-address',
  source: 'moby#27404, moby#29921, moby#29610',
  versions: anyVersion,
  severity: 'error',
  find({ containers }) {
    const owners = new Map<string, string[]>();
    for (const { name, state, details } of containers) {
      if (state !== 'running' && state !== 'paused') continue;
      for (const { name: network, address } of details?.networks ?? []) {
        // Networks without addresses of their own, such as `host`, have none.
        if (address === '') continue;
        const key = `${network}\n${address}`;
        owners.set(key, [...(owners.get(key) ?? []), name]);
      }
    }
    return [...owners].flatMap(([key, names]) => {
      const [network = '', address = ''] = key.split('\n');
      return names.length < 2 ? [] : [{ check: 'duplicate-address' as const, network, address, containers: names }];
    });
  },
});
