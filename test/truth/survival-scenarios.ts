// What is done to the daemon in the survival matrix, and what it had before: every row of what was measured, and more.
import type { JsonObject } from '../../electron/contract/json.ts';

export type Version = '20.10' | '26.1' | '28.5';
export const versions: readonly Version[] = ['20.10', '26.1', '28.5'];

export type Scenario = {
  readonly id: string;
  /** Its file at first; `LR` for what most have. */
  readonly config: JsonObject;
  readonly flags?: readonly string[];
  /** Written by hand before the verdict, with or without a reload. */
  readonly edits?: readonly { readonly to: JsonObject; readonly reload: boolean }[];
  /**
   * What happens. `restart` and `apply` go by the plan's own effect; `bare-restart` is somebody else's stop and start,
   * who does not reload first; `crash` is SIGKILL, after which the verdict is about the start.
   */
  readonly act: 'restart' | 'bare-restart' | 'apply' | 'reload' | 'stop' | 'stop-start' | 'crash-start';
  /** The new file, of `apply`. */
  readonly to?: JsonObject;
  /** Written while it is down, before the verdict about the start. */
  readonly whileDown?: JsonObject;
  /** Text that the first start after the stop finds, and fails with; put right afterwards. */
  readonly brokenFirst?: string;
  readonly downMs?: number;
  /** Another version starts. */
  readonly upgrade?: Version;
  /** An external containerd runs, whose address the new file names. */
  readonly externalContainerd?: true;
  readonly only?: readonly Version[];
};

const on = { 'live-restore': true };
const off = {};
const newer: readonly Version[] = ['26.1', '28.5'];

/** Written through a plan, live restore on: an option changes between stop and start. */
const change = (id: string, to: JsonObject, more: Partial<Scenario> = {}): Scenario => ({
  id: `change ${id}`,
  config: on,
  act: 'apply',
  to: { ...on, ...to },
  ...more,
});

/** Written by hand and not told to anybody; then a plain restart takes it. */
const pending = (id: string, to: JsonObject, more: Partial<Scenario> = {}): Scenario => ({
  id: `pending ${id}`,
  config: on,
  edits: [{ to: { ...on, ...to }, reload: false }],
  act: 'restart',
  ...more,
});

const upgrades: readonly Scenario[] = [
  ['20.10', '26.1'],
  ['20.10', '28.5'],
  ['26.1', '28.5'],
  ['26.1', '20.10'],
  ['28.5', '26.1'],
  ['28.5', '20.10'],
].flatMap(([from, to]) =>
  (['bare-restart', 'crash-start'] as const).map((act) => ({
    id: `${act === 'crash-start' ? 'crash, then' : 'stop, then'} ${to ?? ''}`,
    config: on,
    act,
    upgrade: to as Version,
    only: [from as Version],
  })),
);

