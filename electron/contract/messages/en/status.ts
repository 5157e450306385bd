// English: what is true now: the engine and its states, who manages it, live restore, what we may do.
import type {
  Candidate,
  ContainerCounts,
  EngineState,
  LiveRestore,
  ManagerKind,
  SwarmStatus,
  Unreached,
  Writable,
} from '../../snapshot.ts';
import { formatsFor } from '../format.ts';
import { writeBlocks } from './problem.ts';

const { number, plural } = formatsFor('en');

/** A word for a state, one line that explains it, and what else is to be known. */
type Said = { readonly word: string; readonly line: string; readonly more?: string };

const engine: Readonly<Record<EngineState | Unreached, Said>> = {
  connecting: { word: 'Looking', line: 'Looking for the Docker daemon.' },
  running: { word: 'Running', line: 'The daemon runs and answers.' },
  reloading: {
    word: 'Reloading',
    line: 'The daemon reads its configuration again.',
    more: 'It answers meanwhile.',
  },
  starting: { word: 'Starting', line: 'The daemon is starting and does not answer yet.' },
  restarting: { word: 'Restarting', line: 'The daemon is stopped and started again.' },
  stopping: { word: 'Stopping', line: 'The daemon is stopping.' },
  stopped: { word: 'Stopped', line: 'The daemon does not run, and nothing starts it by itself.' },
  armed: {
    word: 'Stopped, starts on demand',
    line: 'The daemon does not run.',
    more: 'The first program that uses Docker starts it; Afloat does not.',
  },
  hanging: { word: 'Not answering', line: 'The daemon takes connections but does not answer.' },
  failed: { word: 'Failed', line: 'The daemon did not start, or ended without being told to.' },
  denied: { word: 'No access', line: 'A daemon is there, but your user has no right to use it.' },
  absent: { word: 'Not found', line: 'No Docker daemon was found.' },
  refused: {
    word: 'Not reached',
    line: 'Nothing answers at this address.',
    more: 'See whether the daemon there runs, and whether this computer gets there.',
  },
  tls: {
    word: 'Not reached',
    line: 'No TLS connection to this daemon came about.',
    more: 'See whether ca.pem, cert.pem and key.pem of its Docker context, or in DOCKER_CERT_PATH, are there and belong to it.',
  },
  broken: {
    word: 'Not reached',
    line: 'The connection to this address broke off.',
    more: 'See what docker says at this address: docker version.',
  },
};

/** Whoever starts and stops the daemon. */
const managers: Readonly<Record<ManagerKind, { readonly name: string; readonly line: string }>> = {
  systemd: { name: 'systemd', line: 'systemd starts and stops this daemon.' },
  'systemd-user': { name: 'systemd of the user', line: 'The user’s own systemd starts and stops this daemon.' },
  'init-script': { name: 'init script', line: 'An init script starts and stops this daemon.' },
  'bare-process': {
    name: 'started by hand',
    line: 'Nobody manages this daemon: it was started by hand, and nothing starts it again. Docker advises against that.',
  },
  sandbox: { name: 'sandbox', line: 'This is Afloat’s own daemon to practice with.' },
  'docker-desktop': { name: 'Docker Desktop', line: 'Docker Desktop starts and stops this daemon.' },
  'windows-service': { name: 'Windows service', line: 'Windows starts and stops this daemon as a service.' },
  none: { name: 'not known', line: 'Who starts and stops this daemon is not known.' },
};

const sources: Readonly<Record<Candidate['source'], string>> = {
  flag: 'named on the command line',
  environment: 'from DOCKER_HOST',
  context: 'from a Docker context',
  default: 'at the usual place',
  rootless: 'the user’s own daemon',
  sandbox: 'sandbox',
};

const blocks: Readonly<Record<NonNullable<LiveRestore['blockedBy']>, string>> = {
  swarm: 'This daemon is a swarm node: with live restore on it would not start again. It has to stay off here.',
  windows: 'Live restore does not exist for Windows containers.',
  flag: 'The flag --live-restore decides. With the key in the file too, Docker does not start; change or remove the flag where it is given.',
};

const liveRestore = {
  title: 'Live restore',
  help: 'Containers keep running while the daemon is down.',
  inDaemon: 'In the daemon',
  inFile: (path: string | null): string => (path === null ? 'In the file' : `In ${path}`),
  byFlag: 'By --live-restore flag',
  on: 'On',
  off: 'Off',
  notSet: 'Not set',
  notKnown: 'Not known',
  /** The running daemon's own word; null: it does not answer. */
  effective: (value: boolean | null): string => (value === null ? 'Not known' : value ? 'On' : 'Off'),
  /** What the file or the flag says; null: nothing. */
  set: (value: boolean | null): string => (value === null ? 'Not set' : value ? 'On' : 'Off'),
  blocks,
  /** What it comes to, in one sentence. */
  sentence({ effective, file, flag }: LiveRestore): string {
    const next = flag ?? file ?? false;
    if (effective === null) {
      return next
        ? 'When the daemon starts, it keeps the containers that still run.'
        : 'When the daemon starts, it stops the containers that still run.';
    }
    if (effective && next) return 'Containers keep running while the daemon is down.';
    if (effective) return 'On in the running daemon, but not for the next start: that would stop the containers.';
    if (next) return 'On in the file, but not in the running daemon: reload it before it is stopped.';
    return 'Containers stop when the daemon stops.';
  },
};

const writable = (of: Writable): string => (of.ok ? '' : writeBlocks[of.block]);

/** "7 running, 1 paused, 2 stopped" */
const containers = ({ running, paused, stopped }: ContainerCounts): string =>
  [
    `${number(running)} running`,
    ...(paused > 0 ? [`${number(paused)} paused`] : []),
    ...(stopped > 0 ? [`${number(stopped)} stopped`] : []),
  ].join(', ');

const swarmStates: Readonly<Record<SwarmStatus['state'], string>> = {
  inactive: 'Not in a swarm',
  pending: 'Joining a swarm',
  active: 'In a swarm',
  error: 'In a swarm, with an error',
  locked: 'In a swarm that is locked',
};

function swarm({ state, role, quorum }: SwarmStatus): string {
  const as = role === null || state === 'inactive' ? '' : `, as a ${role}`;
  const reached =
    quorum === null
      ? ''
      : `, ${number(quorum.reachable)} of ${plural(quorum.managers, { one: '# manager', other: '# managers' })} reachable`;
  return `${swarmStates[state]}${as}${reached}`;
}

export const status = { engine, managers, sources, liveRestore, writable, containers, swarm };
