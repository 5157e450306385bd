// Settings of the default bridge are not taken by a start that finds containers running, and nobody says so.
import type { Json } from '../../contract/json.ts';
import { optionFor } from '../../contract/options.ts';
import { flagValue } from '../daemon-flags.ts';
import { parseRange } from '../ip-range.ts';
import { anyVersion, check, type Look, type Network } from './check.ts';

export const bridgeSettings = check({
  id: 'bridge-settings',
  source: 'moby#46862; measured on 20.10, 26.1 and 28.5',
  versions: anyVersion,
  severity: 'info',
  find(look) {
    const bridge = look.networks?.find(({ name, driver }) => name === 'bridge' && driver === 'bridge');
    if (look.facts?.liveRestore !== true || bridge === undefined || !look.containers.some(({ pid }) => pid > 0))
      return [];
    return Object.entries(settings).flatMap(([key, now]) => {
      const wanted = said(look, key);
      const has = now(bridge);
      if (wanted === undefined || has === null || same(wanted, has)) return [];
      return [{ check: 'bridge-settings' as const, key, wanted, now: has }];
    });
  },
});

/** What the bridge has now, as the network itself tells it; null where it does not. */
const settings: Readonly<Record<string, (bridge: Network) => string | null>> = {
  bip: ({ subnets }) => subnets.find((subnet) => parseRange(subnet)?.address.bits === 32) ?? null,
  mtu: ({ options }) => options['com.docker.network.driver.mtu'] ?? null,
  icc: ({ options }) => options['com.docker.network.bridge.enable_icc'] ?? null,
};

/** By flag, else from the file; undefined where neither says anything that a daemon takes. */
function said({ flags, values }: Look, key: string): string | undefined {
  const option = optionFor(key);
  const value: Json | undefined = (option && flagValue(flags, option)) ?? values?.[key];
  const given = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return given && value !== '' && value !== 0 ? String(value) : undefined;
}

/** `10.9.0.1/24` and `10.9.0.0/24` are one network. */
function same(wanted: string, now: string): boolean {
  const [a, b] = [parseRange(wanted), parseRange(now)];
  return a !== null && b !== null ? a.first === b.first && a.prefix === b.prefix : wanted === now;
}
