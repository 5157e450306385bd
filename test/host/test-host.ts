// A machine of its own for a test: real systemd or init script, real dockerd, in namespaces; gone with the test.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { run, type RunResult } from '../../electron/platform/run.ts';
import { seed, send, type Seed } from '../../electron/platform/sandbox-seed.ts';
import { programsFor, type Version } from '../integration/real-daemon.ts';

export type HostOptions = {
  /** `sysv`: no systemd; `/etc/init.d/docker` starts the daemon. Default `systemd`. */
  readonly init?: 'systemd' | 'sysv';
  readonly dockerVersion?: Version;
  /** Text of `/etc/docker/daemon.json`; no file where null. Default: live restore on. */
  readonly daemonJson?: string | null;
  /**
   * An ordinary user `alice` in these groups, with polkit and the installed tree of the privileged step. The
   * administrator is `root2`.
   */
  readonly user?: { readonly groups?: readonly string[] };
  /** Containers to start with; none where not given. */
  readonly containers?: readonly Seed[];
};

export type TestHost = {
  /** The machine's first process, as it is known here. */
  readonly pid: number;
  /** What it has on this system: this folder, and control groups of that name. */
  readonly folder: string;
  /** A path of the machine as it is reached from here. Only for paths without absolute links on the way. */
  path(inside: string): string;
  /** Runs a command as root inside; resolves however it ends. */
  exec(
    command: readonly string[],
    options?: { readonly input?: string; readonly timeoutMs?: number },
  ): Promise<RunResult>;
  /** As `exec`, resolving with what it said on standard output. Throws where it fails. */
  say(...command: readonly string[]): Promise<string>;
  /** Starts a command as root inside. It ends with its input if it reads that, and with the machine. */
  start(command: readonly string[]): ChildProcessWithoutNullStreams;
  /** As `start`, as `alice` in a session of her own that has the seat, as a desktop's has. */
  startAsUser(
    command: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): ChildProcessWithoutNullStreams;
  /** Where a file or folder of this machine is found inside, copied there. */
  bring(path: string): string;
  /** Starts a program of one file (`bundled`) inside, under the Node that runs the tests. */
  runProgram(path: string, args?: readonly string[]): ChildProcessWithoutNullStreams;
  /** One request to the daemon's API; a connection, which starts a daemon whose socket is armed. */
  api(method: string, path: string): Promise<string>;
  /** The pid of a container's first process as the daemon tells it; 0 where it does not run. */
  containerPid(name: string): Promise<number>;
  /** Ends everything and removes it. Safe to call twice. */
  down(): Promise<void>;
};

const upLimitMs = 60_000;
const answerLimitMs = 20_000;
const pollMs = 20;

/**
 * Brings a machine up and waits until its daemon answers. It ends with `down`, and by itself when this process is gone,
 * however it went. Machines do not share anything, so that several may be up. Needs root. Throws with the machine's
 * own words where it does not come up.
 */
