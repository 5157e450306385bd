// The only addresses that are ever opened in the browser; the page names a key.
import type { Link } from '../contract/ipc.ts';

const addresses: Readonly<Record<Link, `https://${string}`>> = {
  'docs.live-restore': 'https://docs.docker.com/engine/daemon/live-restore/',
  'docs.daemon': 'https://docs.docker.com/reference/cli/dockerd/',
  'docs.install': 'https://docs.docker.com/engine/install/',
};

/** Every key, for parsers. */
export const links = Object.keys(addresses) as readonly Link[];

/** The address behind a key. */
export const addressOf = (link: Link): string => addresses[link];
