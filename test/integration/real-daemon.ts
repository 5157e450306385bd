// Real dockerds for tests: each in a network namespace of its own, with everything it makes cleaned up afterwards.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgetDeadContainerd } from '../../electron/platform/daemon-process.ts';
import { findEngine, type EnginePrograms } from '../../electron/platform/find-engine.ts';
import { createSandbox, type Sandbox } from '../../electron/platform/sandbox-daemon.ts';
import { seed, send, type Seed } from '../../electron/platform/sandbox-seed.ts';

/** Every version that tests run on; the unpacked engine whose version begins so is taken. */
export const versions = ['20.10', '26.1', '28.5'] as const;
export type Version = (typeof versions)[number];

export type RealDaemonOptions = {
  readonly version: Version;
  /** Text of its daemon.json; `{}` where not given, no file where null. */
  readonly config?: string | null;
  readonly flags?: readonly string[];
  /** `bare-process`: our child, in our mount, pid and user namespace. `sandbox`: as the app makes one. */
  readonly manager: 'bare-process' | 'sandbox';
  /** Containers to start with; none where not given. */
  readonly containers?: readonly Seed[];
};

export type RealDaemon = {
  readonly version: Version;
  readonly folder: string;
  readonly socketPath: string;
  readonly endpoint: string;
  readonly configPath: string;
  readonly logPath: string;
  readonly programs: EnginePrograms;
  /** A process that lives in the daemon's network namespace as long as it is not disposed. */
  readonly networkPid: number;
  /** Only for `sandbox`. */
  readonly sandbox: Sandbox | null;
  /** The process behind the pid file; null where none runs. */
  pid(): number | null;
  api(method: string, path: string, body?: unknown): Promise<string>;
  /** Starts a container of the image that `containers` are made of. Resolves with the pid of its first process. */
  runContainer(container: Seed): Promise<number>;
  /** The pid of a container's first process as the daemon tells it; 0 where it does not run. */
  containerPid(name: string): Promise<number>;
  /** `KILL` is a crash: nothing is tidied up by the daemon. Resolves when the process is gone. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Starts it again after `kill`, and waits for its API. */
  start(): Promise<void>;
  /** Ends everything and removes it. Safe to call twice. */
  dispose(): Promise<void>;
};

const upLimitMs = 40_000;
const pollMs = 20;

/** Starts a daemon and waits until its API answers. Throws with its own last lines where it does not come up. */
export async function startRealDaemon(options: RealDaemonOptions): Promise<RealDaemon> {
  const programs = programsFor(options.version);
  return options.manager === 'sandbox' ? sandboxed(options, programs) : bare(options, programs);
}

