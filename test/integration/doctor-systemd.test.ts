// The doctor on a machine with a real systemd: units that are bad for containers or that systemd has given up, a daemon
// that ends again and again, and a system that upgrades it.
import { afterAll, afterEach, expect, test } from 'vitest';
import type { EngineView } from '@contract/snapshot.ts';
import { forgetEngineProgram, openEngineInside, type EngineInside } from '../host/engine-inside.ts';
import { upHost, type HostOptions, type TestHost } from '../host/test-host.ts';

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end();
});
afterAll(forgetEngineProgram);

const db = { name: 'db', command: ['sleep', '2147483647'] };

async function hostWith(dropIn: readonly string[], options: HostOptions = {}): Promise<TestHost> {
  const host = await upHost({ containers: [db], ...options });
  ending.push(() => host.down());
  if (dropIn.length > 0) await drop(host, dropIn);
  return host;
}

async function drop(host: TestHost, lines: readonly string[]): Promise<void> {
  await write(host, '/etc/systemd/system/docker.service.d/test.conf', lines);
  await host.say('systemctl', 'daemon-reload');
}

const write = (host: TestHost, path: string, lines: readonly string[]): Promise<string> =>
  host.say('sh', '-c', 'mkdir -p "${0%/*}" && printf "%s\\n" "$@" >"$0"', path, ...lines);

const state = (host: TestHost, unit: string): Promise<string> =>
  host.say('systemctl', 'show', unit, '--value', '--property', 'ActiveState');

async function engineOn(host: TestHost): Promise<EngineInside> {
  const engine = await openEngineInside(host);
  ending.push(() => engine.close());
  return engine;
}

const checksIn = (view: EngineView): readonly string[] =>
  view.findings.flatMap(({ about }) => (about.kind === 'doctor' ? [about.check] : []));

test('a unit as it is packaged gets silence; one with mounts of its own and bound to containerd does not', async () => {
  const host = await hostWith([]);
  const healthy = await engineOn(host);
  await healthy.refresh();
  expect(checksIn(healthy.get())).toEqual([]);
  await drop(host, ['[Unit]', 'BindsTo=containerd.service', '[Service]', 'MountFlags=slave']);
  await healthy.refresh();
  await healthy.until((view) => checksIn(view).join() === 'mount-flags,containerd-bound');

  // In mounts of its own, the roots that it makes for containers are seen by nobody else.
  await host.say('systemctl', 'restart', 'docker.service');
  const started = await host.exec(['docker', 'run', '--detach', 'afloat/sandbox:1', 'sleep', '9']);
  expect(started.stderr).toContain('executable file not found');
  const removed = await host.exec(['docker', 'rm', '--force', 'db']);
  expect(removed.stderr).toContain('device or resource busy');
  // And with containerd it goes, and stays.
  await host.say('systemctl', 'stop', 'containerd.service');
  await host.say('systemctl', 'start', 'containerd.service');
  expect(await state(host, 'docker.service')).toBe('inactive');
});

test('a unit that systemd has given up is told, with the way out, and Start daemon takes it', async () => {
  const host = await hostWith(['[Service]', 'Restart=no']);
  const engine = await engineOn(host);
  // Good restarts count too: three a minute are all.
  for (let i = 0; i < 5; i += 1) await host.exec(['systemctl', 'restart', 'docker.service']);
  await engine.until((view) => checksIn(view).includes('start-limit'));
  const started = await engine.act('start', ['stops']);
  expect(started.result).toBe('applied');
  await engine.until((view) => view.engine.state === 'running' && checksIn(view).length === 0);
});

test('a daemon that ends by itself again and again, until somebody starts it', async () => {
  const host = await hostWith(['[Unit]', 'StartLimitIntervalSec=0', '[Service]', 'RestartSec=50ms']);
  const engine = await engineOn(host);
  for (let i = 0; i < 3; i += 1) {
    const { pid } = engine.get().target;
    await host.say('kill', '-KILL', String(pid));
    await engine.until((view) => view.engine.state === 'running' && view.target.pid !== pid);
  }
  await engine.until((view) => checksIn(view).join() === 'restart-loop');
  await host.say('systemctl', 'restart', 'docker.service');
  await engine.until((view) => view.engine.state === 'running' && checksIn(view).length === 0);
});

/** What an upgrade of the engine does: unpack, and restart the daemon. Nothing else of it is here. */
async function installEngine(host: TestHost, version: string): Promise<void> {
  const lines = ['Package: docker.io', `Version: ${version}`, 'Architecture: all', 'Maintainer: nobody'];
  await write(host, '/tmp/engine/DEBIAN/control', [...lines, 'Description: engine']);
  await write(host, '/tmp/engine/DEBIAN/postinst', ['#!/bin/sh', 'deb-systemd-invoke restart docker.service']);
  await host.say('chmod', '755', '/tmp/engine/DEBIAN/postinst');
  await host.say('dpkg-deb', '--build', '/tmp/engine', '/tmp/engine.deb');
  await host.say('dpkg', '--install', '/tmp/engine.deb');
}

test('a system that upgrades the engine by itself, and live restore is off', async () => {
  const host = await hostWith([], { daemonJson: '{}\n' });
  // Where this system is a container itself, its packages restart nothing.
  await host.say('rm', '-f', '/usr/sbin/policy-rc.d');
  await installEngine(host, '1');
  await host.say('docker', 'start', 'db');
  const engine = await engineOn(host);
  expect(checksIn(engine.get())).toEqual([]);
  // The program that would begin at night; by its settings, which are read as it reads them, it takes Debian's packages.
  await host.say('ln', '-s', '/bin/true', '/usr/bin/unattended-upgrade');
  await write(host, '/etc/apt/apt.conf.d/90test', [
    'APT::Periodic::Unattended-Upgrade "1";',
    'Unattended-Upgrade::Origins-Pattern { "origin=Debian,label=Debian"; };',
  ]);
  await engine.refresh();
  await engine.until((view) => checksIn(view).join() === 'unattended-upgrades');
  await installEngine(host, '2');
  await engine.until((view) => view.engine.state === 'running' && view.fallen?.containers[0]?.name === 'db');
});
