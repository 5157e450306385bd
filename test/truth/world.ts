// The machine on which every configuration is judged: made afresh each time, in namespaces of its own, always the same.
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificate, certificateKey } from '../fakes/certificate.ts';
import { send } from '../../electron/platform/sandbox-seed.ts';
import type { EnginePrograms } from '../../electron/platform/find-engine.ts';

/**
 * What the daemons of one lane share, one after the other: the folder, and a containerd, which dockerd finds at its usual
 * place and uses, as it does on every packaged installation. Starting one for each daemon would cost most of the time.
 */
export type Lane = {
  readonly folder: string;
  readonly programs: EnginePrograms;
  close(): Promise<void>;
};

/** One daemon on its own machine, as soon as it was told to start. */
export type World = {
  readonly pid: number;
  /** A path inside, as it can be reached from here. */
  inside(path: string): string;
  /** What it has written until now. */
  log(): string;
  ended(): boolean;
  readonly exit: Promise<unknown>;
  end(): Promise<void>;
};

/**
 * Everything outside of it is read-only. Interfaces: `lan0` 192.168.50.10/24 with the default route, `vpn0` 10.66.0.2/16
 * with a route to 10.80.0.0/16, the bridge `br-own` 192.168.77.1/24. Users: root, alice (with subordinate ids), bob
 * (without). Group docker, 999. TCP port 7778 is taken.
 */
const worldScript = `
set -e
lane=$1; kind=$2; shift 2
mount -t tmpfs -o mode=755 tmpfs /mnt
mkdir /mnt/etc
cp -a "$lane"/etc/. /mnt/etc/
[ ! -e "$lane"/daemon.json ] || cp "$lane"/daemon.json /mnt/etc/docker/daemon.json
mount --bind /mnt/etc /etc
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/containerd /run/docker/plugins
: >/run/containerd/containerd.sock
mount --bind "$lane"/containerd.sock /run/containerd/containerd.sock
for folder in /home /srv /opt /var/lib; do mount -t tmpfs -o mode=755 tmpfs $folder; done
mkdir -p /srv/data /home/alice
: >/srv/file
if [ "$kind" = swarm ] && [ -d "$lane"/swarm ]; then mkdir -p /var/lib/docker; cp -a "$lane"/swarm /var/lib/docker/; fi
mount -o remount,bind,ro /
ip -batch - <<LINKS
link set lo up
link add lan0 type veth peer name lan0p
link add vpn0 type veth peer name vpn0p
link add br-own type bridge
addr add 192.168.50.10/24 dev lan0
addr add 10.66.0.2/16 dev vpn0
addr add 192.168.77.1/24 dev br-own
link set lan0 up
link set lan0p up
link set vpn0 up
link set vpn0p up
link set br-own up
route add default via 192.168.50.1 dev lan0
route add 10.80.0.0/16 via 10.66.0.1 dev vpn0
LINKS
busybox nc -l -p 7778 >/dev/null 2>&1 </dev/null &
exec "$@"
`;

const passwd = `root:x:0:0:root:/root:/bin/sh
nobody:x:65534:65534:nobody:/nonexistent:/bin/false
alice:x:1000:1000::/home/alice:/bin/sh
bob:x:1001:1001::/home/bob:/bin/sh
`;
const group = `root:x:0:
docker:x:999:
staff:x:50:
nogroup:x:65534:
alice:x:1000:
bob:x:1001:
`;

/** A daemon that is not ready within this time counts as one that does not start. */
export const startLimitMs = 90_000;

