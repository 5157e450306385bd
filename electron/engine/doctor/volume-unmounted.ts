// An old engine unmounts volumes with a file system of their own when it starts: new containers see them empty.
import { isAtLeast } from '../../contract/options.ts';
import { check } from './check.ts';

const until = '24.0.6';

/** Versions whose volumes are worth asking for; 23.0.7 has the repair, too. */
export const unmounts = (version: string): boolean =>
  !isAtLeast(version, until) && (!isAtLeast(version, '23.0.7') || isAtLeast(version, '24.0'));

export const volumeUnmounted = check({
  id: 'volume-unmounted',
  source: 'moby#46148, for-linux#1470, fixed by moby#46253; measured on 20.10',
  versions: { from: null, until },
  severity: 'warning',
  find({ facts, volumes }) {
    if (facts?.liveRestore !== true || volumes === null || !unmounts(facts.version)) return [];
    const names = volumes.filter(({ mounted }) => mounted).map(({ name }) => name);
    return names.length === 0 ? [] : [{ check: 'volume-unmounted', volumes: names, version: facts.version }];
  },
});
