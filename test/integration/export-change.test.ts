// Exported changes on a machine with a real systemd and dockerd: taken in order and proven, twice the same, or put back.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Patch } from '../../electron/contract/change.ts';
import type { ExportForm } from '../../electron/contract/export-form.ts';
import { exportChange } from '../../electron/engine/exports/export-change.ts';
import { upHost, type TestHost } from '../host/test-host.ts';

const before = '{\n\t"debug":   true,\n\t"labels": ["a=b"]\n}\n';
const file = '/etc/docker/daemon.json';
const names = ['web', 'db'] as const;

let host: TestHost;
beforeAll(async () => {
  const containers = names.map((name) => ({ name, command: ['sleep', '2147483647'] }));
  host = await upHost({ daemonJson: before, containers });
}, 120_000);
afterAll(() => host.down());

const text = (): string => readFileSync(host.path(file), 'utf8');
const pids = () => Promise.all(names.map((name) => host.containerPid(name)));
const info = async () => JSON.parse(await host.api('GET', '/info')) as { LiveRestoreEnabled: boolean };

async function carried(form: ExportForm, patch: Patch, ...args: readonly string[]) {
  const input = exportChange(form, patch, '', '28.5.2');
  const run = await host.exec(['sh', '-s', '--', ...args], { input, timeoutMs: 60_000 });
  return { ...run, told: run.stdout.trim() === '' ? null : (JSON.parse(run.stdout) as object) };
}

const on: Patch = [
  { path: ['live-restore'], set: true },
  { path: ['mtu'], set: 1400 },
];

describe('the exported shell script', () => {
  test('refuses a restart that would stop containers, and touches nothing', async () => {
    const refused = await carried('shell', [{ path: ['mtu'], set: 1400 }]);
    expect(refused).toMatchObject({ code: 1, told: null });
    expect(refused.stderr).toMatch(/mtu need a restart, which would stop 2 containers/);
    expect(text()).toBe(before);
  });

  test('reloads live restore before the restart, keeps every container, and does nothing the second time', async () => {
    const running = await pids();
    expect((await carried('shell', on, '--check')).told).toMatchObject({
      changed: true,
      effect: 'reload-then-restart',
    });
    expect(text()).toBe(before);
    const done = await carried('shell', on);
    expect(done.stderr).toMatch(/^backup: /);
    expect(done).toMatchObject({
      code: 0,
      told: { changed: true, effect: 'reload-then-restart', containers: { before: 2, kept: 2 } },
    });
    expect(text()).toBe('{\n\t"debug":   true,\n\t"labels": ["a=b"],\n\t"live-restore": true,\n\t"mtu": 1400\n}\n');
    expect(await pids()).toEqual(running);
    expect((await info()).LiveRestoreEnabled).toBe(true);
    expect((await carried('shell', on)).told).toMatchObject({ changed: false, effect: 'none' });
  });

  test('puts the old file back where the daemon does not come up, with every container', async () => {
    const running = await pids();
    const good = text();
    // Passes dockerd's own check, and fails at the start (measured on 26.1 and 28.5).
    const failed = await carried('shell', [{ path: ['log-opts', 'nope'], set: '1' }]);
    expect(failed.code).toBe(3);
    expect(failed.stderr).toMatch(/the old file is back/);
    expect(text()).toBe(good);
    expect(await pids()).toEqual(running);
  });

  test('refuses what dockerd refuses, in its words', async () => {
    const good = text();
    const refused = await carried('shell', [{ path: ['live_restore'], set: 'x' }]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/dockerd would refuse the file: .*live_restore/);
    expect(text()).toBe(good);
  });
});

test('the exported shell script is refused to whoever is not root, in a sentence', async () => {
  const input = exportChange('shell', on, '', '28.5.2');
  const run = await host.exec(['setpriv', '--reuid=65534', '--clear-groups', 'sh', '-s'], { input });
  expect(run).toMatchObject({ code: 1, stdout: '', stderr: 'refused, nothing was changed: only root can do this\n' });
});

describe('the exported Ansible tasks', () => {
  test('change once, and are unchanged the second time', async () => {
    const tasks = exportChange('ansible', [{ path: ['labels'], set: ['a=b', 'tag={{.Name}}'] }], '', '28.5.2');
    const play = async (...args: readonly string[]) => {
      const script = [
        'd=$(mktemp -d)',
        'cat >$d/tasks.yml',
        'printf "%s\\n" "- hosts: localhost" "  connection: local" "  gather_facts: false" "  tasks: [{include_tasks: tasks.yml}]" >$d/play.yml',
        'HOME=$d ansible-playbook -i localhost, "$@" $d/play.yml; rc=$?; rm -r $d; exit $rc',
      ].join('\n');
      const run = await host.exec(['sh', '-c', script, 'sh', ...args], { input: tasks, timeoutMs: 120_000 });
      return { code: run.code, changed: /changed=(\d+)/.exec(run.stdout)?.[1], said: run.stdout + run.stderr };
    };
    const running = await pids();
    expect(await play('--check')).toMatchObject({ code: 0, changed: '1' });
    expect(text()).not.toContain('{{.Name}}');
    expect(await play()).toMatchObject({ code: 0, changed: '1' });
    expect(JSON.parse(text())).toMatchObject({ labels: ['a=b', 'tag={{.Name}}'], mtu: 1400 });
    expect(await play()).toMatchObject({ code: 0, changed: '0' });
    expect(await pids()).toEqual(running);
  }, 300_000);
});