export const scenarios: readonly Scenario[] = [
  { id: 'on, restart', config: on, act: 'restart' },
  { id: 'on, crash and start', config: on, act: 'crash-start' },
  { id: 'on, stop', config: on, act: 'stop' },
  { id: 'on, stop and start', config: on, act: 'stop-start' },
  { id: 'on, reload', config: on, act: 'reload' },
  { id: 'on, down for long', config: on, act: 'restart', downMs: 8_000 },
  { id: 'on, a broken file first', config: on, act: 'bare-restart', brokenFirst: '{ "live-restore": tru' },
  { id: 'on by flag, restart', config: off, flags: ['--live-restore'], act: 'restart' },
  { id: 'on by flag, crash and start', config: off, flags: ['--live-restore'], act: 'crash-start' },
  { id: 'off, restart', config: off, act: 'restart' },
  { id: 'off, crash and start', config: off, act: 'crash-start' },
  { id: 'off, stop', config: off, act: 'stop' },
  { id: 'off, reload', config: off, act: 'reload' },
  { id: 'off, crash, on in the file, start', config: off, act: 'crash-start', whileDown: on },
  { id: 'on, crash, off in the file, start', config: on, act: 'crash-start', whileDown: { 'live-restore': false } },
  { id: 'on, stop, off in the file, start', config: on, act: 'stop-start', whileDown: { 'live-restore': false } },
  { id: 'off, on by hand with reload, restart', config: off, edits: [{ to: on, reload: true }], act: 'restart' },
  { id: 'off, on by hand, restart by us', config: off, edits: [{ to: on, reload: false }], act: 'restart' },
  { id: 'off, on by hand, restart by others', config: off, edits: [{ to: on, reload: false }], act: 'bare-restart' },
  { id: 'off, on by hand, stop', config: off, edits: [{ to: on, reload: false }], act: 'stop' },
  {
    id: 'on, off by hand, restart',
    config: on,
    edits: [{ to: { 'live-restore': false }, reload: false }],
    act: 'restart',
  },
  {
    id: 'on, off by hand with reload, restart',
    config: on,
    edits: [{ to: { 'live-restore': false }, reload: true }],
    act: 'restart',
  },
  { id: 'on, off by hand, stop', config: on, edits: [{ to: { 'live-restore': false }, reload: false }], act: 'stop' },
  { id: 'on, key removed and reloaded, restart', config: on, edits: [{ to: off, reload: true }], act: 'restart' },
  { id: 'on, key removed and reloaded, stop', config: on, edits: [{ to: off, reload: true }], act: 'stop' },
  { id: 'switch on', config: off, act: 'apply', to: on },
  { id: 'switch off', config: on, act: 'apply', to: { 'live-restore': false } },
  { id: 'remove the key', config: on, act: 'apply', to: off },
  { id: 'switch on with mtu', config: off, act: 'apply', to: { ...on, mtu: 1400 } },
  { id: 'off, change mtu', config: off, act: 'apply', to: { mtu: 1400 } },
  { id: 'no userland proxy, restart', config: { ...on, 'userland-proxy': false }, act: 'restart' },
  { id: 'no userland proxy, crash and start', config: { ...on, 'userland-proxy': false }, act: 'crash-start' },
  { id: 'no iptables, restart', config: { ...on, iptables: false }, act: 'restart' },
  { id: 'log driver local, restart', config: { ...on, 'log-driver': 'local' }, act: 'restart' },
  { id: 'external containerd, restart', config: on, externalContainerd: true, act: 'restart' },
  ...upgrades,
  change('bip', { bip: '172.29.0.1/16' }),
  change('fixed-cidr', { 'fixed-cidr': '172.17.8.0/24' }),
  change('bridge none', { bridge: 'none' }),
  change('default-address-pools', { 'default-address-pools': [{ base: '10.90.0.0/16', size: 24 }] }),
  change('mtu', { mtu: 1400 }),
  change('ipv6', { ipv6: true, 'fixed-cidr-v6': 'fd00:90::/64' }),
  change('default-gateway', { 'default-gateway': '172.17.0.9' }),
  change('ip', { ip: '127.0.0.1' }),
  change('icc', { icc: false }),
  change('iptables', { iptables: false }),
  change('ip6tables', { ip6tables: true, experimental: true }),
  change('ip-masq', { 'ip-masq': false }),
  change('ip-forward', { 'ip-forward': false }),
  change('userland-proxy', { 'userland-proxy': false }),
  change('log-driver', { 'log-driver': 'local' }),
  change('log-opts', { 'log-opts': { 'max-size': '5m', 'max-file': '2' } }),
  change('default-runtime', { runtimes: { aa: { path: 'runc' } }, 'default-runtime': 'aa' }),
  change('init', { init: true }),
  change('default-cgroupns-mode', { 'default-cgroupns-mode': 'private' }),
  change('default-ipc-mode', { 'default-ipc-mode': 'shareable' }),
  change('default-ulimits', { 'default-ulimits': { nofile: { Name: 'nofile', Hard: 2048, Soft: 1024 } } }),
  change('default-shm-size', { 'default-shm-size': '32M' }),
  change('dns', { dns: ['9.9.9.9'], 'dns-search': ['example.org'] }),
  change('labels', { labels: ['a=b'] }),
  change('debug', { debug: true }),
  change('log-level', { 'log-level': 'warn' }),
  change('shutdown-timeout', { 'shutdown-timeout': 20 }),
  change('max-concurrent-downloads', { 'max-concurrent-downloads': 5 }),
  change('metrics-addr', { 'metrics-addr': '127.0.0.1:9323', experimental: true }),
  change('host-gateway-ip', { 'host-gateway-ip': '172.17.0.1' }),
  change('network-control-plane-mtu', { 'network-control-plane-mtu': 1300 }),
  change('storage-driver as in use', { 'storage-driver': 'overlay2' }),
  change('no-new-privileges', { 'no-new-privileges': true }),
  change('proxies', { proxies: { 'http-proxy': 'http://127.0.0.1:3128' } }, { only: newer }),
  change('allow-direct-routing', { 'allow-direct-routing': true }, { only: ['28.5'] }),
  change('runtimes, one goes', on, { config: { ...on, runtimes: { aa: { path: 'runc' } } } }),
  change('cgroup driver systemd', { 'exec-opts': ['native.cgroupdriver=systemd'] }),
  change('storage-driver', { 'storage-driver': 'vfs' }),
  change('data-root', { 'data-root': 'FOLDER/data/other' }),
  change('userns-remap', { 'userns-remap': 'default' }),
  change('containerd-snapshotter', { features: { 'containerd-snapshotter': true } }, { only: newer }),
  change('exec-root', { 'exec-root': 'FOLDER/exec2' }),
  change('containerd', { containerd: 'FOLDER/c.sock' }, { externalContainerd: true }),
  change('containerd-namespace', { 'containerd-namespace': 'other' }),
  { id: 'off, change data-root', config: off, act: 'apply', to: { 'data-root': 'FOLDER/data/other' } },
  { id: 'off, change exec-root', config: off, act: 'apply', to: { 'exec-root': 'FOLDER/exec2' } },
  pending('bip', { bip: '172.29.0.1/16' }),
  pending('storage-driver', { 'storage-driver': 'vfs' }),
  pending('data-root', { 'data-root': 'FOLDER/data/other' }),
  pending('userns-remap', { 'userns-remap': 'default' }),
  pending('containerd-snapshotter', { features: { 'containerd-snapshotter': true } }, { only: newer }),
  pending('exec-root', { 'exec-root': 'FOLDER/exec2' }),
  pending('containerd-namespace', { 'containerd-namespace': 'other' }),
  pending('containerd', { containerd: 'FOLDER/c.sock' }, { externalContainerd: true }),
];

/** Those of one version. */
export const scenariosOf = (version: Version): readonly Scenario[] =>
  scenarios.filter(({ only }) => only?.includes(version) ?? true);
