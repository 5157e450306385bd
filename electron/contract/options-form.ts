// How each option is shown and filled in: its group, the form of its value, its unit, and Docker's page about it.
import type { OptionKey } from './options-data.ts';
import type { PlainForm, ValueForm } from './value-forms.ts';

/** The groups, in the order in which they are shown. */
export const optionGroups = [
  'live-restore',
  'registries',
  'logging',
  'networking',
  'storage',
  'runtimes',
  'security',
  'builder',
  'proxies',
  'limits',
  'api',
] as const;
export type OptionGroup = (typeof optionGroups)[number];

/** Docker's pages about options; the addresses stand in the app alone. */
export type OptionLink =
  | 'docs.daemon'
  | 'docs.live-restore'
  | 'docs.logging'
  | 'docs.proxy'
  | 'docs.packet-filtering'
  | 'docs.ipv6'
  | 'docs.storage-drivers'
  | 'docs.containerd-store'
  | 'docs.runtimes'
  | 'docs.userns-remap'
  | 'docs.tls'
  | 'docs.seccomp'
  | 'docs.plugins-authorization'
  | 'docs.build-gc'
  | 'docs.mirror'
  | 'docs.metrics'
  | 'docs.cdi';

/** How an option is shown. */
export type OptionForm = {
  readonly group: OptionGroup;
  readonly form: ValueForm;
  readonly link: OptionLink;
  /** The place of the option on the Basic page; null: it stands on Advanced only. */
  readonly basic: number | null;
  /** First version in which Docker calls it deprecated; null: none. */
  readonly deprecated: string | null;
  /** An example of a value, the same in every language; empty: none. */
  readonly example: string;
};

type Row = Partial<Omit<OptionForm, 'group' | 'form'>>;
const row = (group: OptionGroup, form: ValueForm, more: Row = {}): OptionForm => ({
  link: 'docs.daemon',
  basic: null,
  deprecated: null,
  example: '',
  ...more,
  group,
  form,
});

const onOff: PlainForm = { kind: 'switch' };
const size: PlainForm = { kind: 'size' };
const text = (of: Extract<ValueForm, { kind: 'text' }>['of'] = 'any'): PlainForm => ({ kind: 'text', of });
const list = (of: Extract<ValueForm, { kind: 'list' }>['of'] = 'any'): PlainForm => ({ kind: 'list', of });
const number = (
  least: number,
  most: number,
  unit: Extract<ValueForm, { kind: 'number' }>['unit'] = null,
): PlainForm => ({ kind: 'number', least, most, unit });
const choice = (...choices: readonly string[]): PlainForm => ({ kind: 'choice', choices });
const most = 2_147_483_647;

