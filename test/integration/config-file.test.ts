// The configuration file on a real disk: every kind of place where it may stand.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openConfigFile, type ConfigFileOnDisk } from '../../electron/engine/config-file.ts';
import { etagOf } from '../../electron/engine/config-name.ts';
import { createFileAttributes } from '../../electron/platform/file-attributes.ts';
import { bundled } from '../fakes/program.ts';

const asRoot = process.getuid?.() === 0;
const nobody = 65_534;
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'afloat-file-'));
  chmodSync(folder, 0o755);
  path = join(folder, 'daemon.json');
  return () => {
    if (has('chattr')) spawnSync('chattr', ['-R', '-i', '-a', folder]);
    rmSync(folder, { recursive: true, force: true });
  };
});

const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const does = (file: string, ...args: readonly string[]): string => execFileSync(file, args, { encoding: 'utf8' });
const text = (value: string): Uint8Array => Buffer.from(value);
const open = (at = path, step?: (name: string) => Promise<void>): ConfigFileOnDisk =>
  openConfigFile({
    path: at,
    attributes: createFileAttributes({ stores: [join(folder, 'store')] }),
    ...(step ? { step } : {}),
  });
const modeOf = (at: string): string => (statSync(at).mode & 0o7777).toString(8);

/** Whether this file system and our rights allow an inode flag. */
function canFlag(flag: string): boolean {
  const probe = mkdtempSync(join(tmpdir(), 'afloat-flag-'));
  const set = has('chattr') && spawnSync('chattr', [`+${flag}`, probe]).status === 0;
  if (set) spawnSync('chattr', [`-${flag}`, probe]);
  rmSync(probe, { recursive: true });
  return set;
}

/** Does something as an ordinary user. */
async function asNobody<T>(what: () => Promise<T>): Promise<T> {
  process.setgroups?.([nobody]);
  process.setegid?.(nobody);
  process.seteuid?.(nobody);
  try {
    return await what();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
    process.setgroups?.([0]);
  }
}

const blocked = (block: string) => ({ ok: false, block });
const notWritable = (block: string) => ({
  ok: false,
  problem: { kind: 'config.not-writable', path: expect.any(String) as string, block },
});

