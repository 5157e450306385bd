// Log drivers and their options. dockerd looks at their names at every start, at most of their values only for a container.
import { fault, lacking, since, stray, textInForce, type Context, type Unplaced } from './check-context.ts';
import { isJsonObject } from '../contract/json.ts';
import { givenFlags } from './daemon-flags.ts';
import { nearest } from './nearest.ts';
import type { Hurt, ValueFault } from '../contract/check-kinds.ts';

const metadata = ['env', 'env-regex', 'labels', 'labels-regex', 'tag'];
const rotation = ['max-file', 'max-size', 'compress'];

/** Options of every driver that is built in [source of 20.10, 26.1, 28.5]. */
const driverOptions: Readonly<Record<string, readonly string[]>> = {
  'json-file': [...rotation, ...metadata],
  local: rotation,
  journald: metadata,
  none: [],
  syslog: [
    ...metadata,
    ...['address', 'facility', 'format', 'tls-ca-cert', 'tls-cert', 'tls-key', 'tls-skip-verify'].map(
      (name) => `syslog-${name}`,
    ),
  ],
  fluentd: [
    ...metadata,
    ...[
      'address',
      'async',
      'async-connect',
      'async-reconnect-interval',
      'buffer-limit',
      'max-retries',
      'request-ack',
      'retry-wait',
      'sub-second-precision',
    ].map((name) => `fluentd-${name}`),
  ],
  gelf: [
    ...metadata,
    ...['address', 'compression-level', 'compression-type', 'tcp-max-reconnect', 'tcp-reconnect-delay'].map(
      (name) => `gelf-${name}`,
    ),
  ],
  awslogs: [
    'tag',
    ...[
      'create-group',
      'create-stream',
      'credentials-endpoint',
      'datetime-format',
      'endpoint',
      'force-flush-interval-seconds',
      'format',
      'group',
      'max-buffered-events',
      'multiline-pattern',
      'region',
      'stream',
    ].map((name) => `awslogs-${name}`),
  ],
  splunk: [
    ...metadata,
    ...[
      'caname',
      'capath',
      'format',
      'gzip',
      'gzip-level',
      'index',
      'index-acknowledgment',
      'insecureskipverify',
      'source',
      'sourcetype',
      'token',
      'url',
      'verify-connection',
    ].map((name) => `splunk-${name}`),
  ],
  gcplogs: [
    'env',
    'env-regex',
    'labels',
    'labels-regex',
    'gcp-project',
    'gcp-log-cmd',
    'gcp-meta-zone',
    'gcp-meta-name',
    'gcp-meta-id',
  ],
  logentries: [...metadata, 'logentries-token', 'line-only'],
};

/** Every driver takes these; dockerd itself makes them work. */
const common = ['mode', 'max-buffer-size'];
const cache = ['cache-disabled', 'cache-max-size', 'cache-max-file', 'cache-compress'];

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

type LogOptions = Readonly<Record<string, string>>;

export function loggingFindings(context: Context): readonly Unplaced[] {
  const driver = textInForce(context, 'log-driver') || 'json-file';
  const given = context.values['log-opts'];
  const byFlag = givenFlags(context.flags)
    .filter(({ name }) => name === 'log-opt')
    .flatMap(({ values }) =>
      values.map((value): [string, string] => [value.split('=')[0] ?? '', value.slice(value.indexOf('=') + 1)]),
    );
  const options: LogOptions = Object.fromEntries([
    ...Object.entries(isJsonObject(given) ? given : {}).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[key, value]] : value === null ? [[key, '']] : [],
    ),
    ...byFlag,
  ]);
  // Nothing is written, so nothing is asked.
  if (driver === 'none') return [];
  const names = Object.keys(options);
  const known = isBuiltIn(driver, context) ? driverOptions[driver] : undefined;
  if (known === undefined) {
    const path = context.values['log-driver'] === undefined ? ['log-opts'] : ['log-driver'];
    // Without options nobody asks for the driver before a container does.
    return isPlugin(context, driver)
      ? []
      : [fault(path, driver, 'unknown-log-driver', names.length > 0 ? 'start' : 'containers')];
  }
  const own = [...known, ...common, ...cache];
  const found = [
    ...names
      .filter((name) => !own.includes(name))
      .map((name) => stray(['log-opts', name], 'unknown-log-option', 'start')),
    ...bufferFindings(options),
    ...rotationFindings(options, driver),
    ...(driver === 'syslog' ? syslogFindings(options, context) : []),
    ...(driver === 'fluentd' ? fluentdFindings(options, context) : []),
    ...(driver === 'gelf' ? gelfFindings(options) : []),
    ...(driver === 'awslogs' ? awslogsFindings(options) : []),
  ];
  return found;
}

/** The option of a driver that a mistyped one was meant to be. */
export const logOptionLike = (typed: string, driver: string): string | null =>
  nearest(typed, [...(driverOptions[driver] ?? []), ...common, ...cache]);

/** Debian's newer builds leave Google's driver out (measured on 26.1, 28.5). */
function isBuiltIn(driver: string, context: Context): boolean {
  if (driver === 'gcplogs') return !(/dfsg/.test(context.version) && since(context, '28.0'));
  return driver !== 'logentries' || !since(context, '25.0');
}

/** `name:tag`, or one that announces itself. */
const isPlugin = ({ machine }: Context, driver: string): boolean =>
  driver.includes('/') || driver.includes(':') || machine === null || machine.plugins.includes(driver);

const at = (name: string, value: string, why: ValueFault, hurts: Hurt): Unplaced =>
  fault(['log-opts', name], value, why, hurts);

