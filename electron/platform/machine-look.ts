// What this computer itself shows that can hurt a daemon later: its unit, dead processes, upgrades and firewall.
import { existsSync, readdirSync } from 'node:fs';
import type { Identification, MachineLook } from '../engine/ports.ts';
import { addressesOf, bridgesHere, forwardedPorts, strayProxies } from './network-look.ts';
import { namespacesOf, processView, readText } from './processes.ts';
import { run } from './run.ts';

const readLimitMs = 5_000;

/** `pids`: processes that the daemon says run. Starts `systemctl show` and `apt-config dump` where they are there; changes nothing. */
export async function machineLook(daemon: Identification, pids: readonly number[]): Promise<MachineLook> {
  const ours = await isHere(daemon);
  const network = ours && sharesNetwork(daemon);
  return {
    unit: await unitLook(daemon),
    gone: new Set(ours ? pids.filter((pid) => pid > 0 && processView(pid) === null) : []),
    unattended: ours ? await unattendedPackage(daemon.executable) : null,
    flushes: network ? flushingFile() : null,
    addresses: ours && daemon.pid !== null ? addressesOf(daemon.pid) : null,
    bridges: network && daemon.pid !== null ? bridgesHere() : null,
    proxies: network ? strayProxies() : [],
    forwarded: network && daemon.pid !== null ? await forwardedPorts() : null,
  };
}

/** Its processes are among those that we see: not of another machine, nor in a pid namespace of its own. */
const isHere = (daemon: Identification): Promise<boolean> =>
  Promise.resolve(daemon.managerKind !== 'none' && daemon.managerKind !== 'docker-desktop');

/** Rules of another network namespace are none of the machine's. */
function sharesNetwork({ pid }: Identification): boolean {
  if (pid === null) return false;
  const [theirs, own] = [namespacesOf(pid)?.net, namespacesOf('self')?.net];
  return theirs === undefined || theirs === own;
}

async function unitLook({ managerKind, manager }: Identification): Promise<MachineLook['unit']> {
  const { unit } = manager;
  if (unit === null || (managerKind !== 'systemd' && managerKind !== 'systemd-user')) return null;
  const properties =
    'LoadState,ActiveState,KillMode,ExecStop,MountFlags,PrivateMounts,BindsTo,Requires,Result,NRestarts,TriggeredBy';
  const scope = managerKind === 'systemd-user' ? ['--user'] : [];
  const show = async (of: string, what: string): Promise<string | null> => {
    const args = [...scope, 'show', of, '--property', what];
    const shown = await run('systemctl', args, { timeoutMs: readLimitMs, env: { ...process.env, LC_ALL: 'C' } });
    return shown.code === 0 ? shown.stdout : null;
  };
  const text = await show(unit, properties);
  const seen = text === null ? null : unitFrom(unit, text);
  if (seen === null || seen.limited || !/^ActiveState=failed$/m.test(text ?? '')) return seen;
  // After a failure the unit keeps that reason, and only its socket says that it is started no more (systemd 252).
  const sockets = await Promise.all(seen.sockets.map((socket) => show(socket, 'Result')));
  return { ...seen, limited: sockets.some((said) => said?.trim() === 'Result=service-start-limit-hit') };
}

export function unitFrom(name: string, text: string): MachineLook['unit'] {
  const said = new Map(
    text.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  const one = (key: string): string => said.get(key) ?? '';
  const list = (key: string): readonly string[] => one(key).split(' ').filter(Boolean);
  if (one('LoadState') !== 'loaded') return null;
  return {
    name,
    killMode: one('KillMode'),
    execStop: one('ExecStop') !== '',
    mountFlags: one('MountFlags'),
    privateMounts: one('PrivateMounts') === 'yes',
    bindsTo: list('BindsTo'),
    requires: list('Requires'),
    limited: one('Result') === 'start-limit-hit',
    restarts: Number(one('NRestarts')) || 0,
    sockets: list('TriggeredBy').filter((unit) => unit.endsWith('.socket')),
  };
}

/** The package of the engine, where the system upgrades it by itself; null: it does not, or nobody can tell. */
async function unattendedPackage(executable: string | null): Promise<string | null> {
  if (!existsSync('/usr/bin/unattended-upgrade') || !executable?.startsWith('/usr/')) return null;
  const engine = ['docker-ce', 'docker.io'].find((name) => existsSync(`/var/lib/dpkg/info/${name}.list`));
  if (engine === undefined) return null;
  const dump = await run('apt-config', ['dump'], { timeoutMs: readLimitMs });
  return dump.code === 0 && upgradesByItself(dump.stdout, engine) ? engine : null;
}

/** Docker's own packages come from an origin that is not upgraded unless it was added; Debian's come from Debian's. */
export function upgradesByItself(dump: string, engine: string): boolean {
  const values = (key: string): readonly string[] =>
    dump.split('\n').flatMap((line) => {
      const [, name = '', value = ''] = /^(\S+?)(?:::)? "(.*)";$/.exec(line) ?? [];
      return name === key && value !== '' ? [value] : [];
    });
  const every = values('APT::Periodic::Unattended-Upgrade').at(-1) ?? '0';
  if (every === '0') return false;
  if (values('Unattended-Upgrade::Package-Blacklist').some((pattern) => matches(pattern, engine))) return false;
  const origins = [...values('Unattended-Upgrade::Origins-Pattern'), ...values('Unattended-Upgrade::Allowed-Origins')];
  return engine === 'docker.io' ? origins.length > 0 : origins.some((origin) => /docker/i.test(origin));
}

/** Patterns are Python's, matched at the beginning; what we cannot read as one is no match. */
function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})`).test(name);
  } catch {
    // Python knows forms that we do not.
    return false;
  }
}

const nftablesFile = '/etc/nftables.conf';

/** The firewall's file, where it wipes everybody's rules and is loaded at every start. */
function flushingFile(): string | null {
  const text = readText(nftablesFile);
  if (text === null || !flushesAll(text)) return null;
  const wants = ['/etc/systemd/system/sysinit.target.wants', '/etc/systemd/system/multi-user.target.wants'];
  const enabled = wants.some((folder) => existsSync(folder) && readdirSync(folder).includes('nftables.service'));
  return enabled ? nftablesFile : null;
}

/** Not in a comment. */
export const flushesAll = (text: string): boolean => /^\s*flush\s+ruleset\b/m.test(text);
