// What the doctor reads of this computer: units, unattended upgrades, a firewall that flushes everything.
import { describe, expect, test } from 'vitest';
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