/** The unpacked programs of one version. Throws where set-up has not made them ready. */
export function programsFor(version: Version): EnginePrograms {
  const cache =
    process.env['AFLOAT_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'afloat');
  const file = process.env['AFLOAT_ENGINES'] ?? join(cache, 'engines', 'engines.json');
  const engine = findEngine({ ...process.env, AFLOAT_ENGINES: file }, version);
  if ('missing' in engine) throw new Error(`dockerd ${version} cannot be started: ${engine.missing.join(', ')}`);
  return engine.found;
}

async function sandboxed(options: RealDaemonOptions, programs: EnginePrograms): Promise<RealDaemon> {
  const parent = mkdtempSync(join(tmpdir(), 'afs-'));
  const made = await createSandbox({
    programs,
    parent,
    config: options.config ?? '{}\n',
    flags: options.flags ?? [],
    seeds: options.containers ?? [],
  });
  if (!made.ok) {
    rmSync(parent, { recursive: true, force: true });
    throw new Error(JSON.stringify(made.problem));
  }
  const sandbox = made.value;
  const { folder, socketPath, configPath, logPath, manager } = sandbox;
  return {
    ...containersOf(socketPath, programs),
    version: options.version,
    folder,
    socketPath,
    configPath,
    logPath,
    programs,
    networkPid: (await manager.state()).pid ?? 0,
    sandbox,
    endpoint: sandbox.endpoint,
    pid: () => pidIn(join(folder, 'docker.pid')),
    async kill(signal) {
      const pid = pidIn(join(folder, 'docker.pid'));
      if (pid === null) return;
      process.kill(pid, signal);
      // Dead for the kernel is not yet ended for its parent, who has to hear of it first.
      while ((await manager.state()).pid !== null) await new Promise((resolve) => setTimeout(resolve, pollMs));
    },
    async start() {
      await forgetDeadContainerd(join(folder, 'exec'));
      const started = await manager.start();
      if (!started.ok) throw new Error(JSON.stringify(started.problem));
      await untilUp(socketPath, logPath, () => true);
    },
    async dispose() {
      await sandbox.end();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

/**
 * Holds the network namespace, and is the dead-man switch: when its input ends, because we ended it or because we are
 * gone, it kills what lives in that namespace and in the control groups of the containers, and removes what is left.
 */
const holderScript = `
ip link set lo up; echo ready; cat >/dev/null
own=$(readlink /proc/$$/ns/net)
for round in 1 2 3 4; do
  for state in /sys/fs/cgroup/freezer/"$2"/*/freezer.state; do [ -w "$state" ] && echo THAWED >"$state"; done
  for procs in /sys/fs/cgroup/*/"$2"/*/cgroup.procs /sys/fs/cgroup/"$2"/*/cgroup.procs; do
    [ -r "$procs" ] && while read -r pid; do kill -KILL "$pid" 2>/dev/null; done <"$procs"
  done
  links=$(ls -l /proc/[0-9]*/ns/net 2>/dev/null)
  while read -r link; do
    case "$link" in *"-> $own") pid=\${link#*/proc/}; pid=\${pid%%/*}; [ "$pid" = $$ ] || kill -KILL "$pid" 2>/dev/null ;; esac
  done <<LINKS
$links
LINKS
  sleep 0.05
done
# Shims listen below /run/containerd wherever the daemon has its roots; killed ones leave their sockets.
while read -r n r p f t s i path; do case "$path" in /run/containerd/s/*) rm -f "$path" ;; esac; done </proc/$$/net/unix
while read -r dev mount rest; do case "$mount" in "$1"/*) echo "$mount" ;; esac; done </proc/mounts | sort -r |
  while read -r mount; do umount -l "$mount"; done
for round in 1 2 3 4 5; do
  find /sys/fs/cgroup/*/"$2" /sys/fs/cgroup/"$2" -depth -type d -exec rmdir {} + 2>/dev/null && break
  [ -n "$(ls -d /sys/fs/cgroup/*/"$2" 2>/dev/null)" ] || break
  sleep 0.05
done
rm -rf "$1"
`;

async function bare(options: RealDaemonOptions, programs: EnginePrograms): Promise<RealDaemon> {
  const folder = mkdtempSync(join(tmpdir(), 'afd-'));
  const group = `afloat-test-${folder.slice(-6)}`;
  const [socketPath, configPath, logPath, pidFile] = ['docker.sock', 'daemon.json', 'dockerd.log', 'docker.pid'].map(
    (name) => join(folder, name),
  ) as [string, string, string, string];
  for (const name of ['data', 'exec']) mkdirSync(join(folder, name), { mode: 0o711 });
  if (options.config !== null) writeFileSync(configPath, options.config ?? '{}\n');
  writeFileSync(logPath, '');
  const path = [...programs.path, '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'].join(':');
  const libraries = programs.libraryPath.length > 0 ? { LD_LIBRARY_PATH: programs.libraryPath.join(':') } : {};
  const env = { PATH: path, HOME: folder, LANG: 'C.UTF-8', AFLOAT_TEST: group, ...libraries };

  const holder = spawn('unshare', ['--net', '--', 'sh', '-c', holderScript, 'sh', folder, group], {
    env,
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  const roots = ['--config-file', configPath, '--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')];
  const own = ['--pidfile', pidFile, '-H', `unix://${socketPath}`, '--cgroup-parent', `/${group}`];
  const args = [...roots, ...own, ...(options.flags ?? [])];
  let child: ChildProcess | null = null;
  let disposed = false;

  async function start(): Promise<void> {
    await forgetDeadContainerd(join(folder, 'exec'));
    const log = openSync(logPath, 'a');
    const enter = [`--net=/proc/${holder.pid}/ns/net`, '--', programs.dockerd];
    const started = spawn('nsenter', [...enter, ...args], { env, cwd: folder, stdio: ['ignore', log, log] });
    closeSync(log);
    child = started;
    await untilUp(socketPath, logPath, () => started.exitCode === null && started.signalCode === null);
  }

  async function dispose(): Promise<void> {
    if (disposed) return;
    disposed = true;
    const gone = once(holder, 'exit');
    holder.stdin.end();
    await gone;
  }

  const daemon: RealDaemon = {
    ...containersOf(socketPath, programs),
    version: options.version,
    folder,
    socketPath,
    configPath,
    logPath,
    programs,
    networkPid: holder.pid ?? 0,
    sandbox: null,
    endpoint: `unix://${socketPath}`,
    pid: () => pidIn(pidFile),
    async kill(signal) {
      const pid = pidIn(pidFile);
      if (pid === null) return;
      const ours = child?.pid === pid ? once(child, 'exit') : null;
      process.kill(pid, signal);
      await (ours ?? untilDead(pid));
    },
    start,
    dispose,
  };
  try {
    await start();
    await seed(socketPath, programs.busybox, options.containers ?? []);
  } catch (error) {
    await dispose();
    throw error;
  }
  return daemon;
}

function containersOf(socketPath: string, programs: EnginePrograms) {
  const api = (method: string, path: string, body?: unknown): Promise<string> =>
    send(socketPath, method, path, Buffer.from(body === undefined ? '' : JSON.stringify(body)));
  const containerPid = async (name: string): Promise<number> =>
    (JSON.parse(await api('GET', `/containers/${name}/json`)) as { State: { Pid: number } }).State.Pid;
  return {
    api,
    containerPid,
    async runContainer(container: Seed): Promise<number> {
      await seed(socketPath, programs.busybox, [container]);
      return containerPid(container.name);
    },
  };
}

async function untilUp(socketPath: string, logPath: string, lives: () => boolean): Promise<void> {
  const until = Date.now() + upLimitMs;
  while (lives() && Date.now() < until) {
    // Refused or hanging until it is ready.
    const said = await send(socketPath, 'GET', '/_ping', Buffer.alloc(0)).catch(() => '');
    if (said === 'OK') return;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error(
    `the daemon did not come up: ${readFileSync(logPath, 'utf8').trim().split('\n').slice(-5).join('\n')}`,
  );
}

/** The living process that a pid file names; zombies are dead. */
function pidIn(file: string): number | null {
  const pid = Number(textOf(file)?.trim());
  return isAlive(pid) ? pid : null;
}

/** True while a process runs; a zombie does not. */
export function isAlive(pid: number): boolean {
  const stat = pid > 0 ? textOf(`/proc/${pid}/stat`) : null;
  return stat !== null && !/^\d+ \(.*\) [ZX]/s.test(stat);
}

/** Null where there is no such file: a process and its pid file may go at any moment. */
function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

async function untilDead(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, pollMs));
}

/** What a machine holds that a daemon could leave behind; two of these are compared. Processes by pid and name. */
export function traces(): { readonly [what: string]: readonly string[] } {
  const named = (text: string): boolean => /dockerd|containerd|docker-proxy|runc|unshare|httpd|sleep/.test(text);
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const comm = (isAlive(Number(pid)) && textOf(`/proc/${pid}/comm`)?.trim()) || '';
      return named(comm) ? [`${pid} ${comm}`] : [];
    });
  const groups = readdirSync('/sys/fs/cgroup').flatMap((hierarchy) =>
    existsSync(join('/sys/fs/cgroup', hierarchy, 'cgroup.procs'))
      ? readdirSync(join('/sys/fs/cgroup', hierarchy))
          .filter((name) => name.startsWith('afloat'))
          .map((name) => `${hierarchy}/${name}`)
      : [],
  );
  return {
    processes,
    mounts: readFileSync('/proc/self/mounts', 'utf8').split('\n'),
    groups,
    files: ['/tmp', '/run', '/run/containerd/s', '/run/docker', '/etc/docker', '/var/lib']
      .filter((folder) => existsSync(folder))
      .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))),
  };
}
