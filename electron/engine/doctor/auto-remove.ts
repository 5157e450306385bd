// Live restore of an old engine ends and removes containers that were started with --rm.
import { isAtLeast } from '../../contract/options.ts';
import { check } from './check.ts';

export const autoRemove = check({
  id: 'auto-remove',
  source: 'moby#46308; measured on 20.10',
  versions: { from: null, until: '24.0.9' },
  severity: 'info',
  find({ facts, containers }) {
    if (facts?.liveRestore !== true || isAtLeast(facts.version, '24.0.9')) return [];
    const names = containers.filter(({ pid, autoRemove: removed }) => pid > 0 && removed).map(({ name }) => name);
    return names.length === 0 ? [] : [{ check: 'auto-remove', containers: names, version: facts.version }];
  },
});
