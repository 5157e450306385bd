// Addresses and networks: of the default bridge, of the pools that new networks come from.
import { isJsonObject, type Json } from '../contract/json.ts';
import {
  clash,
  fault,
  inForce,
  isOld,
  lacking,
  since,
  textInForce,
  type Context,
  type Unplaced,
} from './check-context.ts';
import { memberOf } from './check-type.ts';
import type { Hurt } from '../contract/check-kinds.ts';
import { contains, holds, overlap, parseAddress, parseRange, type Range } from './ip-range.ts';

/** Docker's own choice for docker0 where neither `bip` nor a bridge says another. */
const usualBridge = '172.17.0.1/16';

export const networkFindings = (context: Context): readonly Unplaced[] => [
  ...bridgeName(context),
  ...(hasBridge(context) ? [...bip(context), ...fixedCidr(context), ...gateway(context)] : []),
  ...version6(context),
  ...pools(context),
  ...overlaps(context),
];

/** With `none` there is no default bridge, and nothing about it is looked at (measured on 26.1 and 28.5). */
const hasBridge = (context: Context): boolean => textInForce(context, 'bridge') !== 'none';

function bridgeName(context: Context): readonly Unplaced[] {
  const { machine } = context;
  const name = textInForce(context, 'bridge');
  if (context.values['bridge'] === undefined || name === '' || name === 'none' || name === 'docker0' || !machine)
    return [];
  const found = machine.interfaces.find((one) => one.name === name);
  if (!found) return [lacking(['bridge'], name, 'no-interface', 'start')];
  return found.bridge ? [] : [lacking(['bridge'], name, 'not-a-bridge', 'start')];
}

function bip(context: Context): readonly Unplaced[] {
  const text = context.values['bip'];
  if (typeof text !== 'string' || text === '') return [];
  const range = parseRange(text);
  if (range === null) return [fault(['bip'], text, 'not-a-cidr', 'start')];
  if (range.address.bits === 128) return [fault(['bip'], text, 'not-ipv4', 'start')];
  if (range.prefix === 0) return [fault(['bip'], text, 'reserved-range', 'start')];
  if (range.prefix === 32) return [fault(['bip'], text, 'network-too-small', 'containers')];
  if (range.prefix === 31) return [];
  if (range.address.number === range.first || range.address.number === range.last)
    return [fault(['bip'], text, 'network-address', 'start')];
  return [];
}

/** The network of the default bridge; null where it cannot be told. */
function bridgeRange(context: Context): Range | null {
  const own = textInForce(context, 'bip');
  if (own !== '') return parseRange(own);
  const name = textInForce(context, 'bridge') || 'docker0';
  const found = context.machine?.interfaces.find((one) => one.name === name);
  const address = found?.addresses.find((one) => one.includes('.'));
  if (address !== undefined) return parseRange(address);
  const pools = context.values['default-address-pools'];
  const usual = name === 'docker0' && context.machine !== null && !(Array.isArray(pools) && pools.length > 0);
  return usual ? parseRange(usualBridge) : null;
}

function fixedCidr(context: Context): readonly Unplaced[] {
  const text = context.values['fixed-cidr'];
  if (typeof text !== 'string' || text === '') return [];
  const range = parseRange(text);
  if (range === null) return [fault(['fixed-cidr'], text, 'not-a-cidr', 'start')];
  if (range.address.bits === 128) return [fault(['fixed-cidr'], text, 'not-ipv4', 'start')];
  const bridge = bridgeRange(context);
  const hurts = isOld(context) && bridge !== null && !overlap(bridge, range) ? 'start' : 'nothing';
  if (bridge !== null && !holds(bridge, range)) return [clash(['fixed-cidr'], 'bip', 'outside-of', hurts)];
  return [];
}

function gateway(context: Context): readonly Unplaced[] {
  const text = context.values['default-gateway'];
  if (typeof text !== 'string' || text === '') return [];
  const address = parseAddress(text);
  if (address === null) return [fault(['default-gateway'], text, 'not-an-ip', 'always')];
  if (address.bits === 128) return [fault(['default-gateway'], text, 'not-ipv4', 'start')];
  const bridge = bridgeRange(context);
  if (bridge === null) return [];
  if (!contains(bridge, address)) return [clash(['default-gateway'], 'bip', 'outside-of', 'start')];
  if (address.number === bridge.address.number) return [clash(['default-gateway'], 'bip', 'same-as', 'start')];
  if (address.number === bridge.first || address.number === bridge.last)
    return [fault(['default-gateway'], text, 'network-address', 'start')];
  return [];
}

