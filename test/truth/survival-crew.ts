// The containers that every scenario is tried on: one of each kind that live restore may treat in its own way.
import type { LooseDaemon } from './loose-daemon.ts';

export type Member = {
  readonly name: string;
  readonly command: readonly string[];
  readonly host?: Readonly<Record<string, unknown>>;
  readonly config?: Readonly<Record<string, unknown>>;
};

const ticks = 'i=0; while :; do i=$((i+1)); echo "tick $i"; sleep 1; done';
/** 1 000 lines of 100 bytes a second: fills a log pipe in little more than a second. */
const bursts = `p=${'x'.repeat(88)}; i=0; while :; do n=0; while [ $n -lt 100 ]; do i=$((i+1)); n=$((n+1)); echo "$i $p"; done; sleep 0.1; done`;
const web = ['httpd', '-f', '-p', '80', '-h', '/www'];
const published = (address: string) => ({ PortBindings: { '80/tcp': [{ HostIp: address, HostPort: '' }] } });
const exposed = { ExposedPorts: { '80/tcp': {} } };

/** What health checks append to, inside. */
export const healthFile = '/tmp/h';
export const network = 'crew';
/** Where the container on the host's network serves. */
export const hostPort = 8099;

export const crew: readonly Member[] = [
  { name: 'web', command: web, host: published(''), config: exposed },
  { name: 'local', command: web, host: published('127.0.0.1'), config: exposed },
  { name: 'net-a', command: ['sleep', '100000'], host: { NetworkMode: network } },
  { name: 'net-b', command: web, host: { NetworkMode: network } },
  { name: 'host', command: ['httpd', '-f', '-p', String(hostPort), '-h', '/www'], host: { NetworkMode: 'host' } },
  { name: 'always', command: ['sleep', '100000'], host: { RestartPolicy: { Name: 'always' } } },
  { name: 'unless', command: ['sleep', '100000'], host: { RestartPolicy: { Name: 'unless-stopped' } } },
  { name: 'rm', command: ['sleep', '100000'], host: { AutoRemove: true } },
  { name: 'paused', command: ['sleep', '100000'] },
  {
    name: 'health',
    command: ['sleep', '100000'],
    config: {
      Healthcheck: { Test: ['CMD-SHELL', `echo x >>${healthFile}`], Interval: 400_000_000, Timeout: 5_000_000_000 },
    },
  },
  { name: 'tty', command: ['sh', '-c', ticks], config: { Tty: true } },
  { name: 'logger', command: ['sh', '-c', bursts] },
];

/** Makes and starts all of them. The image is there already. */
export async function startCrew(daemon: LooseDaemon): Promise<void> {
  await daemon.api('POST', '/networks/create', { Name: network, CheckDuplicate: true });
  await Promise.all(crew.map((member) => startMember(daemon, member)));
  await daemon.api('POST', '/containers/paused/pause');
}

export async function startMember(daemon: LooseDaemon, member: Member): Promise<string> {
  const body = {
    ...member.config,
    Image: 'afloat/sandbox:1',
    Cmd: member.command,
    // First processes ignore SIGTERM; the ten seconds that each stop would take say nothing about who survives.
    StopSignal: 'SIGKILL',
    HostConfig: { Init: false, ...member.host },
  };
  const made = await daemon.api('POST', `/containers/create?name=${member.name}`, body);
  const { Id: id } = JSON.parse(made) as { Id: string };
  await daemon.api('POST', `/containers/${id}/start`);
  return id;
}
