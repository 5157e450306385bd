// A computer for checks: two users, one of them with subordinate ids, a network card, a VPN, a bridge, a busy port.
import type { Machine, PathFacts } from '../../electron/engine/machine.ts';

const at = (type: PathFacts['type'], over: Partial<PathFacts> = {}): PathFacts => ({
  type,
  executable: false,
  holds: null,
  ...over,
});

export const machine = (over: Partial<Machine> = {}): Machine => ({
  users: { root: 0, alice: 1000, bob: 1001 },
  groups: { root: 0, docker: 999, alice: 1000, bob: 1001 },
  usersAreAll: true,
  subordinate: { users: ['alice'], groups: ['alice'] },
  interfaces: [
    { name: 'lo', bridge: false, addresses: ['127.0.0.1/8', '::1/128'] },
    { name: 'lan0', bridge: false, addresses: ['192.168.50.10/24'] },
    { name: 'vpn0', bridge: false, addresses: ['10.66.0.2/16'] },
    { name: 'br-own', bridge: true, addresses: ['192.168.77.1/24'] },
  ],
  routes: [{ to: '10.80.0.0/16', through: 'vpn0' }],
  listening: [{ address: '0.0.0.0', port: 7778 }],
  paths: {
    '/srv/missing': at('missing'),
    '/srv/folder': at('folder'),
    '/srv/file': at('file', { holds: 'other' }),
    '/srv/program': at('file', { executable: true, holds: 'other' }),
    '/srv/profile.json': at('file', { holds: 'json' }),
    '/srv/cert.pem': at('file', { holds: 'certificate' }),
    '/srv/key.pem': at('file', { holds: 'key' }),
  },
  plugins: ['loki'],
  systemd: true,
  mostOpenFiles: 1_048_576,
  cgroup: 2,
  filesystems: ['ext4', 'overlay'],
  backing: 'ext4',
  ...over,
});
