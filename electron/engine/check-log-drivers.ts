// Log drivers that send to a service: what each asks of its own options.
import { clash, fault, isOld, lacking, since, stray, takesSize, type Context, type Unplaced } from './check-context.ts';
import type { Hurt, ValueFault } from '../contract/check-kinds.ts';
import { durationMs, isBoolean, isDuration, isInteger, urlParts } from './go-values.ts';
import { usualSyslogSockets } from './machine.ts';

export type LogOptions = Readonly<Record<string, string>>;

export const at = (name: string, value: string, why: ValueFault, hurts: Hurt): Unplaced =>
  fault(['log-opts', name], value, why, hurts);

const facilities = [
  'kern',
  'user',
  'mail',
  'daemon',
  'auth',
  'syslog',
  'lpr',
  'news',
  'uucp',
  'cron',
  'authpriv',
  'ftp',
];

/** Nothing of it is looked at before a container starts (measured on 26.1 and 28.5). */
function splunkFindings(options: LogOptions): readonly Unplaced[] {
  const missing = ['splunk-url', 'splunk-token'].filter((name) => !options[name]);
  const wrong = (name: string, isRight: (value: string) => boolean): readonly Unplaced[] => {
    const value = options[name];
    return value === undefined || value === '' || isRight(value)
      ? []
      : [at(name, value, 'bad-log-option', 'containers')];
  };
  const isUrl = (text: string): boolean => {
    const parts = urlParts(text);
    return parts !== null && parts.host !== '' && ['', '/'].includes(parts.path) && !parts.query && !parts.fragment;
  };
  return [
    ...missing.map((name) => fault(['log-opts'], name, 'missing-log-option', 'containers')),
    ...wrong('splunk-url', isUrl),
    ...wrong('splunk-format', (text) => ['inline', 'json', 'raw'].includes(text)),
    ...['splunk-gzip', 'splunk-insecureskipverify', 'splunk-verify-connection', 'splunk-index-acknowledgment'].flatMap(
      (name) => wrong(name, isBoolean),
    ),
  ];
}

function syslogFindings(options: LogOptions, context: Context): readonly Unplaced[] {
  const { machine } = context;
  const found: Unplaced[] = [];
  const { 'syslog-address': address, 'syslog-facility': facility, 'syslog-format': format } = options;
  if (address !== undefined && address !== '') {
    const parts = urlParts(address);
    const isRead = !isOld(context) || /^[a-z]/.test(address);
    const isSocket = isRead && parts !== null && ['unix', 'unixgram'].includes(parts.scheme);
    const isNetwork = isRead && parts !== null && ['udp', 'tcp', 'tcp+tls'].includes(parts.scheme);
    const isBare = parts !== null && parts.host.includes(':') && !address.includes('[');
    if (!isSocket && (!isNetwork || isBare)) found.push(at('syslog-address', address, 'bad-log-option', 'start'));
    // What looks like the first folder of a path is the host, and left out.
    else if (isSocket && (parts.host !== '' || machine?.paths[parts.path]?.type === 'missing'))
      found.push(lacking(['log-opts', 'syslog-address'], parts.path, 'no-socket', 'start'));
  } else if (machine !== null && usualSyslogSockets.every((path) => machine.paths[path]?.type === 'missing')) {
    found.push(lacking(['log-driver'], usualSyslogSockets[0], 'no-socket', 'containers'));
  }
  const local = /^local[0-7]$/;
  const isFacility = (name: string): boolean =>
    facilities.includes(name) || local.test(name) || (/^\d+$/.test(name) && Number(name) < 24);
  if (facility !== undefined && facility !== '' && !isFacility(facility))
    found.push(at('syslog-facility', facility, 'bad-log-option', 'start'));
  if (format !== undefined && !['', 'rfc3164', 'rfc5424', 'rfc5424micro'].includes(format))
    found.push(at('syslog-format', format, 'bad-log-option', 'start'));
  return found;
}

function fluentdFindings(options: LogOptions, context: Context): readonly Unplaced[] {
  const wrong = (name: string, isRight: (value: string) => boolean): readonly Unplaced[] => {
    const value = options[name];
    return value === undefined || value === '' || isRight(value) ? [] : [at(name, value, 'bad-log-option', 'start')];
  };
  const isAddress = (text: string): boolean => {
    if (isOld(context)) return isOldFluentdAddress(text);
    const parts = urlParts(text.includes('://') ? text : `tcp://${text}`);
    if (parts === null) return false;
    if (Number(parts.port ?? 0) > 65_535) return false;
    return (
      (parts.scheme === 'unix' && parts.path !== '') || (['tcp', 'tls'].includes(parts.scheme) && parts.path === '')
    );
  };
  return [
    ...wrong('fluentd-address', isAddress),
    ...['fluentd-async', 'fluentd-request-ack', 'fluentd-sub-second-precision'].flatMap((name) =>
      wrong(name, isBoolean),
    ),
    ...wrong('fluentd-retry-wait', isDuration),
    ...wrong('fluentd-async-reconnect-interval', (text) => {
      const time = durationMs(text);
      return time !== null && time >= 100 && time <= 10_000;
    }),
    ...wrong('fluentd-buffer-limit', (text) => takesSize(context, text)),
    ...wrong('fluentd-max-retries', (text) => /^\d+$/.test(text)),
    ...(since(context, '28.0') && options['fluentd-async-connect'] !== undefined
      ? [stray(['log-opts', 'fluentd-async-connect'], 'unknown-log-option', 'start')]
      : []),
  ];
}

