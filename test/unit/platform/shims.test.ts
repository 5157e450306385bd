// Whose shims are believed, and what of them: anybody can start a process that calls itself one.
import { randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Identification } from '../../../electron/engine/ports.ts';
import { leftRunning } from '../../../electron/platform/left-running.ts';
import { runningShims, shimFrom } from '../../../electron/platform/shims.ts';
import { ownedBy } from '../../../electron/platform/usual-places.ts';
import { rootsPlaces } from '../../fakes/circumstances.ts';
import { shimProcess, type ShimProcess } from '../../fakes/shim-process.ts';

/** Of this run alone: every process of the machine is seen. */
const id = randomBytes(32).toString('hex');

const named = 'ab'.repeat(32);
test.each([
  [['containerd-shim-runc-v2', '-namespace', 'moby', '-id', named, '-address', '/run/c.sock'], '/run/c.sock'],
  [['shim', `-id=${named}`, '--namespace=moby', '-address=/run/a=b.sock'], '/run/a=b.sock'],
])('%j', (args, address) => {
  expect(shimFrom(args)).toEqual({ id: named, namespace: 'moby', address });
});

test.each([[['containerd-shim', 'delete']], [['shim', '-id', '../x']], [[]]])('%j holds no container', (args) => {
  expect(shimFrom(args)).toBeNull();
});

const us = process.getuid?.() ?? 0;
/** Nobody on this machine. */
const other = 54321;
const isRoot = us === 0;

let parent: string;
const started: ShimProcess[] = [];
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'afs-'));
  chmodSync(parent, 0o755);
});
afterEach(async () => {
  for (const one of started.splice(0)) await one.end();
  rmSync(parent, { recursive: true, force: true });
});
async function shim(over: Partial<Parameters<typeof shimProcess>[1]> = {}): Promise<ShimProcess> {
  const one = await shimProcess(parent, { id, address: '/run/containerd/containerd.sock', ...over });
  started.push(one);
  return one;
}
const found = (uid: number): readonly (readonly [number, number | undefined])[] =>
  runningShims(uid)
    .filter((one) => one.id === id)
    .map(({ pid, first }) => [pid, first?.pid]);

describe('a process that calls itself a shim', () => {
  test('of this user is one, and its first process is what it wrote down, else its child', async () => {
    const one = await shim();
    expect(found(us)).toEqual([[one.pid, one.child]]);
    writeFileSync(join(one.folder, 'init.pid'), `${one.child}`);
    expect(found(us)).toEqual([[one.pid, one.child]]);
    // It has ended, and what is still there was run beside it.
    writeFileSync(join(one.folder, 'init.pid'), `${one.pid}`);
    expect(found(us)).toEqual([[one.pid, undefined]]);
  });

  test.runIf(isRoot)('of another user is none of this one, nor is this one’s of another', async () => {
    const [ours, theirs] = [await shim(), await shim({ uid: other })];
    expect(found(us)).toEqual([[ours.pid, ours.child]]);
    expect(found(other)).toEqual([[theirs.pid, theirs.child]]);
  });

  test('that another one has started is only on its way to be something else', async () => {
    const one = await shim({ beside: true });
    expect(found(us)).toEqual([[one.pid, one.child]]);
  });

  test('is none where its program is another under a link of that name', async () => {
    await shim({ program: 'sh' });
    expect(found(us)).toEqual([]);
  });

  test.each([
    ['a pipe, which would hold its reader for ever', (path: string) => void execFileSync('mkfifo', [path])],
    ['a link to a device without end', (path: string) => symlinkSync('/dev/zero', path)],
    ['a link to somebody else’s file', (path: string) => symlinkSync('/proc/self/stat', path)],
    ['a file without end', (path: string) => writeFileSync(path, '1'.repeat(1_000_000))],
    ['other words', (path: string) => writeFileSync(path, '1e3')],
  ])('has nothing read from %s', async (_what, lay) => {
    const one = await shim();
    lay(join(one.folder, 'init.pid'));
    expect(found(us)).toEqual([[one.pid, one.child]]);
    const daemon = { ...nobody, uid: us } as unknown as Identification;
    expect(leftRunning(daemon, null, none).map(({ shimPid, container }) => [shimPid, container.pid])).toContainEqual([
      one.pid,
      one.child,
    ]);
  });
});

const none: ReadonlySet<string> = new Set();
/** A daemon that is down, with nothing but its usual places. */
const nobody = { flags: [], dataRoot: null, uid: 0, usual: rootsPlaces };

describe('containers that a daemon left running', () => {
  const left = (daemon: object, known = none): readonly number[] =>
    leftRunning({ ...nobody, ...daemon } as unknown as Identification, null, known)
      .filter(({ container }) => container.id === id)
      .map(({ shimPid }) => shimPid);
  /** Of the user whose tests run, whoever that is. */
  const rootless = () => ({
    ...ownedBy({ uids: [4711], environment: { XDG_RUNTIME_DIR: join(parent, 'run'), HOME: '/home/u' } }),
    uid: us,
  });

  test('of a rootless one are those of its own places; the system’s are not its own', async () => {
    const [own, containerd] = [
      await shim({ address: join(parent, 'run/docker/containerd/containerd.sock') }),
      await shim({ address: join(parent, 'run/containerd/containerd.sock') }),
    ];
    const systems = [await shim({ address: '/var/run/docker/containerd/containerd.sock' }), await shim()];
    expect(new Set(left(rootless()))).toEqual(new Set([own.pid, containerd.pid]));
    expect(new Set(left({ uid: us }))).toEqual(new Set(systems.map(({ pid }) => pid)));
  });

  test('are found wherever they are held, if it told of them or wrote them down', async () => {
    const elsewhere = await shim({ address: '/srv/other/containerd/containerd.sock' });
    expect(left({ uid: us })).toEqual([]);
    expect(left({ uid: us }, new Set([id]))).toEqual([elsewhere.pid]);
    const dataRoot = join(parent, 'data');
    mkdirSync(join(dataRoot, 'containers', id), { recursive: true });
    expect(left({ uid: us, dataRoot })).toEqual([elsewhere.pid]);
  });

  test.runIf(isRoot)('are held by nobody else', async () => {
    const theirs = await shim({ uid: other });
    expect(left({ uid: us })).toEqual([]);
    expect(left({ uid: other })).toEqual([theirs.pid]);
  });
});

test('a daemon of a user has its things in that user’s folders', () => {
  expect(ownedBy({ uids: [0], environment: null })).toEqual({ uid: 0, usual: rootsPlaces });
  expect(ownedBy({ uids: [1000], environment: { HOME: '/home/u' } })).toEqual({
    uid: 1000,
    usual: {
      execRoot: '/run/user/1000/docker',
      dataRoot: '/home/u/.local/share/docker',
      containerd: '/run/user/1000/containerd/containerd.sock',
    },
  });
});
