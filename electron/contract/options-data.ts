// Every option of dockerd that daemon.json or its flags can set, as rows; `options.ts` gives them their meaning.
// Derived from the sources of 20.10.24, 26.1.5, 28.5.2 and 29, and measured on the first three.
import type { Json } from './json.ts';
import type { Risk } from './plan.ts';

/** What values an option takes. `size` is text such as `64M`; `string-map` an object whose values are all text. */
export type OptionKind =
  | 'boolean'
  | 'integer'
  | 'string'
  | 'size'
  | 'path'
  | 'string[]'
  | 'object[]'
  | 'string-map'
  | 'object';

/** Engine versions that apply an option on SIGHUP: all, or those before `until`. */
export type Reload = { readonly until: string | null };

/** The default of versions before `until`. */
export type EarlierDefault = { readonly until: string; readonly value: Json };

/** One row; what is left out has the usual value, given behind each. */
export type OptionRow = {
  readonly key: string;
  readonly kind: OptionKind;
  /** Null where the daemon finds it out by itself. */
  readonly default: Json;
  /** `--key`, the last part of it. */
  readonly flags?: readonly string[];
  /** None: it was the same in all versions. */
  readonly earlier?: EarlierDefault;
  /** As `since`. */
  readonly flagsSince?: string;
  /** 20.10, the oldest that is looked at. */
  readonly since?: string;
  /** Never: still there. */
  readonly removed?: string;
  /** Never: it does something. */
  readonly ignoredSince?: string;
  /** True. */
  readonly settableInFile?: false;
  /** Both. */
  readonly platform?: 'linux' | 'windows';
  /** Not at all. */
  readonly reload?: Reload;
  /** False. */
  readonly sticks?: true;
  /** Nowhere. */
  readonly seenIn?: 'info' | 'event';
  /** None. */
  readonly risk?: Risk;
  /** Anything of the kind. */
  readonly choices?: readonly string[];
};

const always: Reload = { until: null };

