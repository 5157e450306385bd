// Values that have to be of a certain form or size: numbers, sizes, labels, choices, and options inside of options.
import type { Hurt, ValueFault } from '../contract/check-kinds.ts';
import {
  clash,
  fault,
  inForce,
  isOld,
  items,
  lacking,
  since,
  takesSize,
  textInForce,
  type Context,
  type Unplaced,
} from './check-context.ts';
import { parseAddress } from './ip-range.ts';
import { isLocal } from './machine.ts';

export const limitFindings = (context: Context): readonly Unplaced[] => [
  ...numbers(context),
  ...choices(context),
  ...labels(context),
  ...resources(context),
  ...execOptions(context),
  ...shmSize(context),
  ...profile(context),
  ...programs(context),
  ...addresses(context),
  ...deprecated(context),
];

type Bound = { readonly least: number; readonly most: number; readonly hurts: Hurt };

function bounds(context: Context): Readonly<Record<string, Bound>> {
  const old = isOld(context);
  const any = Infinity;
  return {
    'max-concurrent-downloads': { least: 0, most: any, hurts: 'always' },
    'max-concurrent-uploads': { least: 0, most: any, hurts: 'always' },
    'max-download-attempts': { least: old ? 1 : 0, most: any, hurts: 'always' },
    ...(since(context, '28.0')
      ? { 'network-diagnostic-port': { least: 0, most: 65_535, hurts: 'always' as const } }
      : {}),
    ...(old ? {} : { mtu: { least: 0, most: any, hurts: 'always' as const } }),
    ...(since(context, '29.7') ? { 'default-stop-timeout': { least: 0, most: any, hurts: 'always' as const } } : {}),
    ...(since(context, '25.0') ? {} : { 'oom-score-adjust': { least: -1000, most: 1000, hurts: 'start' as const } }),
  };
}

function numbers(context: Context): readonly Unplaced[] {
  const bound = Object.entries(bounds(context)).flatMap(([key, { least, most, hurts }]): readonly Unplaced[] => {
    const value = context.values[key];
    if (typeof value !== 'number' || !Number.isInteger(value)) return [];
    if (value < least) return [fault([key], value, least === 0 ? 'negative' : 'too-small', hurts)];
    return value > most ? [fault([key], value, 'too-large', hurts)] : [];
  });
  return [...bound, ...mtu(context)];
}

/** What the kernel takes for a bridge; 0 is Docker's own choice. */
function mtu(context: Context): readonly Unplaced[] {
  const value = context.values['mtu'];
  if (
    typeof value !== 'number' ||
    !Number.isInteger(value) ||
    value <= 0 ||
    isOld(context) ||
    textInForce(context, 'bridge') === 'none'
  )
    return [];
  if (value < 68) return [fault(['mtu'], value, 'too-small', 'start')];
  return value > 65_535 ? [fault(['mtu'], value, 'too-large', 'start')] : [];
}

function choices(context: Context): readonly Unplaced[] {
  const old = isOld(context);
  const levels = ['panic', 'fatal', 'error', 'warn', 'info', 'debug', 'trace', ...(old ? ['warning'] : [])];
  const oneOf = (key: string, isRight: (text: string) => boolean, hurts: Hurt = 'always'): readonly Unplaced[] => {
    const text = context.values[key];
    return typeof text !== 'string' || isRight(text) ? [] : [fault([key], text, 'not-a-choice', hurts)];
  };
  return [
    ...oneOf('log-level', (text) => text === '' || levels.includes(text.toLowerCase()), old ? 'start' : 'always'),
    ...(since(context, '25.0') ? oneOf('log-format', (text) => ['', 'text', 'json'].includes(text)) : []),
    ...oneOf('default-cgroupns-mode', (text) => ['', 'host', 'private'].includes(text)),
    ...oneOf('default-ipc-mode', (text) => ['', 'private', 'shareable'].includes(text)),
  ];
}

const reserved = /^(?:com\.docker|io\.docker|org\.dockerproject)\./i;

