// The watch on the configuration file: every way in which a file comes, changes and goes is told, and nothing else.
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { watchConfigFile } from '../../electron/engine/config-watch.ts';

let folder: string;
let path: string;
let stops: (() => void)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'afloat-watch-'));
  mkdirSync(join(folder, 'docker'));
  path = join(folder, 'docker', 'daemon.json');
  stops = [];
  return () => {
    for (const stop of stops) stop();
    rmSync(folder, { recursive: true, force: true });
  };
});

/** Counts what is told; `next` resolves with the following one. */
function watched(at: string) {
  let told = 0;
  let waiting: (() => void)[] = [];
  const stop = watchConfigFile(at, () => {
    told += 1;
    const now = waiting;
    waiting = [];
    for (const go of now) go();
  });
  stops.push(stop);
  return {
    stop,
    told: () => told,
    /** Does something and waits until it is told. */
    after: (deed: () => void): Promise<void> =>
      new Promise((resolve) => {
        waiting.push(resolve);
        deed();
      }),
  };
}

const replace = (at: string): void => {
  writeFileSync(`${at}.new`, String(Math.random()));
  renameSync(`${at}.new`, at);
};

test('made, written, replaced, removed and made again', async () => {
  const file = watched(path);
  await file.after(() => writeFileSync(path, '{}'));
  await file.after(() => appendFileSync(path, '\n'));
  await file.after(() => replace(path));
  await file.after(() => replace(path));
  await file.after(() => unlinkSync(path));
  await file.after(() => replace(path));
});

test('many changes at once are told once, others not at all', async () => {
  const file = watched(path);
  writeFileSync(join(dirname(path), 'key.json'), '{}');
  writeFileSync(join(dirname(path), '.daemon.json.afloat-x'), '{}');
  mkdirSync(join(folder, 'other'));
  await file.after(() => {
    for (let i = 0; i < 50; i += 1) replace(path);
  });
  expect(file.told()).toBe(1);
});

test('in a folder that comes later, several levels down', async () => {
  const file = watched(join(folder, 'a', 'b', 'c', 'daemon.json'));
  await file.after(() => mkdirSync(join(folder, 'a')));
  await file.after(() => mkdirSync(join(folder, 'a', 'b')));
  await file.after(() => mkdirSync(join(folder, 'a', 'b', 'c')));
  await file.after(() => replace(join(folder, 'a', 'b', 'c', 'daemon.json')));
  await file.after(() => rmSync(join(folder, 'a'), { recursive: true }));
  await file.after(() => mkdirSync(join(folder, 'a', 'b', 'c'), { recursive: true }));
  await file.after(() => replace(join(folder, 'a', 'b', 'c', 'daemon.json')));
});

test('in a folder that is replaced as a whole', async () => {
  writeFileSync(path, '{}');
  const file = watched(path);
  for (let i = 0; i < 3; i += 1) {
    const next = join(folder, `next${i}`);
    mkdirSync(next);
    writeFileSync(join(next, 'daemon.json'), '{}');
    await file.after(() => {
      renameSync(dirname(path), join(folder, `old${i}`));
      renameSync(next, dirname(path));
    });
    await file.after(() => replace(path));
  }
});

test('behind links: the target, the link itself, and a linked folder', async () => {
  mkdirSync(join(folder, 'one'));
  mkdirSync(join(folder, 'two'));
  writeFileSync(join(folder, 'one', 'x.json'), '{}');
  writeFileSync(join(folder, 'two', 'x.json'), '{}');
  symlinkSync('../one/x.json', path);
  const file = watched(path);
  await file.after(() => replace(join(folder, 'one', 'x.json')));
  await file.after(() => {
    symlinkSync('../two/x.json', `${path}.new`);
    renameSync(`${path}.new`, path);
  });
  await file.after(() => replace(join(folder, 'two', 'x.json')));

  symlinkSync('one', join(folder, 'linked'));
  const inLinked = watched(join(folder, 'linked', 'x.json'));
  await inLinked.after(() => replace(join(folder, 'one', 'x.json')));
  await inLinked.after(() => {
    symlinkSync('two', join(folder, 'linked.new'));
    renameSync(join(folder, 'linked.new'), join(folder, 'linked'));
  });
  await inLinked.after(() => replace(join(folder, 'two', 'x.json')));
});

test('links in a circle and to nothing do not end it', async () => {
  symlinkSync('daemon.json', path);
  symlinkSync('../later/x.json', join(folder, 'docker', 'dangling'));
  const circle = watched(path);
  await circle.after(() => unlinkSync(path));
  const dangling = watched(join(folder, 'docker', 'dangling'));
  await dangling.after(() => mkdirSync(join(folder, 'later')));
  await dangling.after(() => writeFileSync(join(folder, 'later', 'x.json'), '{}'));
});

test('after stopping nothing is told', async () => {
  const stopped = watched(path);
  const other = watched(path);
  replace(path);
  stopped.stop();
  await other.after(() => replace(path));
  await other.after(() => replace(path));
  expect(stopped.told()).toBe(0);
});
