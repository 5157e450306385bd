// What the doctor can find about a daemon and its containers: one kind for each check, with its data.

export type DoctorAbout =
  | { readonly check: 'kill-mode'; readonly killMode: string; readonly unit: string }
  | { readonly check: 'never-ended'; readonly unit: string }
  | { readonly check: 'mount-flags'; readonly flags: string; readonly unit: string }
  | { readonly check: 'containerd-bound'; readonly by: 'BindsTo' | 'Requires'; readonly unit: string }
  | { readonly check: 'start-limit'; readonly unit: string; readonly sockets: readonly string[] }
  | { readonly check: 'restart-loop'; readonly unit: string; readonly restarts: number }
  | { readonly check: 'ports-not-restored'; readonly container: string; readonly ports: readonly string[] }
  | { readonly check: 'no-network'; readonly container: string; readonly network: string }
  | {
      readonly check: 'duplicate-address';
      readonly network: string;
      readonly address: string;
      readonly containers: readonly string[];
    }
  | { readonly check: 'standard-networks'; readonly missing: readonly string[] }
  | { readonly check: 'ghost-process'; readonly container: string; readonly pid: number }
  | { readonly check: 'shim-missing'; readonly container: string }
  | { readonly check: 'auto-remove'; readonly containers: readonly string[]; readonly version: string }
  | { readonly check: 'health-checks'; readonly containers: readonly string[]; readonly version: string }
  | { readonly check: 'overlay-networks'; readonly networks: readonly string[] }
  | { readonly check: 'volume-prune'; readonly version: string }
  | { readonly check: 'own-log-target'; readonly container: string; readonly target: string; readonly address: string }
  | { readonly check: 'sysbox-names'; readonly containers: readonly string[] }
  | { readonly check: 'gpu-daemon-reload'; readonly containers: readonly string[] }
  | { readonly check: 'unattended-upgrades'; readonly packageName: string }
  | { readonly check: 'nftables-flush'; readonly path: string }
  | { readonly check: 'network-gone'; readonly container: string; readonly network: string }
  | { readonly check: 'bridge-address'; readonly network: string; readonly subnet: string }
  | { readonly check: 'bridge-detached'; readonly network: string; readonly containers: readonly string[] }
  | { readonly check: 'bridge-settings'; readonly key: string; readonly wanted: string; readonly now: string }
  | { readonly check: 'port-rules'; readonly containers: readonly string[] }
  | { readonly check: 'proxy-left'; readonly pid: number; readonly port: string; readonly target: string }
  | { readonly check: 'start-failed'; readonly container: string; readonly error: string }
  | { readonly check: 'volume-unmounted'; readonly volumes: readonly string[]; readonly version: string }
  | { readonly check: 'restored-networks'; readonly containers: readonly string[]; readonly version: string }
  | { readonly check: 'bind-mount-crash'; readonly containers: readonly string[]; readonly version: string }
  | { readonly check: 'host-gateway'; readonly containers: readonly string[]; readonly version: string };

export type CheckId = DoctorAbout['check'];

/** Every check, for parsers and lists. */
export const checkIds: readonly CheckId[] = Object.keys({
  'kill-mode': true,
  'never-ended': true,
  'mount-flags': true,
  'containerd-bound': true,
  'start-limit': true,
  'restart-loop': true,
  'ports-not-restored': true,
  'no-network': true,
  'duplicate-address': true,
  'standard-networks': true,
  'ghost-process': true,
  'shim-missing': true,
  'auto-remove': true,
  'health-checks': true,
  'overlay-networks': true,
  'volume-prune': true,
  'own-log-target': true,
  'sysbox-names': true,
  'gpu-daemon-reload': true,
  'unattended-upgrades': true,
  'nftables-flush': true,
  'network-gone': true,
  'bridge-address': true,
  'bridge-detached': true,
  'bridge-settings': true,
  'port-rules': true,
  'proxy-left': true,
  'start-failed': true,
  'volume-unmounted': true,
  'restored-networks': true,
  'bind-mount-crash': true,
  'host-gateway': true,
} satisfies Record<CheckId, true>) as readonly CheckId[];