function bufferFindings(options: LogOptions): readonly Unplaced[] {
  const { mode, 'max-buffer-size': size } = options;
  const found: Unplaced[] = [];
  if (mode !== undefined && mode !== '' && mode !== 'blocking' && mode !== 'non-blocking')
    found.push(at('mode', mode, 'bad-log-option', 'start'));
  if (size !== undefined && mode !== 'non-blocking')
    found.push(at('max-buffer-size', size, 'log-option-needs-other', 'start'));
  else if (size !== undefined && !isSize(size)) found.push(at('max-buffer-size', size, 'bad-log-option', 'start'));
  return found;
}

/** Only a container that is made later stumbles over these (measured on 20.10, 26.1, 28.5). */
function rotationFindings(options: LogOptions, driver: string): readonly Unplaced[] {
  if (driver !== 'json-file' && driver !== 'local') return [];
  const { 'max-size': size, 'max-file': files, compress } = options;
  const found: Unplaced[] = [];
  if (size !== undefined && size !== '' && !isSize(size) && size !== '-1')
    found.push(at('max-size', size, 'bad-log-option', 'containers'));
  if (files !== undefined && !/^[1-9]\d*$/.test(files))
    found.push(at('max-file', files, 'bad-log-option', 'containers'));
  if (compress !== undefined && !isBoolean(compress))
    found.push(at('compress', compress, 'bad-log-option', 'containers'));
  if (driver === 'json-file' && files !== undefined && files !== '1' && (size === undefined || size === ''))
    found.push(at('max-file', files, 'log-option-needs-other', 'containers'));
  if (
    driver === 'json-file' &&
    compress !== undefined &&
    isTrue(compress) &&
    (size === undefined || files === undefined || files === '1')
  )
    found.push(at('compress', compress, 'log-option-needs-other', 'containers'));
  return found;
}

function syslogFindings(options: LogOptions, { machine }: Context): readonly Unplaced[] {
  const found: Unplaced[] = [];
  const { 'syslog-address': address, 'syslog-facility': facility, 'syslog-format': format } = options;
  if (address !== undefined && address !== '') {
    const [, scheme, rest = ''] = /^(udp|tcp|tcp\+tls|unix|unixgram):\/\/(.*)$/.exec(address) ?? [];
    if (scheme === undefined) found.push(at('syslog-address', address, 'bad-log-option', 'start'));
    else if (scheme.startsWith('unix') && machine?.paths[rest]?.type === 'missing')
      found.push(lacking(['log-opts', 'syslog-address'], rest, 'no-socket', 'start'));
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
    const scheme = /^([a-z+]*):\/\//.exec(text)?.[1];
    return scheme === undefined || ['tcp', 'unix', 'tls'].includes(scheme);
  };
  return [
    ...wrong('fluentd-address', isAddress),
    ...['fluentd-async', 'fluentd-request-ack', 'fluentd-sub-second-precision'].flatMap((name) =>
      wrong(name, isBoolean),
    ),
    ...wrong('fluentd-retry-wait', isDuration),
    ...wrong('fluentd-async-reconnect-interval', isDuration),
    ...wrong('fluentd-buffer-limit', isSize),
    ...wrong('fluentd-max-retries', (text) => /^\d+$/.test(text)),
    ...(since(context, '28.0') && options['fluentd-async-connect'] !== undefined
      ? [stray(['log-opts', 'fluentd-async-connect'], 'unknown-log-option', 'start')]
      : []),
  ];
}

/** Where there are no options at all, nobody looks at them before a container does. */
const hurtOf = (options: LogOptions): Hurt => (Object.keys(options).length > 0 ? 'start' : 'containers');

function gelfFindings(options: LogOptions): readonly Unplaced[] {
  const { 'gelf-address': address, 'gelf-compression-type': type, 'gelf-compression-level': level } = options;
  if (address === undefined || address === '')
    return [fault(['log-opts'], 'gelf-address', 'missing-log-option', hurtOf(options))];
  const scheme = /^(udp|tcp):\/\/[^/:]+:\d+$/.exec(address)?.[1];
  const found: Unplaced[] = scheme === undefined ? [at('gelf-address', address, 'bad-log-option', 'start')] : [];
  if (type !== undefined && !['gzip', 'zlib', 'none'].includes(type))
    found.push(at('gelf-compression-type', type, 'bad-log-option', 'start'));
  if (level !== undefined && !/^(?:-1|\d)$/.test(level))
    found.push(at('gelf-compression-level', level, 'bad-log-option', 'start'));
  for (const name of ['gelf-tcp-max-reconnect', 'gelf-tcp-reconnect-delay']) {
    const value = options[name];
    if (value !== undefined && !/^\d+$/.test(value)) found.push(at(name, value, 'bad-log-option', 'start'));
  }
  return found;
}

function awslogsFindings(options: LogOptions): readonly Unplaced[] {
  if (!options['awslogs-group']) return [fault(['log-opts'], 'awslogs-group', 'missing-log-option', hurtOf(options))];
  const { 'awslogs-datetime-format': format, 'awslogs-multiline-pattern': pattern } = options;
  return format !== undefined && pattern !== undefined
    ? [at('awslogs-multiline-pattern', pattern, 'bad-log-option', 'start')]
    : [];
}

/** As units.FromHumanSize and RAMInBytes take it. */
export const isSize = (text: string): boolean => /^\d+(?:\.\d+)?\s?(?:[kmgtp](?:i?b)?|b)?$/i.test(text);
const isBoolean = (text: string): boolean => /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(text);
const isTrue = (text: string): boolean => /^(?:1|t|T|TRUE|true|True)$/.test(text);
const isDuration = (text: string): boolean => /^-?(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+$/.test(text);
