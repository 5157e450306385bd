// The only addresses that are ever opened in the browser; the page names a key.
import type { Link } from '../contract/ipc.ts';

const addresses: Readonly<Record<Link, `https://${string}`>> = {
  'docs.live-restore': 'https://docs.docker.com/engine/daemon/live-restore/',
  'docs.daemon': 'https://docs.docker.com/reference/cli/dockerd/',
  'docs.install': 'https://docs.docker.com/engine/install/',
  'docs.logging': 'https://docs.docker.com/engine/logging/configure/',
  'docs.proxy': 'https://docs.docker.com/engine/daemon/proxy/',
  'docs.packet-filtering': 'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
  'docs.ipv6': 'https://docs.docker.com/engine/daemon/ipv6/',
  'docs.storage-drivers': 'https://docs.docker.com/engine/storage/drivers/select-storage-driver/',
  'docs.containerd-store': 'https://docs.docker.com/engine/storage/containerd/',
  'docs.runtimes': 'https://docs.docker.com/engine/daemon/alternative-runtimes/',
  'docs.userns-remap': 'https://docs.docker.com/engine/security/userns-remap/',
  'docs.tls': 'https://docs.docker.com/engine/security/protect-access/',
  'docs.seccomp': 'https://docs.docker.com/engine/security/seccomp/',
  'docs.plugins-authorization': 'https://docs.docker.com/engine/extend/plugins_authorization/',
  'docs.build-gc': 'https://docs.docker.com/build/cache/garbage-collection/',
  'docs.mirror': 'https://docs.docker.com/docker-hub/image-library/mirror/',
  'docs.metrics': 'https://docs.docker.com/engine/daemon/prometheus/',
  'docs.cdi': 'https://docs.docker.com/build/building/cdi/',
};

/** Every key, for parsers. */
export const links = Object.keys(addresses) as readonly Link[];

/** The address behind a key. */
export const addressOf = (link: Link): string => addresses[link];