export async function openLane(programs: EnginePrograms, containerd: string): Promise<Lane> {
  const folder = mkdtempSync(join(tmpdir(), 'aft-'));
  for (const name of ['tls', 'plugins']) mkdirSync(join(folder, 'etc', 'docker', name), { recursive: true });
  // What programs need to be found and to run; the rest of the world's /etc is made up.
  for (const name of ['alternatives', 'ld.so.cache', 'ld.so.conf']) {
    if (existsSync(join('/etc', name)))
      cpSync(join('/etc', name), join(folder, 'etc', name), { recursive: true, verbatimSymlinks: true });
  }
  const etc: Readonly<Record<string, string>> = {
    passwd,
    group,
    subuid: 'alice:100000:65536\n',
    subgid: 'alice:100000:65536\n',
    hosts: '127.0.0.1 localhost\n',
    'resolv.conf': 'nameserver 192.168.50.1\n',
    'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files\n',
    'docker/tls/cert.pem': certificate,
    'docker/tls/ca.pem': certificate,
    'docker/tls/key.pem': certificateKey,
    'docker/seccomp.json': '{"defaultAction":"SCMP_ACT_ALLOW"}\n',
    'docker/seccomp-broken.json': '{"defaultAction":\n',
    'docker/program': '#!/bin/sh\nexit 1\n',
    'docker/not-a-program': 'text\n',
  };
  for (const [name, text] of Object.entries(etc)) writeFileSync(join(folder, 'etc', name), text);
  chmodSync(join(folder, 'etc', 'docker', 'program'), 0o755);
  const log = openSync(join(folder, 'containerd.log'), 'a');
  const socket = join(folder, 'containerd.sock');
  const args = ['--root', join(folder, 'root'), '--state', join(folder, 'state'), '--address', socket];
  const child = spawn(containerd, args, { env: environmentOf(programs, folder), stdio: ['ignore', log, log] });
  closeSync(log);
  const until = Date.now() + startLimitMs;
  while (!readFileSync(join(folder, 'containerd.log'), 'utf8').includes('containerd successfully booted')) {
    if (child.exitCode !== null || Date.now() > until) throw new Error('containerd does not start');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    folder,
    programs,
    async close() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const environmentOf = (programs: EnginePrograms, folder: string): NodeJS.ProcessEnv => ({
  PATH: [...programs.path, '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'].join(':'),
  HOME: '/nonexistent',
  LANG: 'C.UTF-8',
  AFLOAT_LANE: folder,
  // By this mark whoever started us finds what is left.
  ...(process.env['AFLOAT_RUN'] === undefined ? {} : { AFLOAT_RUN: process.env['AFLOAT_RUN'] }),
  ...(programs.libraryPath.length > 0 ? { LD_LIBRARY_PATH: programs.libraryPath.join(':') } : {}),
});

/** Starts a daemon with this file at its usual place, and without any flag that is not asked for. */
export function startIn(
  lane: Lane,
  file: Uint8Array | null,
  options: { readonly flags?: readonly string[]; readonly kind?: 'plain' | 'swarm' } = {},
): World {
  const config = join(lane.folder, 'daemon.json');
  rmSync(config, { force: true });
  if (file !== null) writeFileSync(config, file);
  return enter(lane, options.kind ?? 'plain', [lane.programs.dockerd, ...(options.flags ?? [])]);
}

/** Runs a program in a world of its own, as `startIn` runs dockerd. */
export function enter(lane: Lane, kind: 'plain' | 'swarm', command: readonly string[]): World {
  const logPath = join(lane.folder, 'dockerd.log');
  writeFileSync(logPath, '');
  const log = openSync(logPath, 'a');
  const args = ['--mount', '--net', '--propagation', 'private', '--', 'sh', '-c', worldScript, 'sh', lane.folder, kind];
  const child: ChildProcess = spawn('unshare', [...args, ...command], {
    env: environmentOf(lane.programs, lane.folder),
    cwd: '/',
    // A process group of its own, so that what holds the ports ends with it.
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const exit = once(child, 'exit');
  const pid = child.pid ?? 0;
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    pid,
    inside: (path) => `/proc/${pid}/root${path}`,
    log: () => (existsSync(logPath) ? readFileSync(logPath, 'utf8') : ''),
    ended,
    exit,
    async end() {
      try {
        process.kill(-pid, 'SIGKILL');
      } catch {
        // All of the group is gone already.
      }
      await exit;
    },
  };
}

/** Makes the state of a swarm's manager, once for a lane, with which daemons of the kind `swarm` then start. */
export async function prepareSwarm(lane: Lane): Promise<void> {
  const world = startIn(lane, new TextEncoder().encode('{}'));
  const socket = world.inside('/run/docker.sock');
  try {
    const until = Date.now() + startLimitMs;
    while (!world.log().includes('API listen on')) {
      if (world.ended() || Date.now() > until) throw new Error(`dockerd does not start: ${world.log()}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const body = { ListenAddr: '127.0.0.1:2377', AdvertiseAddr: '192.168.50.10' };
    await send(socket, 'POST', '/swarm/init', Buffer.from(JSON.stringify(body)));
    const gone = world.exit;
    process.kill(world.pid, 'SIGSTOP');
    cpSync(world.inside('/var/lib/docker/swarm'), join(lane.folder, 'swarm'), { recursive: true });
    process.kill(world.pid, 'SIGKILL');
    await gone;
  } finally {
    await world.end();
  }
}
