// 24.0.3 crashes at its start where a container with a bind mount runs on.
import { isAtLeast } from '../../contract/options.ts';
import { check } from './check.ts';

const version = '24.0.3';

/** The one version whose bind mounts are worth asking for. */
export const crashesWithBinds = (engine: string): boolean => isAtLeast(engine, version) && !isAtLeast(engine, '24.0.4');

export const bindMountCrash = check({
  id: 'bind-mount-crash',
  source: 'moby#45907, fixed by moby#45903 in 24.0.4',
  versions: { from: version, until: '24.0.4' },
  severity: 'error',
  find({ facts, containers, inspected }) {
    if (facts?.liveRestore !== true || !crashesWithBinds(facts.version)) return [];
    const names = containers
      .filter(({ id, pid }) => pid > 0 && inspected.some((one) => one.id === id && one.bindMount))
      .map(({ name }) => name);
    return names.length === 0 ? [] : [{ check: 'bind-mount-crash', containers: names, version: facts.version }];
  },
});