function labels(context: Context): readonly Unplaced[] {
  const all = items(context, 'labels');
  const found = all.flatMap(([text, index]): readonly Unplaced[] => {
    const path = ['labels', String(index)];
    if (!/^[^=]+=/.test(text) && !(text.startsWith('=') && text.length > 0))
      return [fault(path, text, 'not-a-label', isOld(context) ? 'always' : 'start')];
    return reserved.test(text) ? [fault(path, text, 'reserved-label', 'always')] : [];
  });
  const seen = new Map<string, string>();
  const twice = all.flatMap(([text, index]): readonly Unplaced[] => {
    const cut = text.indexOf('=');
    const name = text.slice(0, cut);
    const before = seen.get(name);
    seen.set(name, text.slice(cut + 1));
    return cut === -1 || before === undefined || before === text.slice(cut + 1)
      ? []
      : [fault(['labels', String(index)], text, 'conflicting-labels', 'always')];
  });
  return [...found, ...twice];
}

/** `name=value`: one whole number for a name, or several names (measured on 26.1 and 28.5). */
function resources(context: Context): readonly Unplaced[] {
  const kinds = new Map<string, boolean>();
  return items(context, 'node-generic-resources').flatMap(([text, index]): readonly Unplaced[] => {
    const path = ['node-generic-resources', String(index)];
    const [, name, value] = /^([^=]*)=([^=]*)$/.exec(text) ?? [];
    if (name === undefined || value === undefined) return [fault(path, text, 'not-a-resource', 'always')];
    if (value === '') return [];
    const isNumber = /^-?\d+$/.test(value);
    if (isNumber && Number(value) < 0) return [fault(path, text, 'negative', 'always')];
    const mixed = kinds.has(name) && (isNumber || kinds.get(name) === true);
    kinds.set(name, isNumber);
    return mixed ? [fault(path, text, 'not-a-resource', 'always')] : [];
  });
}

function execOptions(context: Context): readonly Unplaced[] {
  const { machine } = context;
  const strict = since(context, '28.0');
  const all = items(context, 'exec-opts');
  const found = all.flatMap(([text, index]): readonly Unplaced[] => {
    const path = ['exec-opts', String(index)];
    const cut = text.indexOf('=');
    const name = text.slice(0, cut).trim();
    const value = text.slice(cut + 1).trim();
    if (cut === -1 || (strict && (name === '' || value === '')))
      return [fault(path, text, 'not-an-option-pair', strict ? 'always' : 'nothing')];
    if (name.toLowerCase() !== 'native.cgroupdriver')
      return [fault(path, text, 'unknown-exec-option', strict ? 'always' : 'nothing')];
    return [];
  });
  const last = all
    .map(([text, index]) => ({ index, value: /^\s*native\.cgroupdriver\s*=\s*(.*?)\s*$/i.exec(text)?.[1] }))
    .findLast(({ value }) => value !== undefined);
  if (last?.value === undefined || last.value === '') return found;
  const path = ['exec-opts', String(last.index)];
  if (!['cgroupfs', 'systemd'].includes(last.value))
    return [...found, fault(path, last.value, 'not-a-choice', 'start')];
  if (last.value !== 'systemd') return found;
  const parent = textInForce(context, 'cgroup-parent');
  const slice = parent === '' || parent.endsWith('.slice');
  return [
    ...found,
    ...(slice ? [] : [clash(['cgroup-parent'], 'exec-opts', 'not-with', 'start')]),
    ...(machine !== null && !machine.systemd ? [lacking(path, last.value, 'no-systemd', 'containers')] : []),
  ];
}

/** Still known, but refused with a value (measured on 28.5). */
function deprecated(context: Context): readonly Unplaced[] {
  const text = context.values['api-cors-header'];
  // Their stores are gone from Debian's builds of 20.10, and from Docker's own since 23 (measured on 20.10).
  const cluster = ['cluster-store', 'cluster-advertise'].filter(
    (key) => textInForce(context, key) !== '' && key in context.values,
  );
  if (cluster.length > 0) return cluster.map((key) => fault([key], context.values[key], 'deprecated', 'start'));
  return typeof text === 'string' && text !== '' && since(context, '28.0')
    ? [fault(['api-cors-header'], text, 'deprecated', 'always')]
    : [];
}

