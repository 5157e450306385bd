// A docker-proxy that outlived its daemon holds a port: the container that publishes it does not start.
import { anyVersion, check } from './check.ts';

export const proxyLeft = check({
  id: 'proxy-left',
  source: 'moby#25981, moby#20486; measured on 28.5',
  versions: anyVersion,
  severity: 'warning',
  find: ({ facts, machine: { proxies } }) =>
    facts === null ? [] : proxies.map(({ pid, port, target }) => ({ check: 'proxy-left' as const, pid, port, target })),
});
