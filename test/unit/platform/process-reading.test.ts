// Reading what the system tells of units, scripts, logs and archives.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createBareProcess } from '../../../electron/platform/bare-process.ts';
import { flagValues, samePlace } from '../../../electron/platform/identify.ts';
import { readLogSince } from '../../../electron/platform/log-file.ts';
import { processView, withoutForks, type ProcessView } from '../../../electron/platform/processes.ts';
import { flagsOfUnit } from '../../../electron/platform/service-flags.ts';
import { supervisorOf } from '../../../electron/platform/supervisor.ts';
import { unitFrom } from '../../../electron/platform/systemd.ts';
import { withoutConfigFile } from '../../../electron/platform/validator.ts';
import { watchFolders } from '../../../electron/platform/watch-for-start.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'afu-'));
  return () => rmSync(folder, { recursive: true, force: true });
});

describe('flags', () => {
  test('are read in both forms, and the last one is last', () => {
    const args = ['-H', 'fd://', '--config-file=/a', '--config-file', '/b', '--host=unix:///c'];
    expect(flagValues(args, ['--config-file'])).toEqual(['/a', '/b']);
    expect(flagValues(args, ['--host', '-H'])).toEqual(['fd://', 'unix:///c']);
  });

  test('go to the validator without the file in either form', () => {
    const flags = ['--debug', '--config-file', '/a', '--config-file=/b', '-H', 'fd://'];
    expect(withoutConfigFile(flags)).toEqual(['--debug', '-H', 'fd://']);
  });
});

test('a helper that dockerd has just forked is no second daemon; a nested or foreign one is', () => {
  const base = processView(process.pid);
  if (base === null) throw new Error('no /proc');
  const daemon = (pid: number, parent: number): ProcessView => ({ ...base, pid, parent, name: 'dockerd' });
  const both = [daemon(190, 1), daemon(300, 200)];
  expect(withoutForks([...both, daemon(879, 190)])).toEqual(both);
});

describe('a unit', () => {
  const text = `LoadState=loaded
ActiveState=active
SubState=running
Job=0
MainPID=4242
KillMode=process
ExecStart={ path=/usr/sbin/dockerd ; argv[]=/usr/sbin/dockerd -H fd:// $DOCKER_OPTS \${MORE} $LATE ; ignore_errors=no ; pid=4242 ; code=(null) ; status=0/0 }
EnvironmentFiles=ENVFILE (ignore_errors=yes)
Environment=LATE=no "MORE=a b"
InvocationID=abc
TriggeredBy=docker.socket
NRestarts=2
FragmentPath=/lib/systemd/system/docker.service
DropInPaths=/etc/systemd/system/docker.service.d/a.conf /run/systemd/system/docker.service.d/b.conf
Listen=/run/docker.sock (Stream)
`;

  test('is read from what systemctl shows', () => {
    expect(unitFrom(text)).toEqual({
      loaded: true,
      active: 'active',
      sub: 'running',
      job: '0',
      mainPid: 4242,
      killMode: 'process',
      execStart: '/usr/sbin/dockerd -H fd:// $DOCKER_OPTS ${MORE} $LATE',
      execStop: false,
      program: '/usr/sbin/dockerd',
      listens: ['/run/docker.sock'],
      environment: 'LATE=no "MORE=a b"',
      environmentFiles: ['ENVFILE'],
      fragment: '/lib/systemd/system/docker.service',
      dropIns: ['/etc/systemd/system/docker.service.d/a.conf', '/run/systemd/system/docker.service.d/b.conf'],
      invocation: 'abc',
      triggeredBy: ['docker.socket'],
      restarts: 2,
    });
  });

  test('gives its flags with the variables of its files in place, which count more than its own', () => {
    const file = join(folder, 'docker');
    writeFileSync(file, '# a comment\nDOCKER_OPTS="--live-restore --label \'a=b c\'"\nexport MORE=--debug\n');
    const flags = flagsOfUnit(unitFrom(text.replace('ENVFILE', file)));
    expect(flags).toEqual(['-H', 'fd://', '--live-restore', '--label', 'a=b c', '--debug', 'no']);
  });
});

