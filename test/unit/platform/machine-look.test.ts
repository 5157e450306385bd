// What the doctor reads of this computer: units, unattended upgrades, addresses, proxies, and the firewall.
import { describe, expect, test } from 'vitest';
import { addressesIn, forwardsIn, proxyFrom } from '../../../electron/platform/network-look.ts';
import { flushesAll, unitFrom, upgradesByItself } from '../../../electron/platform/machine-look.ts';

test('a unit as systemctl shows it', () => {
  const shown = `LoadState=loaded\nKillMode=mixed\nMountFlags=slave\nPrivateMounts=no\nBindsTo=containerd.service\nRequires=docker.socket system.slice\nResult=start-limit-hit\nNRestarts=3\nTriggeredBy=docker.socket\n`;
  expect(unitFrom('docker.service', shown)).toEqual({
    name: 'docker.service',
    killMode: 'mixed',
    execStop: false,
    mountFlags: 'slave',
    privateMounts: false,
    bindsTo: ['containerd.service'],
    requires: ['docker.socket', 'system.slice'],
    limited: true,
    restarts: 3,
    sockets: ['docker.socket'],
  });
  expect(unitFrom('docker.service', 'LoadState=not-found\n')).toBeNull();
});

describe('upgrades without anybody', () => {
  const on = 'APT::Periodic::Unattended-Upgrade "1";\n';
  const debian = 'Unattended-Upgrade::Origins-Pattern:: "origin=Debian,codename=${distro_codename},label=Debian";\n';
  const docker = 'Unattended-Upgrade::Origins-Pattern:: "origin=Docker,codename=${distro_codename}";\n';

  test.each([
    ['docker.io', on + debian, true],
    ['docker.io', debian, false],
    ['docker.io', `APT::Periodic::Unattended-Upgrade "0";\n${debian}`, false],
    ['docker.io', `${on}${debian}Unattended-Upgrade::Package-Blacklist:: "docker";\n`, false],
    ['docker-ce', on + debian, false],
    ['docker-ce', on + debian + docker, true],
    ['docker-ce', `${on}${docker}Unattended-Upgrade::Package-Blacklist:: "docker-ce$";\n`, false],
  ])('%s', (engine, dump, expected) => {
    expect(upgradesByItself(dump, engine)).toBe(expected);
  });
});

test('a firewall that flushes all rules, but not in a comment', () => {
  expect(flushesAll('#!/usr/sbin/nft -f\n\nflush ruleset\n')).toBe(true);
  expect(flushesAll('# flush ruleset\ntable inet filter {}\n')).toBe(false);
  expect(flushesAll('flush table inet filter\n')).toBe(false);
});

test('the addresses that are local, out of the kernel’s table of routes', () => {
  const table = `Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 0.0.0.0
        /0 universe UNICAST
     +-- 172.17.0.0/16 2 0 2
        |-- 172.17.0.0
           /16 link UNICAST
        |-- 172.17.0.1
           /32 host LOCAL
        |-- 172.17.255.255
           /32 link BROADCAST
Local:
        |-- 172.17.0.1
           /32 host LOCAL
`;
  expect([...addressesIn(table)]).toEqual(['172.17.0.1']);
});

test('what a docker-proxy was started for', () => {
  const line = '/usr/bin/docker-proxy -proto udp -host-ip :: -host-port 53 -container-ip 172.17.0.2 -container-port 53';
  expect(proxyFrom(line.split(' '))).toEqual({ port: '53/udp', target: '172.17.0.2' });
  expect(proxyFrom(['docker-proxy', '--help'])).toBeNull();
});

test('the ports that rules of 20.10 and 28.5 send to containers', () => {
  const saved = `*nat
:DOCKER - [0:0]
-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
-A DOCKER -i docker0 -j RETURN
-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
-A DOCKER -d 192.0.2.1/32 ! -i br-1 -p udp -m udp --dport 53 -j DNAT --to-destination 172.18.0.2:53
-A OTHER -p tcp -m tcp --dport 9090 -j DNAT --to-destination 172.17.0.3:90
COMMIT
`;
  expect(forwardsIn(saved)).toEqual(['8080/tcp', '53/udp']);
});
