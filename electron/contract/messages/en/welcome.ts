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
        one: 'The running container would survive a restart.',
        other: 'All # containers would survive a restart.',
      }),
    stop: (count: number): string =>
      plural(count, {
        one: 'A restart now would stop the running container.',
        other: 'A restart now would stop all # containers.',
      }),
    some: (ends: number, all: number): string =>
      `${number(ends)} of ${number(all)} containers would not survive a restart.`,
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
  /** `sandbox`: one can be started here. */
  absent: (sandbox: boolean): string =>
    sandbox
      ? 'Install Docker Engine, or try Afloat on a sandbox: a private daemon with a few containers that touches nothing else.'
      : 'Install Docker Engine, then look again.',
  hidden: 'What protects its containers cannot be seen from here.',
  onward: 'Open preferences',
};
