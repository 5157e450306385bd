// A process that replaces the file is killed at every step and at any moment: the file is the old one or the new one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConfigFile } from '../../electron/engine/config-file.ts';
import { etagOf } from '../../electron/engine/config-name.ts';
import { createFileAttributes } from '../../electron/platform/file-attributes.ts';
import { bundled } from '../fakes/program.ts';

const asRoot = process.getuid?.() === 0;
let program: Awaited<ReturnType<typeof bundled>>;
let folder: string;

beforeAll(async () => {
  program = await bundled('replace-file');
  folder = mkdtempSync(join(tmpdir(), 'afloat-faults-'));
});
afterAll(() => {
  for (const one of [program.folder, folder]) rmSync(one, { recursive: true, force: true });
});

type Scene = 'file' | 'link' | 'absent' | 'no-folder';

/** A new place with an old file in it, where the scene has one. */
function set(scene: Scene, name: string, old: Buffer) {
  const home = join(folder, name);
  mkdirSync(home);
  const link = join(home, 'daemon.json');
  const real =
    scene === 'link'
      ? join(home, 'real', 'x.json')
      : scene === 'no-folder'
        ? join(home, 'docker', 'daemon.json')
        : link;
  if (scene === 'link') {
    mkdirSync(dirname(real));
    symlinkSync('real/x.json', link);
  }
  const has = scene === 'file' || scene === 'link';
  if (has) {
    writeFileSync(real, old);
    if (asRoot) chownSync(real, 1234, 5678);
    chmodSync(real, 0o640);
  }
  return { home, path: scene === 'no-folder' ? real : link, real, etag: has ? etagOf(old) : null };
}

type Stage = ReturnType<typeof set>;

/** Runs the replacement; it kills itself at a step, or `meddle` may kill it after any of its words. */
async function run(
  stage: Stage,
  textPath: string,
  id: string,
  at: number | null,
  meddle?: (pid: number, steps: number) => void,
) {
  const args = [program.path, stage.path, textPath, stage.etag ?? '-', id, at === null ? '-' : String(at)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (child.pid !== undefined) meddle?.(child.pid, said.split('\n').length - 1);
  });
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return {
    steps: said
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('{')),
    killed: signal === 'SIGKILL',
    finished: said.includes('"ok":true'),
  };
}

/** Says what the file is now, after the leftovers were removed as recovery does. */
async function settled(stage: Stage, id: string, old: Buffer, fresh: Buffer): Promise<'old' | 'new'> {
  const now = existsSync(stage.real) ? readFileSync(stage.real) : null;
  const isNew = now?.equals(fresh) === true;
  if (!isNew) expect(stage.etag === null ? now === null : now?.equals(old)).toBe(true);
  if (now !== null) {
    const { uid, gid, mode } = statSync(stage.real);
    const kept = stage.etag === null ? '644' : '640';
    expect((mode & 0o7777).toString(8)).toBe(kept);
    if (stage.etag !== null && asRoot) expect([uid, gid]).toEqual([1234, 5678]);
  }
  const file = openConfigFile({ path: stage.path, attributes: createFileAttributes() });
  await file.removeLeftover(id);
  const left = existsSync(dirname(stage.real))
    ? readdirSync(dirname(stage.real)).filter((name) => name !== basename(stage.real) && name !== 'real')
    : [];
  expect(left).toEqual([]);
  // Whatever was left, the next attempt goes through.
  const again = await file.replace(Buffer.from('again'), isNew ? etagOf(fresh) : stage.etag, id);
  expect(again.ok).toBe(true);
  return isNew ? 'new' : 'old';
}

test.each(['file', 'link', 'absent', 'no-folder'] as const)(
  'killed at every step: %s',
  async (scene) => {
    const old = Buffer.from('{"old": true}\n');
    // Three chunks, so that there are steps between the parts of the text.
    const fresh = Buffer.alloc(1_200_000, 'n');
    const textPath = join(folder, `${scene}.text`);
    writeFileSync(textPath, fresh);
    const seen: string[] = [];
    for (let at = 0; ; at += 1) {
      const stage = set(scene, `${scene}-${at}`, old);
      const result = await run(stage, textPath, 'one', at);
      const state = await settled(stage, 'one', old, fresh);
      if (!result.killed) {
        expect([result.finished, state]).toEqual([true, 'new']);
        break;
      }
      const step = result.steps.at(-1) ?? '';
      seen.push(step);
      // Before the rename the old one, after it the new one.
      expect([step, state]).toEqual([step, step === 'sync-folder' || step === 'done' ? 'new' : 'old']);
    }
    const folderSteps = scene === 'no-folder' ? ['make-folder', 'folder-mode', 'sync-parent'] : [];
    expect(seen).toEqual([
      'compare',
      ...folderSteps,
      'create',
      'attributes',
      'write',
      'write',
      'write',
      'sync',
      'close',
      'compare-again',
      'rename',
      'sync-folder',
      'done',
    ]);
  },
  300_000,
);

/** mulberry32: the same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test('killed from outside at any moment, 200 times', async () => {
  const random = seeded(20_260_801);
  const scenes: readonly Scene[] = ['file', 'link', 'absent', 'no-folder'];
  const outcomes = { old: 0, new: 0, killed: 0 };
  const one = async (index: number): Promise<void> => {
    const scene = scenes[Math.floor(random() * scenes.length)] ?? 'file';
    const old = Buffer.alloc(1 + Math.floor(random() * 100_000), 'o');
    const fresh = Buffer.alloc(1 + Math.floor(random() * 4_000_000), 'n');
    const atStep = 1 + Math.floor(random() * 16);
    const later = random() < 0.5 ? 0 : random() * 4;
    const stage = set(scene, `random-${index}`, old);
    const textPath = join(folder, `random-${index}.text`);
    writeFileSync(textPath, fresh);
    let sent = false;
    const result = await run(stage, textPath, `r${index}`, null, (pid, steps) => {
      if (sent || steps < atStep) return;
      sent = true;
      if (later === 0) process.kill(pid, 'SIGKILL');
      // A moment between two steps, inside a system call or a program of the child's.
      else setTimeout(() => kill(pid), later);
    });
    outcomes[await settled(stage, `r${index}`, old, fresh)] += 1;
    if (result.killed) outcomes.killed += 1;
    rmSync(stage.home, { recursive: true });
    rmSync(textPath);
  };
  for (let index = 0; index < 200; index += 2) await Promise.all([one(index), one(index + 1)]);
  expect(outcomes.old + outcomes.new).toBe(200);
  // The test would say nothing if the kills came all too early or all too late.
  expect(outcomes.killed).toBeGreaterThan(100);
  expect(Math.min(outcomes.old, outcomes.new)).toBeGreaterThan(20);
}, 900_000);

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was faster and has ended.
  }
}
