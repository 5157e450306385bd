// The daemon says that a container runs, and its process is gone.
import { anyVersion, check } from './check.ts';

export const ghostProcess = check({
  id: 'ghost-process',
  source: 'moby#30095',
  versions: anyVersion,
  severity: 'error',
  find: ({ containers, machine: { gone } }) =>
    containers.flatMap(({ name, state, pid }) =>
      (state === 'running' || state === 'paused') && gone.has(pid)
        ? [{ check: 'ghost-process' as const, container: name, pid }]
        : [],
    ),
});
