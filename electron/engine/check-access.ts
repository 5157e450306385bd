// How clients reach the daemon, and as whom it runs things: sockets, ports, certificates, groups, users, plugins.
import {
  clash,
  fault,
  inForce,
  isOld,
  items,
  lacking,
  since,
  textInForce,
  type Context,
  type Unplaced,
} from './check-context.ts';
import { givenFlags } from './daemon-flags.ts';
import { parseAddress } from './ip-range.ts';
import { foldersOf, isAny, isLocal, usualCertificate } from './machine.ts';

export const accessFindings = (context: Context): readonly Unplaced[] => [
  ...hosts(context),
  ...metrics(context),
  ...group(context),
  ...tls(context),
  ...user(context),
  ...plugins(context),
  ...pidfile(context),
  ...containerd(context),
];

function hosts(context: Context): readonly Unplaced[] {
  const all = items(context, 'hosts').map(([text, index]) => ({ text: text.trim(), index }));
  const found = all.flatMap(({ text, index }) => host(text, ['hosts', String(index)], context));
  // The same text twice is one to Docker (measured on 20.10, 26.1, 28.5).
  const listeners = [...new Map(all.map((one) => [one.text, one])).values()].flatMap(({ text, index }) => {
    const at = tcpAddress(text, context);
    return at === null ? [] : [{ ...at, text, index }];
  });
  const clashing = listeners.filter((one, order) =>
    listeners.slice(0, order).some((other) => excludeEachOther(one, other)),
  );
  const open = inForce(context, 'tlsverify') === true ? [] : listeners.filter(({ name }) => !isLoopback(name));
  return [
    ...found,
    ...clashing.map(({ index }) => clash(['hosts', String(index)], 'hosts', 'same-port', 'start')),
    ...open.map(({ text, index }) => fault(['hosts', String(index)], text, 'open-to-all', 'nothing')),
  ];
}

type Listener = { readonly name: string; readonly port: number };

const excludeEachOther = (a: Listener, b: Listener): boolean =>
  a.port === b.port && (a.name === b.name || isAny(a.name) || isAny(b.name));

const isLoopback = (name: string): boolean => name.startsWith('127.') || name === '::1';

const defaultPorts = { plain: 2375, tls: 2376 };

function host(text: string, path: readonly string[], context: Context): readonly Unplaced[] {
  const { machine } = context;
  if (text === '') return [];
  const scheme = /^([a-zA-Z0-9+.-]+):\/\//.exec(text)?.[1];
  const rest = scheme === undefined ? text : text.slice(scheme.length + 3);
  if (scheme === 'fd') return machine !== null && !machine.systemd ? [lacking(path, text, 'no-systemd', 'start')] : [];
  if (scheme === 'npipe') return [fault(path, text, 'host-scheme', 'start')];
  if (scheme === 'unix') {
    const folder = rest === '' ? undefined : foldersOf(rest)[0];
    if (folder !== undefined && machine?.paths[folder]?.type === 'missing')
      return [lacking(path, rest, 'no-folder', 'start')];
    return machine?.paths[rest]?.type === 'folder' || rest.endsWith('/')
      ? [lacking(path, rest, 'not-a-file', 'start')]
      : [];
  }
  // The oldest reads them at a start only (measured on 20.10).
  const read = isOld(context) ? 'start' : 'always';
  if (scheme !== undefined && scheme !== 'tcp') return [fault(path, text, 'host-scheme', read)];
  return tcp(rest, text, path, context);
}

function tcp(rest: string, text: string, path: readonly string[], context: Context): readonly Unplaced[] {
  const match = splitHost(rest, context);
  const isCut = isOld(context) && rest.startsWith('[') && match?.port === '';
  if (match === null || isCut) return [fault(path, text, 'not-a-host', isOld(context) ? 'start' : 'always')];
  if (match.port.includes(':')) return [fault(path, text, 'not-a-host', 'start')];
  if (!hostName.test(match.name)) return [fault(path, text, 'not-a-host', isOld(context) ? 'start' : 'always')];
  const port = match.port === '' ? usualPort(context) : Number(match.port);
  // The oldest takes any free port for 0 (measured on 20.10).
  if (port === 0 && isOld(context)) return [];
  if (!Number.isInteger(port) || port <= 0)
    return [fault(path, text, 'not-a-port', isOld(context) ? 'start' : 'always')];
  if (port > 65_535) return [fault(path, text, 'not-a-port', 'start')];
  return listener(match.name, port, path, context);
}

