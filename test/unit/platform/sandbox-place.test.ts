// A practice daemon is only started where nobody else could put something of his own in the place of its files.
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { EnginePrograms } from '../../../electron/platform/find-engine.ts';
import { createSandbox } from '../../../electron/platform/sandbox-daemon.ts';

const programs: EnginePrograms = { dockerd: '/nonexistent', path: [], libraryPath: [], busybox: '/nonexistent' };

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'afs-'));
  return () => rmSync(parent, { recursive: true, force: true });
});

const cases: readonly (readonly [string, () => void])[] = [
  ['that everybody may write to', () => chmodSync(parent, 0o777)],
  ['that a group may write to', () => chmodSync(parent, 0o770)],
  ...(process.getuid?.() === 0
    ? [
        ['of another user', () => chownSync(parent, 54321, 54321)] as const,
        [
          'of another user, although only owners may rename in it',
          () => {
            chownSync(parent, 54321, 54321);
            chmodSync(parent, 0o1777);
          },
        ] as const,
      ]
    : []),
];
test.each(cases)('not in a folder %s', async (_what, make) => {
  make();
  const link = `${parent}-link`;
  symlinkSync(parent, link);
  try {
    for (const place of [parent, link]) {
      const made = await createSandbox({ programs, parent: place });
      expect(!made.ok && made.problem).toMatchObject({
        kind: 'sandbox.failed',
        lines: [expect.stringContaining(parent)],
      });
    }
    expect(readdirSync(parent)).toEqual([]);
  } finally {
    rmSync(link);
  }
});
