// A container lives without the process that holds it: the daemon can neither stop it nor read its output.
import { anyVersion, check } from './check.ts';

export const shimMissing = check({
  id: 'shim-missing',
  source: 'moby#26374',
  versions: anyVersion,
  severity: 'error',
  find({ containers, shims, machine: { gone } }) {
    // Where no shim at all can be seen (another runtime, another namespace), nothing is shown by one that is missing.
    if (shims === null || !containers.some(({ id }) => shims.some((shim) => shim.id === id))) return [];
    return containers.flatMap(({ id, name, state, pid }) => {
      const lives = (state === 'running' || state === 'paused') && pid > 0 && !gone.has(pid);
      return lives && !shims.some((shim) => shim.id === id)
        ? [{ check: 'shim-missing' as const, container: name }]
        : [];
    });
  },
});
