// English: the page of the first start; loaded with it, not with the window.
import { formatsFor } from '../format.ts';

const { plural, number } = formatsFor('en');

export const welcome = {
  title: 'Welcome to Afloat',
  found: 'Your daemon',
  protection: 'What protects its containers',
  several: (count: number): string => `A daemon may listen in ${number(count)} places here. This page is about:`,
  fates: {
    /** Nobody runs; `on`: live restore is. */
    nobody: (on: boolean): string =>
      on
        ? 'No container is running; those that you start keep running when the daemon stops or restarts.'
        : 'No container is running; those that you start stop when the daemon stops or restarts.',
    keep: (count: number): string =>
      plural(count, {
        one: 'One container is running; if the daemon stops or restarts now, it keeps running.',
        other: '# containers are running; if the daemon stops or restarts now, all # keep running.',
      }),
    stop: (count: number): string =>
      plural(count, {
        one: 'One container is running; if the daemon stops or restarts now, it stops.',
        other: '# containers are running; if the daemon stops or restarts now, all # stop.',
      }),
    some: (ends: number, all: number): string =>
      `${number(all)} containers are running; if the daemon restarts now, ${number(ends)} of them ${ends === 1 ? 'does' : 'do'} not survive it.`,
    /** Where nobody can foretell more. */
    on: (count: number): string =>
      plural(count, {
        one: 'One container is running, and live restore is on.',
        other: '# containers are running, and live restore is on.',
      }),
    without: (count: number): string =>
      plural(count, {
        one: 'The daemon is down; one container runs on without it.',
        other: 'The daemon is down; # containers run on without it.',
      }),
  },
  protect: 'Turn live restore on',
  protectHelp: 'Live restore keeps containers running while the daemon is down.',
  protectHow: 'It is written to daemon.json, and the daemon reloads it.',
  already: 'There is nothing to do: live restore is on, and stays on when the daemon starts again.',
  seeStatus: 'See why in Status',
  hidden: 'What protects its containers cannot be seen from here.',
  onward: 'Open preferences',
};