describe('reading', () => {
  test('bytes, etag and the real path', async () => {
    writeFileSync(path, '{}');
    symlinkSync('daemon.json', join(folder, 'link'));
    const bytes = Buffer.from('{}');
    expect(await open(join(folder, 'link')).read()).toEqual({
      state: 'read',
      bytes,
      etag: etagOf(bytes),
      realPath: path,
    });
    expect(etagOf(bytes)).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  });

  test('no file, no folder', async () => {
    expect(await open().read()).toEqual({ state: 'absent', folderExists: true });
    expect(await open(join(folder, 'a', 'b', 'daemon.json')).read()).toEqual({ state: 'absent', folderExists: false });
  });

  test('what is no file is never waited for', async () => {
    mkdirSync(path);
    does('mkfifo', join(folder, 'pipe'));
    const server = createServer().listen(join(folder, 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    for (const name of ['daemon.json', 'pipe', 'socket']) {
      const file = open(join(folder, name));
      expect(await file.read()).toMatchObject({ problem: { kind: 'config.unreadable', cause: 'not-a-file' } });
      expect(await file.writable()).toEqual(blocked('not-a-file'));
      expect(await file.replace(text('{}'), null, 't')).toMatchObject({ ok: false, problem: { cause: 'not-a-file' } });
    }
    server.close();
  });

  test('a file in the place of its folder', async () => {
    writeFileSync(path, '{}');
    const file = open(join(path, 'daemon.json'));
    expect(await file.read()).toMatchObject({ problem: { cause: 'not-a-file' } });
    expect(await file.writable()).toEqual(blocked('not-a-file'));
  });

  test('links to nothing, and in a circle', async () => {
    symlinkSync(join(folder, 'nothing', 'x.json'), path);
    symlinkSync('circle', join(folder, 'circle'));
    symlinkSync('nowhere', join(folder, 'away'));
    for (const at of [path, join(folder, 'circle'), join(folder, 'away', 'daemon.json')]) {
      expect(await open(at).read()).toMatchObject({
        problem: { kind: 'config.unreadable', path: at, cause: 'missing-target' },
      });
      expect(await open(at).writable()).toEqual(blocked('dangling-link'));
      expect((await open(at).replace(text('{}'), null, 't')).ok).toBe(false);
    }
    expect(readlinkSync(path)).toBe(join(folder, 'nothing', 'x.json'));
  });

  test('more than 32 MiB', async () => {
    writeFileSync(path, '');
    truncateSync(path, 32 * 1024 * 1024 + 1);
    expect(await open().read()).toMatchObject({ problem: { cause: 'too-large' } });
  });

  test.runIf(asRoot)('without the right to', async () => {
    writeFileSync(path, '{}', { mode: 0o600 });
    expect(await asNobody(() => open().read())).toMatchObject({ problem: { cause: 'denied' } });
    chmodSync(folder, 0o700);
    expect(await asNobody(() => open().read())).toMatchObject({ problem: { cause: 'denied' } });
    expect(await asNobody(() => open().writable())).toEqual(blocked('denied'));
  });
});

describe('replacing', () => {
  test('a new file is 0644, in a new folder of 0755, whatever the umask', async () => {
    const before = process.umask(0o077);
    const made = join(folder, 'docker');
    const at = join(made, 'daemon.json');
    try {
      expect(await open(at).replace(text('{}\n'), null, 't')).toEqual({
        ok: true,
        value: { etag: etagOf(text('{}\n')), createdFolder: true },
      });
    } finally {
      process.umask(before);
    }
    expect([readFileSync(at, 'utf8'), modeOf(at), modeOf(made)]).toEqual(['{}\n', '644', '755']);
    expect(await open(at).remove(etagOf(text('{}\n')), true)).toEqual({ ok: true, value: null });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a folder with something else in it stays', async () => {
    const at = join(folder, 'docker', 'daemon.json');
    await open(at).replace(text('{}'), null, 't');
    writeFileSync(join(folder, 'docker', 'key.json'), '');
    expect((await open(at).remove(etagOf(text('{}')), true)).ok).toBe(true);
    expect(readdirSync(join(folder, 'docker'))).toEqual(['key.json']);
  });

  test('only over the file that was meant', async () => {
    writeFileSync(path, '{"theirs":1}');
    const changed = { ok: false, problem: { kind: 'config.changed', path } };
    expect(await open().replace(text('{}'), null, 't')).toEqual(changed);
    expect(await open().replace(text('{}'), etagOf(text('other')), 't')).toEqual(changed);
    expect(await open().remove(etagOf(text('other')), false)).toEqual(changed);
    expect(await open(join(folder, 'none')).replace(text('{}'), etagOf(text('x')), 't')).toMatchObject({
      problem: { kind: 'config.changed' },
    });
    expect(readdirSync(folder)).toEqual(['daemon.json']);
    expect(readFileSync(path, 'utf8')).toBe('{"theirs":1}');
  });

  test.each([
    ['changed', () => writeFileSync(path, 'theirs'), 'theirs'],
    ['replaced', () => (writeFileSync(`${path}.new`, 'theirs'), renameSync(`${path}.new`, path)), 'theirs'],
    ['removed', () => rmSync(path), null],
  ])('%s by somebody else while the new one was written: theirs stays', async (_, meddle, left) => {
    writeFileSync(path, '{}');
    const file = open(path, async (name) => void (name === 'compare-again' && meddle()));
    expect(await file.replace(text('ours'), etagOf(text('{}')), 't')).toEqual({
      ok: false,
      problem: { kind: 'config.changed', path },
    });
    expect(existsSync(path) ? readFileSync(path, 'utf8') : null).toBe(left);
    expect(readdirSync(folder).filter((name) => name.includes('afloat'))).toEqual([]);
  });

  test('made by somebody else meanwhile, in a folder that we made: theirs stays', async () => {
    const at = join(folder, 'docker', 'daemon.json');
    const file = open(at, async (name) => void (name === 'compare-again' && writeFileSync(at, 'theirs')));
    expect(await file.replace(text('ours'), null, 't')).toMatchObject({
      ok: false,
      problem: { kind: 'config.changed' },
    });
    expect(readFileSync(at, 'utf8')).toBe('theirs');
  });

  test('large and empty files', async () => {
    const large = Buffer.alloc(3_000_000, 'x');
    await open().replace(large, null, 't');
    expect(readFileSync(path).equals(large)).toBe(true);
    expect(await open().replace(text(''), etagOf(large), 't')).toMatchObject({
      ok: true,
      value: { createdFolder: false },
    });
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  test('of a link the target is replaced, through any number of links', async () => {
    mkdirSync(join(folder, 'real'));
    const target = join(folder, 'real', 'config.json');
    writeFileSync(target, '{}', { mode: 0o640 });
    symlinkSync('real', join(folder, 'folder'));
    symlinkSync('folder/config.json', join(folder, 'second'));
    symlinkSync('second', path);
    expect((await open().replace(text('new'), etagOf(text('{}')), 't')).ok).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('new');
    expect([readlinkSync(path), lstatSync(target).isFile(), modeOf(target)]).toEqual(['second', true, '640']);
    expect(readdirSync(join(folder, 'real'))).toEqual(['config.json']);
  });

  test('the leftover of a transaction goes, those of others stay', async () => {
    writeFileSync(path, '{}');
    writeFileSync(join(folder, '.daemon.json.afloat-one'), 'x');
    writeFileSync(join(folder, '.daemon.json.afloat-two'), 'x');
    await open().removeLeftover('one');
    await open().removeLeftover('one');
    await open(join(folder, 'none', 'daemon.json')).removeLeftover('one');
    expect(readdirSync(folder)).toEqual(['.daemon.json.afloat-two', 'daemon.json']);
    await expect(open().removeLeftover('../x')).rejects.toThrow();
  });
});

describe('attributes stay', () => {
  test.runIf(asRoot)('owner and mode', async () => {
    writeFileSync(path, '{}');
    chownSync(path, 1234, 5678);
    chmodSync(path, 0o604);
    expect((await open().replace(text('new'), etagOf(text('{}')), 't')).ok).toBe(true);
    const { uid, gid } = statSync(path);
    expect([uid, gid, modeOf(path), readFileSync(path, 'utf8')]).toEqual([1234, 5678, '604', 'new']);
  });

  test('the time is that of the change', async () => {
    writeFileSync(path, '{}');
    does('touch', '-d', '2001-01-01', path);
    await open().replace(text('new'), etagOf(text('{}')), 't');
    expect(Date.now() - statSync(path).mtimeMs).toBeLessThan(60_000);
  });

  test.runIf(has('setfacl'))('access control list', async () => {
    writeFileSync(path, '{}', { mode: 0o600 });
    does('setfacl', '-m', 'u:1234:r,g:5678:rw', path);
    const before = does('getfacl', '-cnp', path);
    expect(before).toContain('user:1234:r--');
    await open().replace(text('new'), etagOf(text('{}')), 't');
    expect(does('getfacl', '-cnp', path)).toBe(before);
  });

  test.runIf(has('setfattr'))('extended attributes', async () => {
    writeFileSync(path, '{}');
    does('setfattr', '-n', 'user.note', '-v', 'kept', path);
    await open().replace(text('new'), etagOf(text('{}')), 't');
    expect(does('getfattr', '--absolute-names', '--only-values', '-n', 'user.note', path)).toBe('kept');
  });

  test.runIf(canFlag('d'))('inode flags, also where the folder hands others down', async () => {
    writeFileSync(path, '{}');
    does('chattr', '+d', path);
    does('chattr', '+A', folder);
    await open().replace(text('new'), etagOf(text('{}')), 't');
    const flags = does('lsattr', '-d', path).split(' ')[0] ?? '';
    expect([flags.includes('d'), flags.includes('A')]).toEqual([true, false]);
  });

  test('a replacement that cannot have them does not happen', async () => {
    writeFileSync(path, '{}');
    const attributes = { ...createFileAttributes(), copy: () => Promise.reject(new Error('no such attribute here')) };
    const file = openConfigFile({ path, attributes });
    expect(await file.replace(text('new'), etagOf(text('{}')), 't')).toEqual(notWritable('attributes-unreadable'));
    expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['{}', ['daemon.json']]);
  });
});

describe('blocks are found before anything starts', () => {
  const refused = async (block: string, at = path): Promise<void> => {
    const before = existsSync(at) ? readFileSync(at) : null;
    expect(await open(at).writable()).toEqual(blocked(block));
    expect(await open(at).replace(text('new'), before && etagOf(before), 't')).toEqual(notWritable(block));
    expect(existsSync(at) ? readFileSync(at) : null).toEqual(before);
    expect(readdirSync(folder).filter((name) => name.includes('afloat'))).toEqual([]);
  };

  test('none: a file, no file, no folder', async () => {
    expect(await open().writable()).toEqual({ ok: true });
    expect(await open(join(folder, 'a', 'b', 'daemon.json')).writable()).toEqual({ ok: true });
    writeFileSync(path, '{}', { mode: 0o400 });
    expect(await open().writable()).toEqual({ ok: true });
  });

  test('hard link', async () => {
    writeFileSync(path, '{}');
    linkSync(path, join(folder, 'other'));
    await refused('hard-linked');
  });

  test('package store', async () => {
    mkdirSync(join(folder, 'store', 'abc'), { recursive: true });
    writeFileSync(join(folder, 'store', 'abc', 'daemon.json'), '{}');
    symlinkSync(join(folder, 'store', 'abc', 'daemon.json'), path);
    await refused('store-managed');
  });

  test.runIf(canFlag('i'))('immutable file, immutable folder', async () => {
    writeFileSync(path, '{}');
    does('chattr', '+i', path);
    await refused('immutable');
    does('chattr', '-i', path);
    does('chattr', '+i', folder);
    await refused('immutable');
    await refused('immutable', join(folder, 'new.json'));
    await refused('immutable', join(folder, 'new', 'daemon.json'));
  });

  test.runIf(canFlag('a'))('append-only file, append-only folder', async () => {
    writeFileSync(path, '{}');
    does('chattr', '+a', path);
    await refused('append-only');
    does('chattr', '-a', path);
    does('chattr', '+a', folder);
    await refused('append-only');
    does('chattr', '-a', folder);
  });
});

describe.runIf(asRoot)('as an ordinary user', () => {
  let program: Awaited<ReturnType<typeof bundled>>;
  beforeAll(async () => {
    program = await bundled('try-file');
    chmodSync(program.folder, 0o755);
  });
  afterAll(() => rmSync(program.folder, { recursive: true, force: true }));

  const tried = (at: string): unknown =>
    JSON.parse(
      execFileSync(process.execPath, [program.path, at], { encoding: 'utf8', cwd: '/', uid: nobody, gid: nobody }),
    );
  const denied = { writable: blocked('denied'), replaced: notWritable('denied') };

  test('the folder has to be theirs, and the file too', () => {
    writeFileSync(path, '{"old":1}');
    expect(tried(path)).toEqual({ ...denied, same: true, left: [] });
    expect(tried(join(folder, 'new.json'))).toMatchObject(denied);
    chownSync(folder, nobody, nobody);
    expect(tried(path)).toEqual({ ...denied, same: true, left: [] });
    chownSync(path, nobody, 0);
    expect(tried(path)).toEqual({ ...denied, same: true, left: [] });
    chownSync(path, nobody, nobody);
    chmodSync(path, 0o440);
    expect(tried(path)).toMatchObject({ writable: { ok: true }, replaced: { ok: true }, left: [] });
    expect([statSync(path).uid, modeOf(path)]).toEqual([nobody, '440']);
  });
});

describe.runIf(asRoot && spawnSync('unshare', ['--mount', 'true']).status === 0)(
  'mounts, in a namespace of their own',
  () => {
    let program: Awaited<ReturnType<typeof bundled>>;
    beforeAll(async () => {
      program = await bundled('try-file');
    });
    afterAll(() => rmSync(program.folder, { recursive: true, force: true }));

    const tried = (mounts: string, at: string, size = '2', sight = 'sees'): unknown =>
      JSON.parse(
        execFileSync(
          'unshare',
          ['--mount', 'sh', '-ec', `${mounts}; exec "$0" "$@"`, process.execPath, program.path, at, size, sight],
          {
            encoding: 'utf8',
            cwd: folder,
          },
        ),
      );

    test('bind-mounted file, also behind a link and with a blank in its name', () => {
      writeFileSync(path, '{"old":1}');
      writeFileSync(join(folder, 'a b.json'), '{"old":1}');
      symlinkSync('a b.json', join(folder, 'link'));
      const result = { writable: blocked('bind-mounted'), replaced: notWritable('bind-mounted'), same: true, left: [] };
      expect(tried('mount --bind daemon.json daemon.json', path)).toEqual(result);
      expect(tried('mount --bind daemon.json "a b.json"', join(folder, 'link'))).toEqual(result);
      expect(tried('mount --bind daemon.json daemon.json; mount -o remount,bind,ro daemon.json', path)).toEqual(result);
    });

    test('where the mount is not seen the rename fails, and nothing is left', () => {
      writeFileSync(path, '{"old":1}');
      expect(tried('mount --bind daemon.json daemon.json', path, '2', 'blind')).toEqual({
        writable: { ok: true },
        replaced: notWritable('bind-mounted'),
        same: true,
        left: [],
      });
    });

    test('read-only file system', () => {
      writeFileSync(path, '{"old":1}');
      const mounts = `mount --bind ${folder} ${folder}; mount -o remount,bind,ro ${folder}`;
      const result = { writable: blocked('read-only-file-system'), replaced: notWritable('read-only-file-system') };
      expect(tried(mounts, path)).toMatchObject({ ...result, same: true, left: [] });
      expect(tried(mounts, join(folder, 'new.json'))).toMatchObject({ ...result, left: [] });
    });

    test('a folder that is a mount of its own is no block', () => {
      expect(tried(`mount -t tmpfs tmpfs ${folder}; echo '{"old":1}' >${path}`, path)).toMatchObject({
        writable: { ok: true },
        replaced: { ok: true },
        left: [],
      });
    });

    test('no space for the bytes, and none for the file', () => {
      const full = { replaced: { ok: false, problem: { kind: 'config.no-space', path } }, same: true, left: [] };
      expect(
        tried(`mount -t tmpfs -o size=64k tmpfs ${folder}; echo '{"old":1}' >${path}`, path, '100000'),
      ).toMatchObject(full);
      expect(tried(`mount -t tmpfs -o nr_inodes=2 tmpfs ${folder}; echo '{"old":1}' >${path}`, path)).toMatchObject(
        full,
      );
    });

    test.runIf(canFlag('i'))('immutable where it is not seen', () => {
      writeFileSync(path, '{"old":1}');
      does('chattr', '+i', path);
      expect(tried('true', path, '2', 'blind')).toMatchObject({
        replaced: notWritable('immutable'),
        same: true,
        left: [],
      });
    });
  },
);
