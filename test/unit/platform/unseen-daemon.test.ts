// What can be told of a daemon whose process, or whose descriptors, may not be looked at.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claims } from '../../../electron/platform/identify.ts';
import { processView, type ProcessView } from '../../../electron/platform/processes.ts';
import { unitFrom } from '../../../electron/platform/systemd.ts';
import { hidesOthers, isUnseen, mayBeUnseen, unseenOf } from '../../../electron/platform/unseen-daemon.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'afh-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['22 28 0:21 / /proc rw,nosuid,nodev - proc proc rw,hidepid=invisible', true],
  ['22 28 0:21 / /proc rw,nosuid,nodev - proc proc rw,gid=4,hidepid=2', true],
  ['22 28 0:21 / /proc rw,nosuid,nodev - proc proc rw,hidepid=off', false],
  ['22 28 0:21 / /proc rw,nosuid,nodev - proc proc rw,hidepid=0', false],
  ['22 28 0:21 / /proc rw,nosuid,nodev - proc proc rw', false],
  ['22 28 0:21 / /mnt/proc rw - proc proc rw,hidepid=2', false],
])('%s', (line, hides) => {
  expect(hidesOthers(`1 1 8:1 / / rw - ext4 /dev/sda1 rw\n${line}\n`)).toBe(hides);
});

test('a process that is seen, and one that is not there, are not hidden', async () => {
  expect(isUnseen(process.pid)).toBe(false);
  expect(isUnseen(2 ** 22 + 1)).toBe(false);
  const view = unitFrom(`LoadState=loaded\nActiveState=active\nMainPID=${process.pid}\n`);
  const asked = { flags: [], socketPath: '/run/docker.sock' };
  expect(await unseenOf({ unit: 'docker.service', user: false }, view, asked)).toEqual({});
});

test('a path at which there is no socket hides nobody', () => {
  expect(mayBeUnseen(join(folder, 'none.sock'))).toBe(false);
});

describe('a daemon whose descriptors may not be looked at', () => {
  const claimed = (text: string | null, words: readonly string[] = [], over: Partial<ProcessView> = {}) => {
    const own = processView(process.pid);
    if (own === null) throw new Error('no /proc');
    const file = join(folder, 'daemon.json');
    if (text !== null) writeFileSync(file, text);
    const view = { ...own, arguments: ['dockerd', '--config-file', file, ...words], ...over };
    return (socket: string) => claims(view, (path) => path === socket);
  };
  const usual = process.getuid?.() === 0 ? '/var/run/docker.sock' : `${process.env['XDG_RUNTIME_DIR']}/docker.sock`;

  test('listens where its file says, and then not at the usual place', () => {
    const at = claimed('{ "hosts": ["unix:///srv/d.sock", "tcp://127.0.0.1:2375", 7] }');
    expect([at('/srv/d.sock'), at(usual)]).toEqual([true, false]);
  });

  test('listens at the usual place where its file names none, or hands it its socket', () => {
    expect(claimed('{ "debug": true }')(usual)).toBe(true);
    expect(claimed('\uFEFF{ "hosts": ["fd://"] }')(usual)).toBe(true);
    expect(claimed('{ "hosts": [')(usual)).toBe(true);
  });

  test('goes by its arguments where they name one: with both it would not have started', () => {
    const at = claimed('{ "hosts": ["unix:///srv/d.sock"] }', ['-H', 'unix:///srv/e.sock']);
    expect([at('/srv/e.sock'), at('/srv/d.sock')]).toEqual([true, false]);
  });

  test('has no file read that another user names, nor one that would hold its reader', () => {
    const own = claimed(null);
    execFileSync('mkfifo', [join(folder, 'daemon.json')]);
    expect(own('/srv/d.sock')).toBe(false);
    rmSync(join(folder, 'daemon.json'));
    const theirs = claimed('{ "hosts": ["unix:///srv/d.sock"] }', [], { uids: [54321, 54321, 54321, 54321] });
    expect(theirs('/srv/d.sock')).toBe(false);
  });
});
