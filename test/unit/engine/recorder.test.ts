// What is written down of a deed of ours: only what was in the file when the deed ended is ours, and ran.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { etagOf } from '../../../electron/engine/config-name.ts';
import { openHistory } from '../../../electron/engine/history-store.ts';
import { createRecorder } from '../../../electron/engine/recorder.ts';
import { outcome } from '../../fakes/snapshot.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'afloat-recorder-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const proof = { event: null, info: [], pidBefore: 1, pidAfter: 2 };

/** The lines, after an apply that ended so many ms after the file was written last. */
async function linesAfter(endedMs: number): Promise<readonly unknown[]> {
  const path = join(folder, 'daemon.json');
  writeFileSync(path, '{}');
  const read = () => {
    const bytes = readFileSync(path);
    return Promise.resolve({ state: 'read', bytes, etag: etagOf(bytes), realPath: path } as const);
  };
  const recorder = createRecorder({
    stateFolder: folder,
    file: () => ({ path, read }),
    whoRan: () => null,
    whoWrote: () => Promise.resolve({ kind: 'editor', name: 'vi' }),
    failed(error) {
      throw error;
    },
  });
  const finishedAt = Math.floor(statSync(path).ctimeMs) + endedMs;
  await recorder.outcome(outcome({ verb: 'apply', effect: 'restart', file: 'new', proof, finishedAt }));
  return openHistory(folder, path).entries();
}

test('what we wrote is ours, and the daemon runs with it', async () => {
  expect(await linesAfter(0)).toMatchObject([
    { kind: 'file', etag: etagOf(Buffer.from('{}')), by: { kind: 'us' } },
    { kind: 'outcome' },
    { kind: 'ran', etag: etagOf(Buffer.from('{}')), how: 'started' },
  ]);
});

test('what somebody wrote right after is not, and nobody saw the daemon run with it', async () => {
  expect(await linesAfter(-1)).toMatchObject([{ kind: 'file', by: { kind: 'editor' } }, { kind: 'outcome' }]);
});
