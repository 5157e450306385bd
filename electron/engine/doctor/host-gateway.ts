// 29.6 does not know the address of host-gateway any more after a restart: its containers get no further network.
import { isAtLeast, optionFor } from '../../contract/options.ts';
import { flagValue } from '../daemon-flags.ts';
import { check, type Look } from './check.ts';

const since = '29.6.0';

/** No version that has it repaired is known; by the source of 29.6, not measured. */
export const forgetsHostGateway = (version: string): boolean => isAtLeast(version, since);

export const hostGateway = check({
  id: 'host-gateway',
  source: 'moby#53089, moby#53093',
  versions: { from: since, until: null },
  severity: 'info',
  find(look) {
    const { facts, containers, inspected } = look;
    if (facts?.liveRestore !== true || !forgetsHostGateway(facts.version) || isGiven(look)) return [];
    const names = containers
      .filter(({ id, pid }) => pid > 0 && inspected.some((one) => one.id === id && one.hostGateway))
      .map(({ name }) => name);
    return names.length === 0 ? [] : [{ check: 'host-gateway', containers: names, version: facts.version }];
  },
});

/** With an address of its own to read at each start, it forgets none. */
const isGiven = ({ flags, values }: Look): boolean =>
  ['host-gateway-ips', 'host-gateway-ip'].some((key) => {
    const option = optionFor(key);
    const value = (option && flagValue(flags, option)) ?? values?.[key] ?? null;
    return value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
  });