/** Read as a size when the file is read: a bare number in quotes is one too. */
function shmSize(context: Context): readonly Unplaced[] {
  const text = context.values['default-shm-size'];
  // The one option that does not take null (measured on 28.5).
  if (text === null) return [fault(['default-shm-size'], text, 'not-a-size', 'always')];
  if (typeof text !== 'string') return [];
  return takesSize(context, text) ? [] : [fault(['default-shm-size'], text, 'not-a-size', 'always')];
}

function profile(context: Context): readonly Unplaced[] {
  const { machine, values } = context;
  const text = values['seccomp-profile'];
  if (typeof text !== 'string' || text === '') return [];
  const path = ['seccomp-profile'];
  if (!isOld(context) && ['builtin', 'unconfined'].includes(text)) return [];
  if (!text.startsWith('/')) return [lacking(path, text, 'no-file', 'start')];
  const facts = machine?.paths[text];
  if (facts === undefined) return [];
  if (facts.type === 'missing') return [lacking(path, text, 'no-file', 'start')];
  if (facts.type === 'folder') return [lacking(path, text, 'not-a-file', 'start')];
  return facts.holds !== null && facts.holds !== 'json' ? [lacking(path, text, 'not-json', 'containers')] : [];
}

function programs(context: Context): readonly Unplaced[] {
  const { machine, values } = context;
  const found: Unplaced[] = [];
  const proxy = values['userland-proxy-path'];
  if (typeof proxy === 'string' && proxy !== '' && inForce(context, 'userland-proxy') !== false && !isOld(context)) {
    // A reload looks at it only where `userland-proxy` stands in the file (measured on 28.5).
    const hurts = values['userland-proxy'] === true ? 'always' : 'start';
    const facts = machine?.paths[proxy];
    if (!proxy.startsWith('/')) found.push(fault(['userland-proxy-path'], proxy, 'not-absolute', hurts));
    else if (facts?.type === 'missing') found.push(lacking(['userland-proxy-path'], proxy, 'no-file', hurts));
    else if (facts !== undefined && (facts.type === 'folder' || !facts.executable))
      found.push(lacking(['userland-proxy-path'], proxy, 'not-executable', hurts));
  }
  const init = values['init-path'];
  if (typeof init !== 'string' || init === '') return found;
  // A name alone is looked for as shells do, but not by the oldest (measured on 20.10, 26.1, 28.5).
  if (!init.startsWith('/') && (init.includes('/') || isOld(context)))
    found.push(fault(['init-path'], init, 'not-absolute', 'containers'));
  else if (machine?.paths[init]?.type === 'missing')
    found.push(lacking(['init-path'], init, 'no-program', 'containers'));
  return found;
}

/** An address that this computer lacks is found out when a container publishes a port (measured on 26.1 and 28.5). */
function publishedAt({ values, machine }: Context): readonly Unplaced[] {
  const text = values['ip'];
  if (machine === null || typeof text !== 'string' || parseAddress(text) === null || isLocal(text, machine)) return [];
  return [lacking(['ip'], text, 'no-address', 'containers')];
}

function addresses(context: Context): readonly Unplaced[] {
  const found: Unplaced[] = [];
  const one = (key: string, hurts: Hurt): void => {
    const text = context.values[key];
    if (typeof text === 'string' && text !== '' && parseAddress(text) === null)
      found.push(fault([key], text, 'not-an-ip', hurts));
  };
  one('ip', 'always');
  one('host-gateway-ip', 'always');
  found.push(...publishedAt(context));
  if (!since(context, '28.0')) return found;
  // Even empty ones (measured on 28.5).
  if ('host-gateway-ip' in context.values && 'host-gateway-ips' in context.values)
    found.push(clash(['host-gateway-ips'], 'host-gateway-ip', 'exclude-each-other', 'always'));
  const bits = new Set<number>();
  for (const [text, index] of items(context, 'host-gateway-ips')) {
    if (text === '') continue;
    const address = parseAddress(text);
    const path = ['host-gateway-ips', String(index)];
    const why: ValueFault | null = address === null ? 'not-an-ip' : bits.has(address.bits) ? 'twice' : null;
    if (why !== null) found.push(fault(path, text, why, 'always'));
    if (address !== null) bits.add(address.bits);
  }
  return found;
}