export async function upHost(options: HostOptions = {}): Promise<TestHost> {
  const { init = 'systemd', dockerVersion = '28.5', daemonJson = '{ "live-restore": true }\n' } = options;
  const programs = programsFor(dockerVersion);
  const start = readFileSync(join(import.meta.dirname, `${init}.sh`));
  const folder = mkdtempSync(join(tmpdir(), 'aflhost-'));
  const shared = join(folder, 'shared');
  mkdirSync(shared);
  mkdirSync(join(folder, 'mnt'));
  writeFileSync(join(shared, `${init}.sh`), start);
  if (daemonJson !== null) writeFileSync(join(shared, 'daemon.json'), daemonJson);
  if (options.user) layPackage(shared, options.user.groups ?? []);

  const engine = dirname(programs.dockerd);
  const tools = dirname(programs.busybox);
  const keeper = spawn('sh', [join(import.meta.dirname, 'keeper.sh'), folder, init, process.execPath, engine, tools], {
    // A session of its own: a key pressed at the terminal must not end it before it has cleaned up.
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(keeper, 'exit');
  const down = async (): Promise<void> => {
    keeper.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const word = await firstWord(keeper.stdout);
    if (word !== 'ready') throw new Error(`the machine ${word}: ${readFileSync(join(folder, 'console.log'), 'utf8')}`);
    const host = hostAt(folder, down);
    await untilAnswers(host);
    if (options.containers) await seed(host.path('/run/docker.sock'), programs.busybox, options.containers);
    return host;
  } catch (error) {
    await down();
    throw error;
  }
}

function hostAt(folder: string, down: () => Promise<void>): TestHost {
  const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
  const groups = readFileSync(join(folder, 'groups'), 'utf8').trim().split(' ');
  const path = (inside: string): string => `/proc/${pid}/root${inside}`;
  const inside = (command: readonly string[]): readonly string[] => {
    // A group below, because on version 2 none may hold processes that hands controllers on. Made each time: systemd
    // takes empty groups away.
    const enter = groups.map((group) => `mkdir -p '${group}/exec' && echo $$ >'${group}/exec/cgroup.procs'`);
    const namespaces = ['--mount', '--pid', '--uts', '--ipc', '--net', '--cgroup'];
    const environment = ['PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'HOME=/root', 'LANG=C.UTF-8'];
    return [
      '-c',
      `${enter.join('; ')}; exec nsenter -t ${pid} ${namespaces.join(' ')} -- env -i ${environment.join(' ')} "$@"`,
      'sh',
      ...command,
    ];
  };
  const exec: TestHost['exec'] = (command, { input, timeoutMs = 120_000 } = {}) =>
    run('/bin/sh', inside(command), { timeoutMs, ...(input === undefined ? {} : { input }) });
  const start = (command: readonly string[]): ChildProcessWithoutNullStreams => spawn('/bin/sh', inside(command));
  const asUser = (command: readonly string[], more: Readonly<Record<string, string>> = {}): readonly string[] => {
    const session = 'XDG_SEAT=seat0 XDG_SESSION_TYPE=x11 XDG_SESSION_CLASS=user';
    const environment = Object.entries({ LANG: 'C.UTF-8', ...more }).map(
      ([name, value]) => `--setenv=${name}=${value}`,
    );
    const properties = ['User=alice', 'PAMName=login', `Environment=${session}`, 'WorkingDirectory=/home/alice'];
    const flags = ['--quiet', '--pipe', '--wait', '--collect', ...properties.map((one) => `--property=${one}`)];
    return ['systemd-run', ...flags, ...environment, '--', ...command];
  };
  const bring = (outside: string): string => {
    cpSync(outside, join(folder, 'shared', basename(outside)), { recursive: true });
    return `/opt/afloat/${basename(outside)}`;
  };
  const api = (method: string, request: string): Promise<string> =>
    send(path('/run/docker.sock'), method, request, Buffer.alloc(0));
  return {
    pid,
    folder,
    path,
    exec,
    async say(...command) {
      const { code, stdout, stderr } = await exec(command);
      if (code !== 0) throw new Error(`${command.join(' ')}: ${code} ${stdout}${stderr}`);
      return stdout.trim();
    },
    start,
    startAsUser: (command, environment) => start(asUser(command, environment)),
    bring,
    runProgram: (program, args = []) => start(['/opt/node', bring(program), ...args]),
    api,
    async containerPid(name) {
      const { State } = JSON.parse(await api('GET', `/containers/${name}/json`)) as { State: { Pid: number } };
      return State.Pid;
    },
    down,
  };
}

/** What the package would install for the privileged step, from this checkout. */
function layPackage(shared: string, groups: readonly string[]): void {
  const root = join(import.meta.dirname, '..', '..');
  const folder = join(shared, 'package');
  cpSync(join(root, 'assets', 'privileged'), folder, { recursive: true });
  cpSync(join(root, 'assets', 'polkit', 'app.afloat.policy'), join(folder, 'app.afloat.policy'));
  cpSync(join(root, 'out', 'privileged', 'privileged.cjs'), join(folder, 'privileged.cjs'));
  cpSync(join(import.meta.dirname, 'user.sh'), join(shared, 'user.sh'));
  writeFileSync(join(shared, 'user'), groups.join(','));
}

function firstWord(stream: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve('was not up in time'), upLimitMs);
    let text = '';
    const done = (word: string): void => {
      clearTimeout(late);
      resolve(word);
    };
    stream.on('data', (part: Buffer) => {
      text += part.toString('utf8');
      if (text.includes('\n')) done(text.slice(0, text.indexOf('\n')));
    });
    stream.on('end', () => done('ended'));
  });
}

/** An init script returns before the daemon answers; a unit does not. */
async function untilAnswers(host: TestHost): Promise<void> {
  const until = Date.now() + answerLimitMs;
  for (;;) {
    try {
      await host.api('GET', '/_ping');
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }
}
