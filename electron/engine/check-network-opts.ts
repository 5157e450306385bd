// What every new network of a driver gets: Docker reads it when a network is made, not when it starts.
import { isJsonObject, type Json, type JsonObject } from '../contract/json.ts';
import type { ValueFault } from '../contract/check-kinds.ts';
import { fault, since, type Context, type Unplaced } from './check-context.ts';
import { isBoolean, isInteger } from './go-values.ts';
import { parseAddress } from './ip-range.ts';

/** Why a value is refused; null: it is not. */
type Judge = (text: string, context: Context) => ValueFault | null;

const boolean: Judge = (text) => (isBoolean(text) ? null : 'not-a-choice');
const oneOf =
  (...choices: readonly string[]): Judge =>
  (text) =>
    choices.includes(text) ? null : 'not-a-choice';

/** 0 is the driver's own choice; the kernel takes no other outside of these bounds for a bridge. */
const mtu: Judge = (text) => {
  if (!isInteger(text)) return 'not-a-choice';
  const value = Number(text);
  if (value < 0) return 'negative';
  if (value > 0 && value < 68) return 'too-small';
  return value > 65_535 ? 'too-large' : null;
};

/** 26 keeps it and does nothing with it (measured on 26.1 and 28.5). */
const gatewayMode: Judge = (text, context) => {
  if (!since(context, '27.0')) return null;
  const more = since(context, '28.0') ? ['isolated', 'nat-unprotected'] : [];
  return oneOf('nat', 'routed', ...more)(text, context);
};

const bridge = 'com.docker.network.bridge.';
const judges: Readonly<Record<string, Readonly<Record<string, Judge>>>> = {
  bridge: {
    'com.docker.network.driver.mtu': mtu,
    [`${bridge}enable_icc`]: boolean,
    [`${bridge}enable_ip_masquerade`]: boolean,
    [`${bridge}inhibit_ipv4`]: boolean,
    'com.docker.network.enable_ipv6': boolean,
    'com.docker.network.enable_ipv4': (text, context) => (since(context, '28.0') ? boolean(text, context) : null),
    [`${bridge}host_binding_ipv4`]: (text) => (parseAddress(text) === null ? 'not-an-ip' : null),
    [`${bridge}gateway_mode_ipv4`]: gatewayMode,
    [`${bridge}gateway_mode_ipv6`]: gatewayMode,
  },
  ipvlan: { ipvlan_mode: oneOf('', 'l2', 'l3', 'l3s'), ipvlan_flag: oneOf('', 'bridge', 'private', 'vepa') },
  macvlan: { macvlan_mode: oneOf('', 'bridge', 'private', 'passthru', 'vepa') },
};

/** The drivers that are built in; those of plugins have options that nobody knows (measured on 26.1 and 28.5). */
export function networkOptionFindings(context: Context): readonly Unplaced[] {
  return Object.entries(judges).flatMap(([driver, known]) => {
    const given = objectOf(objectOf(context.values['default-network-opts'])[driver]);
    return Object.entries(given).flatMap(([name, value]): readonly Unplaced[] => {
      // Of another type is told already; null is an empty text.
      const text = value === null ? '' : value;
      const why = typeof text === 'string' ? known[name]?.(text, context) : null;
      return why === null || why === undefined
        ? []
        : [fault(['default-network-opts', driver, name], value, why, 'networks')];
    });
  });
}

const objectOf = (value: Json | undefined): JsonObject => (value !== undefined && isJsonObject(value) ? value : {});