/** `name:port`, the port empty where there is none; null for what is no host at all. */
function splitHost(rest: string, context: Context): { readonly name: string; readonly port: string } | null {
  // Neither a user nor a query says anything here, and Docker passes over them (measured on 26.1 and 28.5).
  const place = rest.replace(/^[^@/]*@/, '').replace(/[?#].*$/, '');
  const [, bare = '', portOfBare = ''] = /^(.*:.*):(\d+)$/.exec(place) ?? [];
  // The oldest takes all of it for the address, as it does without brackets (measured on 20.10, 26.1, 28.5).
  if (parseAddress(bare) !== null) return isOld(context) ? { name: place, port: '' } : { name: bare, port: portOfBare };
  const match = /^(\[[^\]]*\]|[^:[\]]*)(?::(.*))?$/.exec(place);
  if (match === null || place.includes('/')) return null;
  return { name: (match[1] ?? '').replace(/^\[|\]$/g, ''), port: match[2] ?? '' };
}

/** What may stand in the host of a URL, as net/url reads it (measured on 26.1 and 28.5). */
const hostName = /^[\w.~!$&'()*+,;=:<>"%\u0080-\uffff-]*$/;

const usualPort = (context: Context): number =>
  inForce(context, 'tls') === true || inForce(context, 'tlsverify') !== undefined
    ? defaultPorts.tls
    : defaultPorts.plain;

/** Where an entry listens; null for what listens at no port, or at any. */
function tcpAddress(text: string, context: Context): Listener | null {
  const scheme = /^([a-zA-Z0-9+.-]+):\/\//.exec(text)?.[1];
  const split =
    text === '' || (scheme !== undefined && scheme !== 'tcp') ? null : splitHost(text.replace('tcp://', ''), context);
  if (split === null) return null;
  const port = split.port === '' ? usualPort(context) : Number(split.port);
  return port > 0 ? { name: addressOf(split.name), port } : null;
}

/** Without a name it is localhost, too (measured on 20.10, 26.1, 28.5). */
const addressOf = (name: string): string => (name === '' || name === 'localhost' ? '127.0.0.1' : name);

/** Whether this computer can listen there. */
function listener(name: string, port: number, path: readonly string[], { machine }: Context): readonly Unplaced[] {
  const wanted = addressOf(name);
  const address = parseAddress(wanted);
  if (address === null)
    return /^[a-zA-Z0-9.-]+$/.test(wanted) && wanted.includes('.') && machine === null
      ? []
      : [lacking(path, name, 'no-address', 'start')];
  if (machine === null) return [];
  if (!isLocal(wanted, machine)) return [lacking(path, wanted, 'no-address', 'start')];
  const everywhere = isAny(wanted);
  const taken = machine.listening.some(
    (one) =>
      one.port === port && (everywhere || one.address === wanted || one.address === '0.0.0.0' || one.address === '::'),
  );
  return taken ? [lacking(path, `${wanted}:${port}`, 'port-taken', 'start')] : [];
}

function metrics(context: Context): readonly Unplaced[] {
  const text = context.values['metrics-addr'];
  if (typeof text !== 'string' || text === '') return [];
  const path = ['metrics-addr'];
  const match = /^(\[[^\]]*\]|[^:[\]]*):(\d+)$/.exec(text);
  if (match === null) return [fault(path, text, /:/.test(text) ? 'not-a-host' : 'no-port', 'start')];
  const name = (match[1] ?? '').replace(/^\[|\]$/g, '');
  const port = Number(match[2]);
  if (port > 65_535) return [fault(path, text, 'not-a-port', 'start')];
  if (name === '') return [fault(path, text, 'not-a-host', 'start')];
  if (port === 0) return [];
  const own = { name: addressOf(name), port };
  const claimed = items(context, 'hosts').some(([host]) => {
    const at = tcpAddress(host.trim(), context);
    return at !== null && excludeEachOther(at, own);
  });
  return claimed ? [clash(path, 'hosts', 'same-port', 'start')] : listener(name, port, path, context);
}

/** A number stands for itself (measured on all three). */
function group(context: Context): readonly Unplaced[] {
  const { machine, values } = context;
  const name = values['group'];
  if (typeof name !== 'string' || name === '' || machine === null) return [];
  const isThere =
    name in machine.groups || Object.values(machine.groups).includes(Number(name)) || /^-?\d+$/.test(name);
  return isThere || !machine.usersAreAll ? [] : [lacking(['group'], name, 'no-group', 'start')];
}

const certificates = ['tlscacert', 'tlscert', 'tlskey'] as const;

/** `tlsverify` switches TLS on whatever its value is (measured on all three). */
function tls(context: Context): readonly Unplaced[] {
  const { machine, values } = context;
  const byFile = values['tls'] === true || 'tlsverify' in values;
  const byFlag = givenFlags(context.flags).some(({ name }) => name === 'tls' || name === 'tlsverify');
  if (!byFile && !byFlag) return [];
  const verify = 'tlsverify' in values ? values['tlsverify'] === true : inForce(context, 'tlsverify') === true;
  return certificates.flatMap((key): readonly Unplaced[] => {
    const given = textInForce(context, key);
    // One that is named is read, asked for or not.
    if (machine === null || (key === 'tlscacert' && !verify && given === '')) return [];
    // Without one, clients are checked against nothing (measured on 28.5); a certificate and its key have to be there.
    if (given === '' && key === 'tlscacert') return [];
    const named = values[key] === undefined ? [values['tlsverify'] === undefined ? 'tls' : 'tlsverify'] : [key];
    const path = given === '' ? usualCertificate(key === 'tlskey' ? 'key' : 'cert') : given;
    const facts = machine.paths[path];
    if (values[key] === given && given !== '' && !given.startsWith('/'))
      return [fault([key], given, 'not-absolute', 'start')];
    // Paths of flags are not looked at.
    if (facts === undefined && given !== '') return [];
    if (facts?.type !== 'file' && facts?.type !== 'unknown') return [lacking(named, path, 'no-file', 'start')];
    const wanted = key === 'tlskey' ? 'key' : 'certificate';
    return facts.holds !== null && facts.holds !== wanted ? [lacking(named, path, 'bad-certificate', 'start')] : [];
  });
}

function user(context: Context): readonly Unplaced[] {
  const { machine, values } = context;
  const text = values['userns-remap'];
  if (typeof text !== 'string' || text === '') return [];
  const path = ['userns-remap'];
  const [name = '', groupName, ...more] = text.split(':');
  if (more.length > 0) return [fault(path, text, 'not-a-user', 'start')];
  if (text === 'default' || text === 'default:default' || machine === null || !machine.usersAreAll) return [];
  const byNumber = (names: Readonly<Record<string, number>>, wanted: string): string | undefined =>
    /^\d+$/.test(wanted)
      ? Object.entries(names).find(([, number]) => number === Number(wanted))?.[0]
      : wanted in names
        ? wanted
        : undefined;
  const userName = byNumber(machine.users, name);
  if (userName === undefined) return [lacking(path, name, 'no-user', 'start')];
  const wantedGroup = groupName ?? userName;
  const group = byNumber(machine.groups, wantedGroup);
  if (group === undefined) return [lacking(path, wantedGroup, 'no-group', 'start')];
  const isMapped = machine.subordinate.users.includes(userName) && machine.subordinate.groups.includes(group);
  return isMapped || userName === 'root' ? [] : [lacking(path, userName, 'no-subordinate-ids', 'start')];
}

/** A name that no plugin announces: fifteen seconds of waiting, then the daemon ends, at a reload too (measured). */
function plugins(context: Context): readonly Unplaced[] {
  const { machine } = context;
  return items(context, 'authorization-plugins').flatMap(([name, index]) =>
    name === '' || (machine !== null && !machine.plugins.includes(name) && !name.includes(':'))
      ? [lacking(['authorization-plugins', String(index)], name, 'no-plugin', 'always')]
      : [],
  );
}

/** Before 28 the daemon waits 60 seconds and ends; newer ones start, and no container does (measured on 26.1, 28.5). */
function containerd(context: Context): readonly Unplaced[] {
  const path = context.values['containerd'];
  if (typeof path !== 'string' || path === '') return [];
  const hurts = since(context, '28.0') ? 'containers' : 'start';
  if (!path.startsWith('/')) return [fault(['containerd'], path, 'not-absolute', hurts)];
  const type = context.machine?.paths[path]?.type ?? 'unknown';
  return type === 'socket' || type === 'unknown' ? [] : [lacking(['containerd'], path, 'no-socket', hurts)];
}

function pidfile({ values, machine }: Context): readonly Unplaced[] {
  const path = values['pidfile'];
  if (typeof path !== 'string' || path === '' || machine === null) return [];
  if (machine.paths[path]?.type === 'folder') return [lacking(['pidfile'], path, 'not-a-file', 'start')];
  const blocked = foldersOf(path).find((one) => machine.paths[one]?.type === 'file');
  return blocked === undefined ? [] : [lacking(['pidfile'], blocked, 'not-a-folder', 'start')];
}

/** Not looked at before 28 (measured on 26.1 and 28.5). */
export const rootlessFindings = (context: Context): readonly Unplaced[] =>
  context.values['rootless'] === true && context.machine !== null && since(context, '28.0')
    ? [clash(['rootless'], 'rootless', 'not-with', 'start')]
    : [];
