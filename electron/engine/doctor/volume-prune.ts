// `docker volume prune` of an old engine can remove volumes that restored containers use.
import { isAtLeast } from '../../contract/options.ts';
import { check } from './check.ts';

export const volumePrune = check({
  id: 'volume-prune',
  source: 'moby#41686, fixed by moby#44231 in 20.10.19',
  versions: { from: null, until: '20.10.19' },
  severity: 'warning',
  find({ facts, containers }) {
    const can = facts?.liveRestore === true && !isAtLeast(facts.version, '20.10.19');
    const mounts = containers.some(({ pid, details }) => pid > 0 && (details?.mounts.length ?? 0) > 0);
    return can && mounts ? [{ check: 'volume-prune', version: facts.version }] : [];
  },
});
