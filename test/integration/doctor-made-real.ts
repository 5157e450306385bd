// How each check of the doctor is proven: the test file that makes its problem real, or why nobody can make it real here.
import type { CheckId } from '@contract/doctor.ts';

/** `in`: the test that makes a daemon ill and hears the check speak, e.g. `doctor` for `doctor.test.ts`. */
export type MadeReal = { readonly in: string } | { readonly notHere: string };

export const madeReal: { readonly [Id in CheckId]: MadeReal } = {
  'kill-mode': { in: 'kill-mode' },
  'never-ended': { in: 'kill-mode' },
  'mount-flags': { in: 'doctor-systemd' },
  'containerd-bound': { in: 'doctor-systemd' },
  'start-limit': { in: 'doctor-systemd' },
  'restart-loop': { in: 'doctor-systemd' },
  'ports-not-restored': { in: 'doctor' },
  'no-network': { in: 'doctor' },
  'duplicate-address': { in: 'doctor-networks' },
  'standard-networks': { in: 'doctor-networks' },
  'ghost-process': { in: 'doctor-processes' },
  'shim-missing': { in: 'doctor-processes' },
  'auto-remove': { in: 'doctor' },
  'health-checks': { in: 'doctor' },
  'overlay-networks': {
    notHere:
      'Outside a swarm an overlay network needs a key-value store beside the daemon (consul, etcd, ZooKeeper), which 20.10 was the last to take; tests bring none. In a swarm a daemon with live restore does not start, which another finding says.',
  },
  'volume-prune': {
    notHere: 'Fixed in 20.10.19; the oldest engine that the tests can get ready is 20.10.24, of the package archive.',
  },
  'own-log-target': { in: 'doctor' },
  'sysbox-names': {
    notHere:
      'Sysbox is a runtime with services of its own, and needs an init and kernel rights that a machine of the tests does not have. A runtime of that name that is runc would show the name, not the problem.',
  },
  'gpu-daemon-reload': { notHere: 'There is no GPU, nor its driver, in a machine of the tests.' },
  'unattended-upgrades': { in: 'doctor-systemd' },
  'nftables-flush': { in: 'doctor-firewall' },
  'network-gone': { in: 'doctor-networks' },
  'bridge-address': { in: 'doctor-networks' },
  'bridge-detached': { in: 'doctor-firewall' },
  'bridge-settings': { in: 'doctor-networks' },
  'port-rules': { in: 'doctor-firewall' },
  'proxy-left': { in: 'doctor-firewall' },
  'start-failed': { in: 'doctor-processes' },
  'volume-unmounted': { in: 'doctor' },
  'restored-networks': {
    notHere: 'In 24.0.0 to 24.0.2 alone; no package archive that the tests use has these engines.',
  },
  'bind-mount-crash': { notHere: 'In 24.0.3 alone; no package archive that the tests use has that engine.' },
  'host-gateway': { notHere: 'From 29.6 on; no package archive that the tests use has that engine.' },
};
