// Root's own way to a file while somebody swaps what stands there: looks, and where it trusts, replaces; 1,000 times.
//   race-path.mjs PATH   writes { trusted, refused, replaced } when done
import { distrustOf } from '../../../electron/platform/trusted-path.ts';
import { openConfigFile } from '../../../electron/engine/config-file.ts';
import { createFileAttributes } from '../../../electron/platform/file-attributes.ts';

const path = process.argv[2] ?? '';
const rounds = 1_000;
const counts = { trusted: 0, refused: 0, replaced: 0 };
const file = openConfigFile({ path, attributes: createFileAttributes() });
for (let i = 0; i < rounds; i += 1) {
  let trusted = false;
  try {
    trusted = distrustOf(path, { orMissing: true }) === null;
  } catch {
    // Swapped between two system calls: that is a refusal too.
  }
  counts[trusted ? 'trusted' : 'refused'] += 1;
  // A whole replacement takes some ten ms: every tenth is enough to meet all of its steps.
  if (!trusted || i % 10 !== 0) continue;
  const read = await file.read();
  const etag = read.state === 'read' ? read.etag : null;
  const done = await file.replace(Buffer.from(`{"round":${i}}\n`), etag, `race-${i}`).catch(() => null);
  if (done?.ok) counts.replaced += 1;
}
process.stdout.write(`${JSON.stringify(counts)}\n`);
