// What this computer shows of a daemon's network beside the daemon: addresses, proxies without an owner, firewall rules.
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { MachineLook } from '../engine/ports.ts';
import { ancestorsOf, processIds, processView, readText } from './processes.ts';
import { run } from './run.ts';

const readLimitMs = 5_000;

/** IPv4 addresses that are local where the process lives; everybody may read them. Null: not to be known. */
export function addressesOf(pid: number): MachineLook['addresses'] {
  const text = readText(`/proc/${pid}/net/fib_trie`);
  return text === null ? null : addressesIn(text);
}

/** The kernel's table has an address on one line and what it is on the next: `|-- 172.17.0.1`, `/32 host LOCAL`. */
export const addressesIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/\|-- (\S+)\n\s+\/32 host LOCAL/g)].flatMap(([, address]) => address ?? []));

const interfaces = '/sys/class/net';

/** Every bridge of this computer, with the number of interfaces in it; null where the kernel shows none at all. */
export function bridgesHere(): MachineLook['bridges'] {
  if (!existsSync(interfaces)) return null;
  return new Map(
    readdirSync(interfaces).flatMap((name) => {
      const ports = join(interfaces, name, 'brif');
      return existsSync(ports) ? [[name, readdirSync(ports).length] as const] : [];
    }),
  );
}

/**
 * Every docker-proxy that no daemon is an ancestor of. One of a daemon in a container is not among them. dockerd asks the
 * kernel to end its own with it, which does not always come true (moby#20486).
 */
export const strayProxies = (): MachineLook['proxies'] =>
  processIds().flatMap((pid) => {
    if (readText(`/proc/${pid}/comm`)?.trim() !== 'docker-proxy') return [];
    const view = processView(pid);
    if (view === null || view.nested || ancestorsOf(view).some(({ name }) => name.startsWith('dockerd'))) return [];
    const said = proxyFrom(view.arguments);
    return said === null ? [] : [{ pid, ...said }];
  });

export function proxyFrom(args: readonly string[]): { readonly port: string; readonly target: string } | null {
  const flag = (name: string): string => args[args.indexOf(`-${name}`) + 1] ?? '';
  const asked = ['proto', 'host-port', 'container-ip'].every((name) => args.includes(`-${name}`));
  return asked ? { port: `${flag('host-port')}/${flag('proto')}`, target: flag('container-ip') } : null;
}

/**
 * Ports that rules send to containers, as `8080/tcp`, of both kinds of iptables; null for all but root, and where a kind
 * that is in use cannot be read. The old kind is asked only where the kernel has it loaded: to ask would load it.
 */
export async function forwardedPorts(): Promise<MachineLook['forwarded']> {
  if (process.getuid?.() !== 0) return null;
  const legacy = /^nat$/m.test(readText('/proc/net/ip_tables_names') ?? '');
  const programs = legacy ? ['iptables-nft-save', 'iptables-legacy-save'] : ['iptables-nft-save'];
  if (!programs.every(isThere)) return null;
  const saved = await Promise.all(programs.map((program) => run(program, ['-t', 'nat'], { timeoutMs: readLimitMs })));
  return saved.every(({ code }) => code === 0) ? new Set(saved.flatMap(({ stdout }) => forwardsIn(stdout))) : null;
}

/** Lines as `-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80`. */
export const forwardsIn = (text: string): readonly string[] =>
  text.split('\n').flatMap((line) => {
    const [, kind, port] = /^-A DOCKER .*-p (\w+) .*--dport (\d+) .*-j DNAT\b/.exec(line) ?? [];
    return kind !== undefined && port !== undefined ? [`${port}/${kind}`] : [];
  });

const isThere = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));