function version6(context: Context): readonly Unplaced[] {
  const found: Unplaced[] = [];
  const fixed = context.values['fixed-cidr-v6'];
  if (typeof fixed === 'string' && fixed !== '') {
    const range = parseRange(fixed);
    const hurts = isOld(context) ? 'start' : 'always';
    if (range === null) found.push(fault(['fixed-cidr-v6'], fixed, 'not-a-cidr', hurts));
    else if (range.address.bits === 32) found.push(fault(['fixed-cidr-v6'], fixed, 'not-ipv6', hurts));
  }
  const gateway6 = context.values['default-gateway-v6'];
  if (typeof gateway6 === 'string' && gateway6 !== '' && parseAddress(gateway6) === null)
    found.push(fault(['default-gateway-v6'], gateway6, 'not-an-ip', 'always'));
  if (textInForce(context, 'bridge') !== '' && textInForce(context, 'bip6') !== '')
    found.push(clash(['bip6'], 'bridge', 'exclude-each-other', 'start'));
  return hasBridge(context) && inForce(context, 'ipv6') === true ? [...found, ...bridge6(context)] : found;
}

/** Only with `ipv6` on is any of it looked at (measured on 28.5). */
function bridge6(context: Context): readonly Unplaced[] {
  const found: Unplaced[] = [];
  // 27 and newer choose a network by themselves [source; measured on 26.1 and 28.5].
  if (!since(context, '27.0') && textInForce(context, 'fixed-cidr-v6') === '')
    return [clash(['ipv6'], 'fixed-cidr-v6', 'needs-other', 'start')];
  const network = context.values['fixed-cidr-v6'];
  const fixed = typeof network === 'string' ? parseRange(network) : null;
  if (fixed !== null && fixed.address.bits === 128) {
    // Its first address is for the bridge, which may be neither the loopback nor a group.
    if (fixed.prefix === 128) found.push(fault(['fixed-cidr-v6'], network, 'network-too-small', 'start'));
    else if (fixed.first === 0n || fixed.first >> 120n === 0xffn)
      found.push(fault(['fixed-cidr-v6'], network, 'reserved-range', reservedHurts(fixed, context)));
  }
  const own = context.values['bip6'];
  if (typeof own === 'string' && own !== '') {
    const range = parseRange(own);
    if (range !== null && range.prefix === 128) found.push(fault(['bip6'], own, 'network-too-small', 'start'));
    if (range === null) found.push(fault(['bip6'], own, 'not-a-cidr', 'start'));
    else if (range.address.bits === 32) found.push(fault(['bip6'], own, 'not-ipv6', 'start'));
  }
  const text = context.values['default-gateway-v6'];
  const address = typeof text === 'string' && text !== '' ? parseAddress(text) : null;
  if (address === null) return found;
  if (address.bits === 32) return [...found, fault(['default-gateway-v6'], text, 'not-ipv6', 'start')];
  const given = textInForce(context, 'bip6') === '' ? 'fixed-cidr-v6' : 'bip6';
  // Without a network Docker chooses one by itself, in which a given address does not lie.
  const range = parseRange(textInForce(context, given));
  const inside = range !== null && contains(range, address);
  return inside ? found : [...found, clash(['default-gateway-v6'], given, 'outside-of', 'start')];
}

/** A network of groups, or all there is, is refused by newer ones when the file is read (measured on 28.5). */
const reservedHurts = ({ first, prefix }: Range, context: Context): Hurt =>
  since(context, '28.0') && (first !== 0n || prefix === 0) ? 'always' : 'start';

function pools(context: Context): readonly Unplaced[] {
  const value = context.values['default-address-pools'];
  const list: readonly Json[] = Array.isArray(value) ? value : [];
  const found = list.flatMap((pool, index) => poolFindings(pool, index, context));
  const sizes = list.map((pool) => memberOf(pool, 'size')?.value);
  if (!sizes.every((size) => Number.isInteger(size))) return found;
  // A size that no address has is not looked at before 28 (measured on 26.1).
  if (!since(context, '28.0') && sizes.some((size) => Number(size) > 128)) return found;
  return found.length > 0 || list.length === 0 ? found : exhausted(context, list);
}

function poolFindings(pool: Json, index: number, context: Context): readonly Unplaced[] {
  const path = ['default-address-pools', String(index)];
  if (pool === null) return [fault(path, pool, 'pool-without-base', 'start')];
  if (!isJsonObject(pool)) return [];
  const base = memberOf(pool, 'base')?.value;
  const size = memberOf(pool, 'size')?.value;
  if (typeof base !== 'string' || base === '') return [fault(path, pool, 'pool-without-base', 'start')];
  const range = parseRange(base);
  if (range === null)
    return [fault([...path, 'base'], base, 'not-a-cidr', since(context, '28.0') ? 'always' : 'start')];
  // Of another type is told already.
  if (size !== undefined && size !== null && !Number.isInteger(size)) return [];
  if (typeof size !== 'number' || size < range.prefix)
    return [fault([...path, 'size'], size ?? 0, 'pool-smaller-than-base', 'start')];
  if (size > range.address.bits && (range.address.bits === 32 || since(context, '28.0')))
    return [fault([...path, 'size'], size, 'too-large', 'start')];
  // The address of the bridge has to fit in, and that of a container (measured on 20.10 and 28.5).
  if (range.address.bits === 32 && size >= (isOld(context) ? 31 : 32))
    return [fault([...path, 'size'], size, 'network-too-small', isOld(context) ? 'start' : 'containers')];
  return [];
}