/** 20.10 takes a URL of a transport, or what stands there for a host and a port [source; measured on 20.10]. */
function isOldFluentdAddress(text: string): boolean {
  if (!/^(?:tcp|tcp\+tls|udp|unix|unixgram):\/\//.test(text)) return /^(?:\[[^\]]*\]|[^:[\]]*)(?::\d+)?$/.test(text);
  return urlParts(text) !== null;
}

/** Where there are no options at all, nobody looks at them before a container does. */
const hurtOf = (options: LogOptions): Hurt => (Object.keys(options).length > 0 ? 'start' : 'containers');

function gelfFindings(options: LogOptions, context: Context): readonly Unplaced[] {
  const { 'gelf-address': address, 'gelf-compression-type': type, 'gelf-compression-level': level } = options;
  if (address === undefined || address === '')
    return [fault(['log-opts'], 'gelf-address', 'missing-log-option', hurtOf(options))];
  const parts = urlParts(address);
  const isRead = !isOld(context) || /^[a-z]/.test(address);
  const scheme =
    isRead && parts !== null && ['udp', 'tcp'].includes(parts.scheme) && parts.port !== null ? parts.scheme : null;
  const found: Unplaced[] = scheme === null ? [at('gelf-address', address, 'bad-log-option', 'start')] : [];
  if (type !== undefined && !['gzip', 'zlib', 'none'].includes(type))
    found.push(at('gelf-compression-type', type, 'bad-log-option', 'start'));
  if (level !== undefined && !/^(?:-1|\d)$/.test(level))
    found.push(at('gelf-compression-level', level, 'bad-log-option', 'start'));
  for (const name of tcpOnly) {
    const value = options[name];
    if (value !== undefined && !/^\d+$/.test(value)) found.push(at(name, value, 'bad-log-option', 'start'));
  }
  const unfit = scheme === 'tcp' ? udpOnly : scheme === 'udp' ? tcpOnly : [];
  const without = unfit.filter((name) => options[name] !== undefined);
  return [...found, ...without.map((name) => clash(['log-opts', name], 'log-opts.gelf-address', 'not-with', 'start'))];
}

const udpOnly = ['gelf-compression-type', 'gelf-compression-level'];
const tcpOnly = ['gelf-tcp-max-reconnect', 'gelf-tcp-reconnect-delay'];

function awslogsFindings(options: LogOptions): readonly Unplaced[] {
  if (!options['awslogs-group']) return [fault(['log-opts'], 'awslogs-group', 'missing-log-option', hurtOf(options))];
  const positive = ['awslogs-force-flush-interval-seconds', 'awslogs-max-buffered-events'];
  const found = positive.flatMap((name) => {
    const value = options[name];
    const isRight = value === undefined || (isInteger(value) && Number(value) > 0);
    return isRight ? [] : [at(name, value, 'bad-log-option', 'start')];
  });
  const create = options['awslogs-create-group'];
  if (create !== undefined && create !== '' && !isBoolean(create))
    found.push(at('awslogs-create-group', create, 'bad-log-option', 'start'));
  const { 'awslogs-datetime-format': time, 'awslogs-multiline-pattern': pattern, 'awslogs-format': format } = options;
  if (format !== undefined && format !== 'json/emf')
    found.push(at('awslogs-format', format, 'bad-log-option', 'start'));
  if (format === 'json/emf' && time !== undefined) found.push(notWithFormat('awslogs-datetime-format'));
  if (format === 'json/emf' && pattern !== undefined) found.push(notWithFormat('awslogs-multiline-pattern'));
  if (time !== undefined && pattern !== undefined)
    found.push(at('awslogs-multiline-pattern', pattern, 'bad-log-option', 'start'));
  return found;
}

const notWithFormat = (name: string): Unplaced =>
  clash(['log-opts', name], 'log-opts.awslogs-format', 'not-with', 'start');

/** By driver. */
export const ownFindings: Readonly<Record<string, (options: LogOptions, context: Context) => readonly Unplaced[]>> = {
  syslog: syslogFindings,
  fluentd: fluentdFindings,
  gelf: gelfFindings,
  awslogs: awslogsFindings,
  splunk: splunkFindings,
};
