// English: while the daemon is down: rescue of the containers that still run, and who did not come back with it.
import { formatsFor } from '../format.ts';

const { plural, list, number } = formatsFor('en');

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in the one or two units that matter. */
const lasting = (ms: number): string => {
  if (ms < minute) return `${number(Math.max(1, Math.round(ms / second)))} s`;
  if (ms < 10 * minute) return `${Math.floor(ms / minute)} min ${Math.floor((ms % minute) / second)} s`;
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  if (ms < day) return `${Math.floor(ms / hour)} h ${Math.floor((ms % hour) / minute)} min`;
  if (ms < 100 * day) return plural(Math.floor(ms / day), { one: '# day', other: '# days' });
  return 'more than 3 months';
};
const kib = (bytes: number): string => `${number(Math.round(bytes / 1024))} KiB`;

const most = 5;
/** The first few by name, the rest by number. */
const some = (names: readonly string[]): string =>
  names.length <= most ? list(names) : list([...names.slice(0, most), `${names.length - most} more`]);

export const outage = {
  rescue: {
    title: (count: number): string =>
      plural(count, {
        one: 'The container still runs, but the next start of the daemon would stop it',
        other: '# containers still run, but the next start of the daemon would stop them',
      }),
    names: (names: readonly string[]): string => `${some(names)}.`,
    why: 'Live restore was off when the daemon went down. Turned on in the file before the start, it saves them all.',
    act: 'Save them and start',
    keep: 'Leave live restore on afterwards',
    keepHelp: 'Otherwise the file and the daemon are set back as they were once the containers are safe.',
    change: 'What changes in the file',
    blocked: 'Afloat cannot do this here:',
    asRoot: (path: string): string =>
      `Only root can change ${path}. To save them, run this before anything starts the daemon:`,
    byHand: (path: string): string =>
      `By hand: write "live-restore": true into ${path} before anything starts the daemon, then start it.`,
    byHandBroken: (path: string): string =>
      `By hand: ${path} seems to say "live-restore": true already. Repair it so that this stays, before the daemon is started.`,
    tray: (count: number): string =>
      plural(count, { one: 'Save the running container…', other: 'Save # running containers…' }),
    notice: {
      title: 'Do not start the Docker daemon yet',
      body: (count: number): string =>
        plural(count, {
          one: 'Its container still runs, and a plain start would stop it. Open Afloat to save it.',
          other: 'Its # containers still run, and a plain start would stop them. Open Afloat to save them.',
        }),
    },
    cli: {
      label: 'Rescue',
      offer: (names: readonly string[]): string =>
        `${plural(names.length, { one: '1 container still runs', other: '# containers still run' })} without the daemon (${some(names)}); the next start would stop ${names.length === 1 ? 'it' : 'them'}.`,
      how: 'Save and start: afloat start --rescue',
      needless: 'Nobody has to be saved; the daemon is just started.',
    },
  },
  wayBack: {
    title: 'Put back the version that worked',
    ran: (at: string, who: string | null): string =>
      who === null
        ? `The daemon ran with the version of ${at}.`
        : `The daemon ran with the version that ${who} wrote on ${at}.`,
    saves: (count: number, all: number): string =>
      count < all
        ? `Live restore is on for this start alone: ${number(count)} of ${number(all)} containers keep running.`
        : plural(all, {
            one: 'Live restore is on for this start alone: the container keeps running.',
            other: 'Live restore is on for this start alone: all # containers keep running.',
          }),
    act: 'Put it back and start',
    blocked: 'That version cannot be put back as things are:',
    asRoot: (path: string): string => `Only root can change ${path}. To put it back and start the daemon, run:`,
    none: 'What is wrong with the file is listed below; Fix mends what needs no question.',
    cli: {
      how: 'Put back the version that worked, and start: afloat start --working',
      asRoot: (user: string): string =>
        `This goes by what Afloat saw as root. To go by what it saw as ${user}, run as ${user}, without sudo: ` +
        'afloat start --working',
    },
  },
  pipes: {
    title: 'Containers while the daemon is down',
    cliLabel: 'Run on',
    downFor: (ms: number): string => `Down for ${lasting(ms)}`,
    columns: { name: 'Name', now: 'Now', pipe: 'Log pipe', blocks: 'Blocks in' },
    running: 'Running',
    sleeps: 'Blocked on its log',
    /** Of the bar, for those who listen. */
    share: (percent: number): string => `${number(percent)} % full`,
    fill: (bytes: number, capacity: number): string => `${kib(bytes)} of ${kib(capacity)}`,
    now: 'now',
    blocked: 'blocked now',
    /** Null: not foreseeable; at a rate of nothing it never happens. */
    blocksIn: (ms: number | null, rate: number | null): string =>
      ms === null
        ? rate === null
          ? 'not known yet'
          : 'writes nothing'
        : ms < 100 * day
          ? `about ${lasting(ms)}`
          : lasting(ms),
    none: 'not known',
    nobody: 'No container is running.',
    emptied: 'The daemon is up and empties them.',
    notMeasured: {
      'not-yet': 'The log pipes are being looked at.',
      'no-rights': 'How full the log pipes are can only be seen with root’s rights.',
      'no-program': 'How full the log pipes are cannot be measured here: /usr/bin/perl is missing.',
      failed: 'How full the log pipes are could not be measured.',
      platform: 'How full the log pipes are cannot be measured on this system.',
    },
    meanwhile: 'Ports on 127.0.0.1 and names inside networks do not answer until the daemon is back.',
    limit: (bytes: number): string =>
      `The kernel lets ordinary programs make a pipe as large as ${kib(bytes)} (/proc/sys/fs/pipe-max-size). Raising that limit changes no pipe by itself; Enlarge does.`,
    enlarge: 'Enlarge log pipes',
    enlarged: (capacity: number): string => `Log pipes now hold ${kib(capacity)} or more.`,
    stop: {
      title: 'While it is stopped',
      socket: 'Its socket is stopped with it, so that no program starts it by accident.',
      enlarge: 'Enlarge the log pipes first',
      enlargeHelp: 'A container waits after about 128 KiB of output; with enlarged pipes, after about 1 MiB.',
      watch: 'Afloat shows how full the log pipes are and tells you before the first one blocks.',
    },
  },
  fallen: {
    title: (count: number): string =>
      plural(count, {
        one: 'A container ended while the daemon was down',
        other: '# containers ended while the daemon was down',
      }),
    body: (names: readonly string[]): string => `${some(names)}. With live restore on, they would have kept running.`,
    plain: (names: readonly string[]): string => `${some(names)}.`,
    act: (count: number): string => plural(count, { one: 'Start it again', other: 'Start all # again' }),
    notice: {
      title: 'Containers ended with the Docker daemon',
      body: (names: readonly string[]): string => `${some(names)}. Open Afloat to start them again.`,
    },
  },
};