describe('a log', () => {
  const at = (time: string, words: string): string => `time="${time}" level=info msg="${words}"`;
  const since = Date.parse('2026-11-24T12:00:00Z');

  test('gives the lines since then, and those without a time that follow', () => {
    const path = join(folder, 'log');
    const lines = [
      at('2026-11-24T11:59:59.5Z', 'old'),
      at('2026-11-24T12:00:00.123456789Z', 'new'),
      'failed to start daemon: no',
    ];
    writeFileSync(path, `${lines.join('\n')}\n`);
    expect(readLogSince(path, since)).toEqual(lines.slice(1));
  });

  test('gives a refusal that stands alone behind older lines', () => {
    const path = join(folder, 'log');
    writeFileSync(path, `${at('2026-11-24T11:00:00Z', 'old')}\nunable to configure the Docker daemon\n`);
    expect(readLogSince(path, since)).toEqual(['unable to configure the Docker daemon']);
  });

  test('is empty where there is none', () => {
    expect(readLogSince(join(folder, 'none'), since)).toEqual([]);
    expect(readLogSince(null, since)).toEqual([]);
  });
});

test('one place has two names where a folder is a link', () => {
  mkdirSync(join(folder, 'run'));
  symlinkSync(join(folder, 'run'), join(folder, 'var-run'));
  expect(samePlace(join(folder, 'run/docker.sock'), join(folder, 'var-run/docker.sock'))).toBe(true);
  expect(samePlace(join(folder, 'run/docker.sock'), join(folder, 'var-run/other.sock'))).toBe(false);
});

test('our own process reads as one, and has no supervisor that would start it again', () => {
  const own = processView(process.pid);
  expect(own).toMatchObject({ pid: process.pid, parent: process.ppid, executable: process.execPath, nested: false });
  expect(own?.uids).toHaveLength(4);
  expect(own && supervisorOf(own)).toBeNull();
  expect(processView(2 ** 22 + 1)).toBeNull();
});

describe('waiting for a start', () => {
  /** Resolves with the number of calls so far, at the next one. */
  function listen(socket: string): { next(): Promise<void>; calls(): number; stop(): void } {
    let calls = 0;
    let heard = (): void => undefined;
    const stop = watchFolders([socket], () => {
      calls += 1;
      heard();
    });
    return { next: () => new Promise((resolve) => (heard = resolve)), calls: () => calls, stop };
  }

  test('hears of a socket, and of nothing else in its folder', async () => {
    const ears = listen(join(folder, 'docker.sock'));
    const heard = ears.next();
    writeFileSync(join(folder, 'other'), '');
    writeFileSync(join(folder, 'docker.socket'), '');
    writeFileSync(join(folder, 'docker.sock'), '');
    await heard;
    const before = ears.calls();
    writeFileSync(join(folder, 'another'), '');
    rmSync(join(folder, 'docker.sock'));
    await ears.next();
    ears.stop();
    expect(before).toBeGreaterThan(0);
  });

  test('hears of a socket in folders that were not there yet', async () => {
    const home = join(folder, 'run', 'user');
    const socket = join(home, 'docker.sock');
    const ears = listen(socket);
    const came = ears.next();
    mkdirSync(join(folder, 'run'));
    await came;
    mkdirSync(home);
    await ears.next();
    writeFileSync(socket, '');
    await ears.next();
    rmSync(home, { recursive: true });
    await ears.next();
    ears.stop();
  });

  test('hears nothing more when stopped', async () => {
    const ears = listen(join(folder, 'docker.sock'));
    const other = listen(join(folder, 'docker.sock'));
    ears.stop();
    const heard = other.next();
    writeFileSync(join(folder, 'docker.sock'), '');
    await heard;
    other.stop();
    expect(ears.calls()).toBe(0);
  });
});

test('a rootless daemon that nobody manages has crashed where its own pid file is left, whatever the system’s does', async () => {
  const own = processView(process.pid);
  if (own === null) throw new Error('no /proc');
  const last: ProcessView = {
    ...own,
    pid: 2 ** 22 + 1,
    uids: [4711, 4711, 4711, 4711],
    arguments: ['dockerd'],
    environment: { XDG_RUNTIME_DIR: folder },
  };
  const socketPath = join(folder, 'docker.sock');
  const manager = createBareProcess({ socketPath, last, stateFolder: join(folder, 'state') });
  expect(await manager.state()).toEqual({ state: 'stopped', pid: null });
  writeFileSync(join(folder, 'docker.pid'), '4194305');
  expect(await manager.state()).toEqual({ state: 'failed', pid: null });
});
