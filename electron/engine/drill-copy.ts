// Makes a configuration fit for a private daemon beside the real one: the same, without what names places of that one.
import type { JsonObject } from '../contract/json.ts';

/** Sockets, folders, certificates and processes that only one daemon can have, or that the private one has its own of. */
const own: ReadonlySet<string> = new Set([
  'hosts',
  'group',
  'data-root',
  'graph',
  'exec-root',
  'pidfile',
  'containerd',
  'containerd-namespace',
  'containerd-plugins-namespace',
  'cgroup-parent',
  'bridge',
  'tls',
  'tlsverify',
  'tlscacert',
  'tlscert',
  'tlskey',
  'metrics-addr',
  'authorization-plugins',
  'storage-driver',
  'storage-opts',
  'runtimes',
  'default-runtime',
  'seccomp-profile',
  'swarm-default-advertise-addr',
]);

export const configForSandbox = (values: JsonObject): string =>
  `${JSON.stringify(Object.fromEntries(Object.entries(values).filter(([key]) => !own.has(key))), null, 2)}\n`;
