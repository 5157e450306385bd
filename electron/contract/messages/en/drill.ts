// English: the rehearsal of a restart, and how a swarm node is defused.
import type { Drill } from '../../drill.ts';
import { formatsFor } from '../format.ts';

const { plural, seconds } = formatsFor('en');

export const drill = {
  title: 'Rehearsal',
  help: 'Starts a tiny container that counts aloud, restarts the daemon, and proves whether that container lived. It is removed afterwards. Where another container would not live, nothing is restarted.',
  run: 'Rehearse a restart',
  running: 'Rehearsing…',
  /** What it showed; why it was not done says the problem. */
  sentence({ survived, logGapLines, apiDowntimeMs }: Drill): string {
    if (survived === null) return 'The restart was not rehearsed to its end.';
    const gap = `The API was away for ${seconds(apiDowntimeMs)} s.`;
    if (!survived) return `The container did not survive the restart. ${gap}`;
    const lines =
      logGapLines === null
        ? 'Its output could not be read.'
        : plural(logGapLines, { one: '# line of its output is missing.', other: '# lines of its output are missing.' });
    return `The container survived the restart as the same process. ${lines} ${gap}`;
  },
  defuse: 'Turn live restore off',
};