/** Every option of the catalogue. */
export const optionForms: Readonly<Record<OptionKey, OptionForm>> = {
  'live-restore': row('live-restore', onOff, { link: 'docs.live-restore' }),
  'shutdown-timeout': row('live-restore', number(-1, 86_400, 'seconds'), { example: '15' }),
  'default-stop-timeout': row('live-restore', number(0, 86_400, 'seconds'), { example: '10' }),
  restart: row('live-restore', onOff, { deprecated: '20.10' }),

  'registry-mirrors': row('registries', list('mirror'), {
    link: 'docs.mirror',
    basic: 0,
    example: 'https://mirror.example.org',
  }),
  'insecure-registries': row('registries', list('registry'), { basic: 1, example: 'registry.lan:5000' }),
  'allow-nondistributable-artifacts': row('registries', list('registry'), {
    deprecated: '28.1',
    example: 'registry.lan:5000',
  }),
  'disable-legacy-registry': row('registries', onOff, { deprecated: '20.10' }),
  'max-concurrent-downloads': row('registries', number(0, most), { basic: 2, example: '3' }),
  'max-concurrent-uploads': row('registries', number(0, most), { basic: 3, example: '5' }),
  'max-download-attempts': row('registries', number(0, most), { example: '5' }),

  'log-driver': row(
    'logging',
    {
      kind: 'choice',
      choices: [
        'json-file',
        'local',
        'journald',
        'syslog',
        'fluentd',
        'gelf',
        'awslogs',
        'gcplogs',
        'splunk',
        'etwlogs',
        'none',
      ],
    },
    { link: 'docs.logging', basic: 4 },
  ),
  'log-opts': row('logging', { kind: 'map' }, { link: 'docs.logging', basic: 5, example: 'max-size=10m' }),
  debug: row('logging', onOff, { basic: 6 }),
  'log-level': row('logging', choice('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'panic')),
  labels: row('api', list('pair'), { example: 'region=eu' }),
  'log-format': row('logging', choice('text', 'json')),
  'raw-logs': row('logging', onOff),

  dns: row('networking', list('ip'), { basic: 7, example: '192.168.1.1' }),
  'dns-search': row('networking', list('domain'), { basic: 8, example: 'example.org' }),
  'dns-opts': row('networking', list(), { example: 'ndots:2' }),
  'default-address-pools': row(
    'networking',
    {
      kind: 'records',
      named: null,
      columns: [
        { name: 'base', form: text('cidr'), example: '172.30.0.0/16', needed: true },
        { name: 'size', form: number(1, 128), example: '24', needed: true },
      ],
    },
    { basic: 9 },
  ),
  mtu: row('networking', number(68, 65_535, 'bytes'), { example: '1500' }),
  bip: row('networking', text('cidr'), { example: '172.17.0.1/16' }),
  bip6: row('networking', text('cidr'), { link: 'docs.ipv6', example: 'fd00::1/64' }),
  bridge: row('networking', text(), { example: 'br0' }),
  'fixed-cidr': row('networking', text('cidr'), { example: '172.17.1.0/24' }),
  'fixed-cidr-v6': row('networking', text('cidr'), { link: 'docs.ipv6', example: 'fd00::/64' }),
  'default-gateway': row('networking', text('ip'), { example: '172.17.0.1' }),
  'default-gateway-v6': row('networking', text('ip'), { link: 'docs.ipv6', example: 'fd00::1' }),
  ip: row('networking', text('ip'), { link: 'docs.packet-filtering', example: '0.0.0.0' }),
  ipv6: row('networking', onOff, { link: 'docs.ipv6' }),
  icc: row('networking', onOff),
  iptables: row('networking', onOff, { link: 'docs.packet-filtering' }),
  ip6tables: row('networking', onOff, { link: 'docs.packet-filtering' }),
  'firewall-backend': row('networking', choice('iptables', 'nftables'), { link: 'docs.packet-filtering' }),
  'ip-forward': row('networking', onOff, { link: 'docs.packet-filtering' }),
  'ip-forward-no-drop': row('networking', onOff, { link: 'docs.packet-filtering' }),
  'ip-masq': row('networking', onOff),
  'allow-direct-routing': row('networking', onOff, { link: 'docs.packet-filtering' }),
  'bridge-accept-fwmark': row('networking', text('fwmark'), { example: '0x1/0x3' }),
  'userland-proxy': row('networking', onOff),
  'userland-proxy-path': row('networking', text('path'), { example: '/usr/bin/docker-proxy' }),
  'host-gateway-ip': row('networking', text('ip'), { deprecated: '28.0', example: '172.17.0.1' }),
  'host-gateway-ips': row('networking', list('ip'), { example: '172.17.0.1' }),
  'default-network-opts': row('networking', { kind: 'maps' }, { example: 'bridge.com.docker.network.driver.mtu=1400' }),
  'network-control-plane-mtu': row('networking', number(500, 65_535, 'bytes'), { example: '1500' }),
  'network-diagnostic-port': row('networking', number(0, 65_535), { example: '0' }),
  'swarm-default-advertise-addr': row('networking', text(), { example: 'eth0' }),
  'cluster-advertise': row('networking', text(), { deprecated: '20.10' }),
  'cluster-store': row('networking', text(), { deprecated: '20.10' }),
  'cluster-store-opts': row('networking', { kind: 'map' }, { deprecated: '20.10' }),
  'swarm-raft-election-tick': row('networking', number(0, most)),
  'swarm-raft-heartbeat-tick': row('networking', number(0, most)),
  'resolv-conf': row('networking', text('path')),

  'data-root': row('storage', text('path'), { example: '/var/lib/docker' }),
  'exec-root': row('storage', text('path'), { example: '/var/run/docker' }),
  'storage-driver': row(
    'storage',
    {
      kind: 'choice',
      choices: ['overlay2', 'fuse-overlayfs', 'btrfs', 'zfs', 'vfs', 'overlay', 'aufs', 'devicemapper'],
    },
    { link: 'docs.storage-drivers' },
  ),
  'storage-opts': row('storage', list('pair'), { link: 'docs.storage-drivers', example: 'overlay2.size=10G' }),
  'features.containerd-snapshotter': row('storage', onOff, { link: 'docs.containerd-store' }),
  'features.containerd-migration': row('storage', onOff, { link: 'docs.containerd-store' }),
  graph: row('storage', text('path'), { deprecated: '20.10' }),
  pidfile: row('storage', text('path'), { example: '/var/run/docker.pid' }),

  'default-runtime': row('runtimes', text(), { link: 'docs.runtimes', example: 'runc' }),
  runtimes: row(
    'runtimes',
    {
      kind: 'records',
      named: { example: 'crun', repeated: null },
      columns: [
        { name: 'path', form: text(), example: '/usr/bin/crun' },
        { name: 'runtimeType', form: text(), example: 'io.containerd.runc.v2' },
        { name: 'runtimeArgs', form: list(), example: '--debug' },
      ],
    },
    { link: 'docs.runtimes' },
  ),
  containerd: row('runtimes', text('path'), { example: '/run/containerd/containerd.sock' }),
  'containerd-namespace': row('runtimes', text(), { example: 'moby' }),
  'containerd-plugin-namespace': row('runtimes', text(), { example: 'plugins.moby' }),
  'cri-containerd': row('runtimes', onOff),
  'features.embedded-containerd': row('runtimes', onOff),
  init: row('runtimes', onOff),
  'init-path': row('runtimes', text('path'), { example: '/usr/bin/docker-init' }),
  'default-init': row('runtimes', text()),
  'exec-opts': row('runtimes', list('pair'), { example: 'native.cgroupdriver=systemd' }),
  'cgroup-parent': row('runtimes', text(), { example: 'docker.slice' }),
  'default-cgroupns-mode': row('runtimes', choice('private', 'host')),
  'default-ipc-mode': row('runtimes', choice('private', 'shareable')),
  'cdi-spec-dirs': row('runtimes', list('path'), { link: 'docs.cdi', example: '/etc/cdi' }),
  'features.cdi': row('runtimes', onOff, { link: 'docs.cdi' }),
  'features.time-namespaces': row('runtimes', onOff),
  'nri-opts.enable': row('runtimes', onOff),
  'nri-opts.plugin-path': row('runtimes', text('path'), { example: '/opt/nri/plugins' }),
  'nri-opts.plugin-config-path': row('runtimes', text('path'), { example: '/etc/docker/nri/conf.d' }),
  'nri-opts.socket-path': row('runtimes', text('path'), { example: '/var/run/nri/nri.sock' }),
  'node-generic-resources': row('runtimes', list('pair'), { example: 'NVIDIA-GPU=UUID1' }),
  experimental: row('runtimes', onOff),

  'userns-remap': row('security', text(), { link: 'docs.userns-remap', example: 'default' }),
  'no-new-privileges': row('security', onOff),
  'seccomp-profile': row('security', text(), { link: 'docs.seccomp', example: 'builtin' }),
  'selinux-enabled': row('security', onOff),
  'authorization-plugins': row('security', list(), { link: 'docs.plugins-authorization', example: 'opa' }),
  rootless: row('security', onOff),
  'deprecated-key-path': row('security', text('path'), { deprecated: '20.10' }),

  'features.buildkit': row('builder', onOff),
  'builder.GC.Enabled': row('builder', onOff, { link: 'docs.build-gc' }),
  'builder.GC.DefaultReservedSpace': row('builder', size, { link: 'docs.build-gc', example: '10GB' }),
  'builder.GC.DefaultMaxUsedSpace': row('builder', size, { link: 'docs.build-gc', example: '100GB' }),
  'builder.GC.DefaultMinFreeSpace': row('builder', size, { link: 'docs.build-gc', example: '20GB' }),
  'builder.GC.DefaultKeepStorage': row('builder', size, {
    link: 'docs.build-gc',
    deprecated: '28.0',
    example: '10GB',
  }),
  'builder.GC.Policy': row(
    'builder',
    {
      kind: 'records',
      named: null,
      columns: [
        { name: 'all', form: onOff, example: '' },
        { name: 'filter', form: list('pair'), example: 'unused-for=48h' },
        { name: 'reservedSpace', form: size, example: '10GB' },
        { name: 'maxUsedSpace', form: size, example: '100GB' },
        { name: 'minFreeSpace', form: size, example: '20GB' },
        { name: 'keepStorage', form: size, example: '10GB' },
      ],
    },
    { link: 'docs.build-gc' },
  ),
  'builder.History': row('builder', {
    kind: 'fields',
    columns: [
      { name: 'maxAge', form: text('duration'), example: '48h' },
      { name: 'maxEntries', form: number(0, most), example: '50' },
    ],
  }),
  'builder.Entitlements.network-host': row('builder', onOff),
  'builder.Entitlements.security-insecure': row('builder', onOff),
  'builder.Entitlements.device': row('builder', onOff),

  'proxies.http-proxy': row('proxies', text('proxy'), {
    link: 'docs.proxy',
    basic: 10,
    example: 'http://proxy.example.org:3128',
  }),
  'proxies.https-proxy': row('proxies', text('proxy'), {
    link: 'docs.proxy',
    basic: 11,
    example: 'http://proxy.example.org:3128',
  }),
  'proxies.no-proxy': row('proxies', text(), { link: 'docs.proxy', basic: 12, example: 'localhost,.example.org' }),

  'default-shm-size': row('limits', size, { example: '64M' }),
  'default-ulimits': row('limits', {
    kind: 'records',
    named: { example: 'nofile', repeated: 'Name' },
    columns: [
      { name: 'Soft', form: number(-1, Number.MAX_SAFE_INTEGER), example: '1024' },
      { name: 'Hard', form: number(-1, Number.MAX_SAFE_INTEGER), example: '4096' },
    ],
  }),
  'cpu-rt-period': row('limits', number(0, Number.MAX_SAFE_INTEGER, 'microseconds'), { example: '1000000' }),
  'cpu-rt-runtime': row('limits', number(-1, Number.MAX_SAFE_INTEGER, 'microseconds'), { example: '950000' }),
  'oom-score-adjust': row('limits', number(-1000, 1000), { deprecated: '24.0', example: '-500' }),

  hosts: row('api', list('endpoint'), { link: 'docs.tls', example: 'unix:///var/run/docker.sock' }),
  group: row('api', text(), { example: 'docker' }),
  tls: row('api', onOff, { link: 'docs.tls' }),
  tlsverify: row('api', onOff, { link: 'docs.tls' }),
  tlscacert: row('api', text('path'), { link: 'docs.tls', example: '/etc/docker/ca.pem' }),
  tlscert: row('api', text('path'), { link: 'docs.tls', example: '/etc/docker/server-cert.pem' }),
  tlskey: row('api', text('path'), { link: 'docs.tls', example: '/etc/docker/server-key.pem' }),
  'api-cors-header': row('api', text(), { deprecated: '26.0', example: '*' }),
  'min-api-version': row('api', text('api-version'), { example: '1.44' }),
  'metrics-addr': row('api', text('address'), { link: 'docs.metrics', example: '127.0.0.1:9323' }),
  'config-file': row('api', text('path')),
  'features.windows-dns-proxy': row('networking', onOff),
  'features.swarm-nftables': row('networking', onOff),
  help: row('api', onOff),
  version: row('api', onOff),
  validate: row('api', onOff),
};
