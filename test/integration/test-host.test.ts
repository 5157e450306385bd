// The test machine itself: several at once, nothing of them on this system, and nothing left, however its owner ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundled } from '../fakes/program.ts';
import { upHost, type TestHost } from '../host/test-host.ts';

const goneLimitMs = 15_000;

/** Tells what there is of a machine on this system. Made while it is up, because it says itself which groups it has. */
function tracesOf({ folder, pid }: Pick<TestHost, 'folder' | 'pid'>): () => readonly string[] {
  const groups = readFileSync(join(folder, 'groups'), 'utf8').trim().split(' ');
  return () => [
    ...[folder, `/proc/${pid}`, ...groups].filter((path) => existsSync(path)),
    ...readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .filter((line) => line.includes(folder)),
  ];
}

/** What a machine would change here if it were not one of its own. */
const outside = () => [
  existsSync('/run/systemd/system'),
  ...['/etc/hostname', '/etc/machine-id', '/etc/group', '/etc/fstab', '/proc/sys/kernel/hostname'].map((path) =>
    existsSync(path) ? readFileSync(path, 'utf8') : null,
  ),
];

test('two machines at once are apart from each other and from this system, and leave nothing', async () => {
  const before = outside();
  const machines = await Promise.all([upHost(), upHost({ init: 'sysv', dockerVersion: '20.10' })]);
  const [one, other] = machines;
  const traces = machines.map(tracesOf);
  try {
    expect(traces.map((look) => look().length > 2)).toEqual([true, true]);
    expect(await one.say('systemctl', 'is-system-running', '--wait')).toBe('running');
    expect(await one.say('docker', 'version', '-f', '{{.Server.Version}}')).toMatch(/^28\.5/);
    expect(await other.say('docker', 'version', '-f', '{{.Server.Version}}')).toMatch(/^20\.10/);
    for (const kind of ['mnt', 'pid', 'net', 'uts', 'ipc', 'cgroup']) {
      const spaces = [one.pid, other.pid, 'self'].map((pid) => readlinkSync(`/proc/${pid}/ns/${kind}`));
      expect(new Set(spaces).size).toBe(3);
    }
    await expect(one.say('sh', '-c', 'echo 1 >/proc/sys/vm/overcommit_memory')).rejects.toThrow(/Read-only/);
    await one.say('sh', '-c', 'rm -rf /tmp/* && echo changed >/etc/machine-id && rm /etc/fstab');
  } finally {
    await Promise.all(machines.map((machine) => machine.down()));
  }
  expect(traces.flatMap((look) => look())).toEqual([]);
  expect(outside()).toEqual(before);
});

test('it goes with its owner, even when that one is killed', async () => {
  const made = await bundled('own-host');
  try {
    const scripts = join(import.meta.dirname, '..', 'host');
    for (const name of readdirSync(scripts).filter((file) => file.endsWith('.sh')))
      copyFileSync(join(scripts, name), join(made.folder, name));
    const owner = spawn(process.execPath, [made.path], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(owner.stdout, 'data')) as [Buffer];
    const machine = JSON.parse(line.toString('utf8')) as { readonly pid: number; readonly folder: string };
    const traces = tracesOf(machine);
    expect(traces().length).toBeGreaterThan(2);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const until = Date.now() + goneLimitMs;
    while (traces().length > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(traces()).toEqual([]);
  } finally {
    rmSync(made.folder, { recursive: true, force: true });
  }
});