export const optionRows = [
  { key: 'allow-direct-routing', kind: 'boolean', default: false, since: '28.2', platform: 'linux' },
  {
    key: 'allow-nondistributable-artifacts',
    kind: 'string[]',
    default: [],
    ignoredSince: '28.1',
    reload: { until: '28.0' },
    sticks: true,
    seenIn: 'event',
  },
  { key: 'api-cors-header', kind: 'string', default: '', removed: '29.0' },
  {
    key: 'authorization-plugins',
    kind: 'string[]',
    default: [],
    flags: ['--authorization-plugin'],
    reload: always,
    risk: 'ends-daemon',
  },
  { key: 'bip', kind: 'string', default: '', platform: 'linux', risk: 'deferred' },
  { key: 'bip6', kind: 'string', default: '', since: '28.0', platform: 'linux', risk: 'deferred' },
  { key: 'bridge', kind: 'string', default: '', flags: ['--bridge', '-b'], risk: 'later-start-fails' },
  { key: 'bridge-accept-fwmark', kind: 'string', default: '', since: '29.0', platform: 'linux' },
  {
    key: 'builder.GC.Enabled',
    kind: 'boolean',
    default: true,
    earlier: { until: '28.0', value: false },
    flags: [],
  },
  { key: 'builder.GC.DefaultKeepStorage', kind: 'size', default: '', flags: [] },
  { key: 'builder.GC.DefaultReservedSpace', kind: 'size', default: '', flags: [], since: '28.0' },
  { key: 'builder.GC.DefaultMaxUsedSpace', kind: 'size', default: '', flags: [], since: '28.0' },
  { key: 'builder.GC.DefaultMinFreeSpace', kind: 'size', default: '', flags: [], since: '28.0' },
  { key: 'builder.GC.Policy', kind: 'object[]', default: [], flags: [] },
  { key: 'builder.Entitlements.network-host', kind: 'boolean', default: true, flags: [], platform: 'linux' },
  { key: 'builder.Entitlements.security-insecure', kind: 'boolean', default: false, flags: [], platform: 'linux' },
  { key: 'builder.Entitlements.device', kind: 'boolean', default: null, flags: [], since: '29.0', platform: 'linux' },
  { key: 'builder.History', kind: 'object', default: null, flags: [], since: '24.0' },
  {
    key: 'cdi-spec-dirs',
    kind: 'string[]',
    default: ['/etc/cdi', '/var/run/cdi'],
    flags: ['--cdi-spec-dir'],
    since: '25.0',
    platform: 'linux',
  },
  { key: 'cgroup-parent', kind: 'string', default: '', platform: 'linux' },
  { key: 'cluster-advertise', kind: 'string', default: '', removed: '23.0' },
  { key: 'cluster-store', kind: 'string', default: '', removed: '23.0' },
  { key: 'cluster-store-opts', kind: 'string-map', default: {}, flags: ['--cluster-store-opt'], removed: '23.0' },
  { key: 'containerd', kind: 'string', default: '', risk: 'loses' },
  { key: 'containerd-namespace', kind: 'string', default: 'moby', platform: 'linux', risk: 'loses' },
  {
    key: 'containerd-plugin-namespace',
    kind: 'string',
    default: 'plugins.moby',
    flags: ['--containerd-plugins-namespace'],
    settableInFile: false,
    platform: 'linux',
  },
  { key: 'cpu-rt-period', kind: 'integer', default: 0, platform: 'linux' },
  { key: 'cpu-rt-runtime', kind: 'integer', default: 0, platform: 'linux' },
  { key: 'cri-containerd', kind: 'boolean', default: false },
  { key: 'data-root', kind: 'path', default: '/var/lib/docker', risk: 'hides' },
  {
    key: 'debug',
    kind: 'boolean',
    default: false,
    flags: ['--debug', '-D'],
    reload: always,
    sticks: true,
    seenIn: 'info',
  },
  { key: 'default-address-pools', kind: 'object[]', default: [], flags: ['--default-address-pool'], platform: 'linux' },
  {
    key: 'default-cgroupns-mode',
    kind: 'string',
    default: null,
    platform: 'linux',
    reload: always,
    sticks: true,
    seenIn: 'event',
    choices: ['host', 'private'],
  },
  { key: 'default-gateway', kind: 'string', default: '', platform: 'linux', risk: 'deferred' },
  { key: 'default-gateway-v6', kind: 'string', default: '', platform: 'linux', risk: 'deferred' },
  { key: 'default-init', kind: 'string', default: 'docker-init', flags: [], settableInFile: false, platform: 'linux' },
  {
    key: 'default-ipc-mode',
    kind: 'string',
    default: 'private',
    platform: 'linux',
    reload: always,
    sticks: true,
    seenIn: 'event',
    choices: ['private', 'shareable'],
  },
  { key: 'default-network-opts', kind: 'object', default: {}, flags: ['--default-network-opt'], since: '24.0' },
  { key: 'default-runtime', kind: 'string', default: 'runc', reload: always, sticks: true, seenIn: 'info' },
  {
    key: 'default-shm-size',
    kind: 'size',
    default: '64M',
    platform: 'linux',
    reload: always,
    sticks: true,
    seenIn: 'event',
  },
  { key: 'default-stop-timeout', kind: 'integer', default: 10, since: '29.7', reload: always, sticks: true },
  { key: 'default-ulimits', kind: 'object', default: {}, flags: ['--default-ulimit'], platform: 'linux' },
  { key: 'deprecated-key-path', kind: 'path', default: '/etc/docker/key.json', flags: [], ignoredSince: '23.0' },
  { key: 'disable-legacy-registry', kind: 'boolean', default: false, flags: [], removed: '20.10' },
  { key: 'dns', kind: 'string[]', default: [] },
  { key: 'dns-opts', kind: 'string[]', default: [], flags: ['--dns-opt'] },
  { key: 'dns-search', kind: 'string[]', default: [] },
  { key: 'exec-opts', kind: 'string[]', default: [], flags: ['--exec-opt'], risk: 'later-start-fails' },
  { key: 'exec-root', kind: 'path', default: '/var/run/docker', risk: 'loses' },
  { key: 'experimental', kind: 'boolean', default: false },
  {
    key: 'features.buildkit',
    kind: 'boolean',
    default: null,
    flags: ['--feature'],
    flagsSince: '27.3',
    reload: always,
    seenIn: 'event',
  },
  {
    key: 'features.containerd-snapshotter',
    kind: 'boolean',
    default: null,
    flags: ['--feature'],
    flagsSince: '27.3',
    since: '24.0',
    risk: 'hides',
  },
  {
    key: 'features.cdi',
    kind: 'boolean',
    default: null,
    flags: ['--feature'],
    flagsSince: '27.3',
    since: '25.0',
    platform: 'linux',
  },
  {
    key: 'features.windows-dns-proxy',
    kind: 'boolean',
    default: null,
    flags: ['--feature'],
    flagsSince: '27.3',
    since: '26.1',
    platform: 'windows',
  },
  {
    key: 'features.time-namespaces',
    kind: 'boolean',
    default: null,
    flags: ['--feature'],
    flagsSince: '27.3',
    since: '29.5',
    platform: 'linux',
  },
  {
    key: 'features.embedded-containerd',
    kind: 'boolean',
    default: null,
    flags: ['--feature'],
    flagsSince: '27.3',
    since: '29.7',
    platform: 'linux',
    risk: 'loses',
  },
  {
    key: 'features.containerd-migration',
    kind: 'boolean',
    default: null,
    flags: ['--feature'],
    flagsSince: '27.3',
    since: '29.0',
    platform: 'linux',
  },
  {
    key: 'features.swarm-nftables',
    kind: 'boolean',
    default: null,
    flags: ['--feature'],
    flagsSince: '27.3',
    since: '29.6',
    platform: 'linux',
  },
  {
    key: 'firewall-backend',
    kind: 'string',
    default: '',
    since: '29.0',
    platform: 'linux',
    risk: 'unknown',
    choices: ['', 'iptables', 'nftables'],
  },
  { key: 'fixed-cidr', kind: 'string', default: '', risk: 'deferred' },
  { key: 'fixed-cidr-v6', kind: 'string', default: '', platform: 'linux', risk: 'deferred' },
  { key: 'graph', kind: 'path', default: '', flags: ['--graph', '-g'], removed: '23.0', risk: 'hides' },
  { key: 'group', kind: 'string', default: 'docker', flags: ['--group', '-G'], risk: 'locks-out-clients' },
  { key: 'host-gateway-ip', kind: 'string', default: null },
  { key: 'host-gateway-ips', kind: 'string[]', default: [], flags: ['--host-gateway-ip'], since: '28.0' },
  {
    key: 'hosts',
    kind: 'string[]',
    default: ['unix:///var/run/docker.sock'],
    flags: ['--host', '-H'],
    risk: 'locks-out-clients',
  },
  { key: 'icc', kind: 'boolean', default: true, platform: 'linux', risk: 'deferred' },
  { key: 'init', kind: 'boolean', default: false, platform: 'linux' },
  { key: 'init-path', kind: 'path', default: '', platform: 'linux' },
  {
    key: 'insecure-registries',
    kind: 'string[]',
    default: [],
    flags: ['--insecure-registry'],
    reload: always,
    sticks: true,
    seenIn: 'info',
  },
  { key: 'ip', kind: 'string', default: '0.0.0.0', platform: 'linux' },
  { key: 'ip-forward', kind: 'boolean', default: true, platform: 'linux' },
  { key: 'ip-forward-no-drop', kind: 'boolean', default: false, since: '28.0', platform: 'linux' },
  { key: 'ip-masq', kind: 'boolean', default: true, platform: 'linux' },
  {
    key: 'ip6tables',
    kind: 'boolean',
    default: true,
    earlier: { until: '27.0', value: false },
    platform: 'linux',
  },
  { key: 'iptables', kind: 'boolean', default: true, platform: 'linux' },
  { key: 'ipv6', kind: 'boolean', default: false, platform: 'linux', risk: 'deferred' },
  { key: 'labels', kind: 'string[]', default: [], flags: ['--label'], reload: always, sticks: true, seenIn: 'info' },
  {
    key: 'live-restore',
    kind: 'boolean',
    default: false,
    platform: 'linux',
    reload: always,
    sticks: true,
    seenIn: 'info',
  },
  { key: 'log-driver', kind: 'string', default: 'json-file' },
  { key: 'log-format', kind: 'string', default: 'text', since: '25.0', choices: ['text', 'json'] },
  {
    key: 'log-level',
    kind: 'string',
    default: 'info',
    flags: ['--log-level', '-l'],
    choices: ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'panic'],
  },
  { key: 'log-opts', kind: 'string-map', default: {}, flags: ['--log-opt'] },
  { key: 'max-concurrent-downloads', kind: 'integer', default: 3, reload: always, seenIn: 'event' },
  { key: 'max-concurrent-uploads', kind: 'integer', default: 5, reload: always, seenIn: 'event' },
  { key: 'max-download-attempts', kind: 'integer', default: 5, reload: always, seenIn: 'event' },
  { key: 'metrics-addr', kind: 'string', default: '' },
  { key: 'min-api-version', kind: 'string', default: null, flags: [], since: '29.0' },
  { key: 'mtu', kind: 'integer', default: 1500, risk: 'deferred' },
  { key: 'network-control-plane-mtu', kind: 'integer', default: 1500 },
  { key: 'network-diagnostic-port', kind: 'integer', default: 0, reload: always },
  { key: 'no-new-privileges', kind: 'boolean', default: false, platform: 'linux' },
  { key: 'node-generic-resources', kind: 'string[]', default: [], flags: ['--node-generic-resource'] },
  {
    key: 'nri-opts.enable',
    kind: 'boolean',
    default: false,
    flags: ['--nri-opts'],
    since: '29.2',
    platform: 'linux',
    reload: always,
  },
  {
    key: 'nri-opts.plugin-path',
    kind: 'string',
    default: null,
    flags: ['--nri-opts'],
    since: '29.2',
    platform: 'linux',
    reload: always,
  },
  {
    key: 'nri-opts.plugin-config-path',
    kind: 'string',
    default: '/etc/docker/nri/conf.d',
    flags: ['--nri-opts'],
    since: '29.2',
    platform: 'linux',
    reload: always,
  },
  {
    key: 'nri-opts.socket-path',
    kind: 'string',
    default: '',
    flags: ['--nri-opts'],
    since: '29.2',
    platform: 'linux',
    reload: always,
  },
  { key: 'oom-score-adjust', kind: 'integer', default: 0, removed: '25.0', platform: 'linux' },
  { key: 'pidfile', kind: 'path', default: '/var/run/docker.pid', flags: ['--pidfile', '-p'] },
  { key: 'proxies.http-proxy', kind: 'string', default: '', flags: ['--http-proxy'], since: '23.0' },
  { key: 'proxies.https-proxy', kind: 'string', default: '', flags: ['--https-proxy'], since: '23.0' },
  { key: 'proxies.no-proxy', kind: 'string', default: '', flags: ['--no-proxy'], since: '23.0' },
  { key: 'raw-logs', kind: 'boolean', default: false },
  {
    key: 'registry-mirrors',
    kind: 'string[]',
    default: [],
    flags: ['--registry-mirror'],
    reload: always,
    sticks: true,
    seenIn: 'info',
  },
  { key: 'resolv-conf', kind: 'path', default: '', flags: [], settableInFile: false, platform: 'linux' },
  { key: 'restart', kind: 'boolean', default: true, flags: ['--restart', '-r'], settableInFile: false },
  { key: 'rootless', kind: 'boolean', default: false, platform: 'linux', risk: 'start-fails' },
  {
    key: 'runtimes',
    kind: 'object',
    default: {},
    flags: ['--add-runtime'],
    platform: 'linux',
    reload: always,
    sticks: true,
    seenIn: 'info',
    risk: 'later-start-fails',
  },
  { key: 'seccomp-profile', kind: 'string', default: 'builtin', platform: 'linux' },
  { key: 'selinux-enabled', kind: 'boolean', default: false, platform: 'linux' },
  { key: 'shutdown-timeout', kind: 'integer', default: 15, reload: always, sticks: true, seenIn: 'event' },
  {
    key: 'storage-driver',
    kind: 'string',
    default: null,
    flags: ['--storage-driver', '-s'],
    platform: 'linux',
    risk: 'hides',
  },
  { key: 'storage-opts', kind: 'string[]', default: [], flags: ['--storage-opt'], risk: 'start-fails' },
  { key: 'swarm-default-advertise-addr', kind: 'string', default: '' },
  { key: 'swarm-raft-election-tick', kind: 'integer', default: 0, flags: [], settableInFile: false },
  { key: 'swarm-raft-heartbeat-tick', kind: 'integer', default: 0, flags: [], settableInFile: false },
  { key: 'tls', kind: 'boolean', default: null, risk: 'locks-out-clients' },
  { key: 'tlscacert', kind: 'path', default: '~/.docker/ca.pem' },
  { key: 'tlscert', kind: 'path', default: '~/.docker/cert.pem' },
  { key: 'tlskey', kind: 'path', default: '~/.docker/key.pem' },
  { key: 'tlsverify', kind: 'boolean', default: null, risk: 'locks-out-clients' },
  { key: 'userland-proxy', kind: 'boolean', default: true, platform: 'linux' },
  { key: 'userland-proxy-path', kind: 'path', default: null, platform: 'linux' },
  { key: 'userns-remap', kind: 'string', default: '', platform: 'linux', risk: 'hides' },
  { key: 'config-file', kind: 'path', default: '/etc/docker/daemon.json', settableInFile: false },
  { key: 'help', kind: 'boolean', default: false, flags: ['--help', '-h'], settableInFile: false },
  { key: 'version', kind: 'boolean', default: false, flags: ['--version', '-v'], settableInFile: false },
  { key: 'validate', kind: 'boolean', default: false, since: '23.0', settableInFile: false },
] as const satisfies readonly OptionRow[];

/** Every key of the catalogue. */
export type OptionKey = (typeof optionRows)[number]['key'];
