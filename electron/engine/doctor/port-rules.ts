// Somebody wiped the firewall's rules while the daemon ran: published ports lost theirs, and containers their way out.
import { flagValue } from '../daemon-flags.ts';
import { optionFor } from '../../contract/options.ts';
import { anyVersion, check, type Look } from './check.ts';

/** Only root may read the rules. */
export const portRules = check({
  id: 'port-rules',
  source: 'moby#9395, moby#15254, moby#48657; measured on 28.5',
  versions: anyVersion,
  severity: 'error',
  find(look) {
    const { facts, containers, machine } = look;
    const { forwarded } = machine;
    if (facts === null || forwarded === null || facts.rootless || !writesRules(look)) return [];
    const names = containers
      .filter(({ state, ports }) => state === 'running' && ports.some((port) => isMissing(port, forwarded)))
      .map(({ name }) => name);
    return names.length === 0 ? [] : [{ check: 'port-rules', containers: names }];
  },
});

/** `0.0.0.0:8080->80/tcp` has the rule `8080/tcp`; IPv6 has rules of its own, and loopback need not have any. */
function isMissing(port: string, forwarded: ReadonlySet<string>): boolean {
  const [, host, kind] = /^(?!127\.)[\d.]+:(\d+)->\d+\/(\w+)$/.exec(port) ?? [];
  return host !== undefined && !forwarded.has(`${host}/${kind}`);
}

/** By iptables, and not left to somebody else. */
function writesRules({ flags, values }: Look): boolean {
  const said = (key: string): unknown => {
    const option = optionFor(key);
    return (option && flagValue(flags, option)) ?? values?.[key];
  };
  return values !== null && said('iptables') !== false && (said('firewall-backend') ?? 'iptables') === 'iptables';
}