/** How many networks of a pool are looked at before it counts as free. */
const enough = 1024;

/** The default bridge takes the first network of the pools that no interface is in; there has to be one. */
function exhausted(context: Context, list: readonly Json[]): readonly Unplaced[] {
  const { machine } = context;
  const isGiven = textInForce(context, 'bip') !== '' || textInForce(context, 'bridge') !== '';
  if (
    machine === null ||
    isGiven ||
    machine.interfaces.some(({ name, addresses }) => name === 'docker0' && addresses.length > 0)
  )
    return [];
  const taken = machine.interfaces.flatMap(({ name, addresses }) =>
    name === 'lo' ? [] : addresses.flatMap((text) => parseRange(text) ?? []),
  );
  const isFree = (pool: Json): boolean => {
    const text = memberOf(pool, 'base')?.value;
    const base = typeof text === 'string' ? parseRange(text) : null;
    const size = Number(memberOf(pool, 'size')?.value);
    if (base === null || base.address.bits === 128) return false;
    const step = 1n << BigInt(32 - size);
    for (let i = 0n; i < enough && base.first + i * step <= base.last; i++) {
      const first = base.first + i * step;
      if (!taken.some((one) => one.address.bits === 32 && one.first < first + step && first <= one.last)) return true;
    }
    return false;
  };
  return list.some(isFree) ? [] : [lacking(['default-address-pools'], list, 'pools-taken', 'start')];
}

function overlaps(context: Context): readonly Unplaced[] {
  const { machine, values } = context;
  const claimed: { path: readonly string[]; text: string; range: Range }[] = [];
  const claim = (path: readonly string[], text: unknown): void => {
    const range = typeof text === 'string' ? parseRange(text) : null;
    if (range !== null && typeof text === 'string') claimed.push({ path, text, range });
  };
  if (hasBridge(context)) claim(['bip'], values['bip']);
  const list = Array.isArray(values['default-address-pools']) ? values['default-address-pools'] : [];
  list.forEach((pool: Json, index) => {
    claim(['default-address-pools', String(index), 'base'], memberOf(pool, 'base')?.value);
  });
  // Docker's own bridges are where they should be.
  const others = (machine?.interfaces ?? []).filter(
    ({ name }) => name !== 'docker0' && !/^br-[0-9a-f]{12}$/.test(name),
  );
  const seen = [
    ...others.flatMap(({ name, addresses }) =>
      addresses.flatMap((text) => (name === 'lo' ? [] : [{ with: 'interface' as const, name, text }])),
    ),
    ...(machine?.routes ?? []).map(({ to, through }) => ({ with: 'route' as const, name: through, text: to })),
  ];
  return claimed.flatMap(({ path, text, range }, index) => {
    const inside = seen.find((one) => {
      const other = parseRange(one.text);
      return other !== null && overlap(range, other);
    });
    const before = claimed.slice(0, index).find((one) => overlap(one.range, range));
    const about = inside
      ? { with: inside.with, name: inside.name, other: inside.text }
      : before
        ? { with: 'option' as const, name: before.path[0] ?? '', other: before.text }
        : null;
    if (about === null) return [];
    const key = path[0] ?? '';
    return [{ severity: 'warning', path, about: { kind: 'overlap', key, range: text, ...about, hurts: 'nothing' } }];
  });
}

/** `icc: false` is made with iptables; before 27, `ip6tables` was experimental [source; measured on 26.1]. */
export function firewallFindings(context: Context): readonly Unplaced[] {
  const found: Unplaced[] = [];
  const inFile = context.values['icc'] !== undefined;
  if (inForce(context, 'icc') === false && inForce(context, 'iptables') === false)
    found.push(clash([inFile ? 'icc' : 'iptables'], inFile ? 'iptables' : 'icc', 'needs-other', 'start'));
  if (context.values['ip6tables'] === true && inForce(context, 'iptables') === false && !since(context, '27.0'))
    found.push(clash(['ip6tables'], 'iptables', 'needs-other', 'start'));
  const experimental = since(context, '27.0') || inForce(context, 'experimental') === true;
  if (context.values['ip6tables'] === true && !experimental)
    found.push(clash(['ip6tables'], 'experimental', 'needs-other', 'start'));
  return found;
}
