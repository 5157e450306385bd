// The options of the log drivers that are built in, by which they are checked, and offered where the text is typed.

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

/** What every driver takes beside its own. */
export const logOptionsOfAll: readonly string[] = [...common, ...cache];

/** All that a driver takes; undefined for one that is not built in. */
export function logOptionsOf(driver: string): readonly string[] | undefined {
  const own = driverOptions[driver];
  return own && [...own, ...logOptionsOfAll];
}
