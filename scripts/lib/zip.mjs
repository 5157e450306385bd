// Reads a zip file entry by entry without holding it in memory: what is needed to unpack a runtime, and no more.

import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { StepError } from './say.mjs';

/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {number} mode Unix permissions
 * @property {number} size unpacked
 * @property {number} packed
 * @property {boolean} deflated
 * @property {number} header offset of its local header
 */

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const headerSignature = 0x04034b50;

/** @param {import('node:fs/promises').FileHandle} file @param {number} at @param {number} length */
async function readAt(file, at, length) {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, at);
  return buffer.subarray(0, bytesRead);
}

/**
 * The table of contents. Zip64 and encryption are refused: no runtime uses them.
 * @param {string} path
 * @returns {Promise<Entry[]>}
 */
export async function listZip(path) {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const tail = await readAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557));
    let end = tail.length - 22;
    while (end >= 0 && tail.readUInt32LE(end) !== endSignature) end -= 1;
    if (end < 0) throw new StepError(`${path} is not a zip file, or is cut short`);
    const count = tail.readUInt16LE(end + 10);
    const table = await readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
    /** @type {Entry[]} */
    const entries = [];
    for (let at = 0, seen = 0; seen < count; seen += 1) {
      if (table.readUInt32LE(at) !== entrySignature) throw new StepError(`${path} has a damaged table of contents`);
      const nameLength = table.readUInt16LE(at + 28);
      const method = table.readUInt16LE(at + 10);
      const name = table.toString('utf8', at + 46, at + 46 + nameLength);
      if (method !== 0 && method !== 8)
        throw new StepError(`${path}: ${name} is packed in a way that is not known here`);
      entries.push({
        name,
        mode: (table.readUInt32LE(at + 38) >>> 16) & 0o777,
        size: table.readUInt32LE(at + 24),
        packed: table.readUInt32LE(at + 20),
        deflated: method === 8,
        header: table.readUInt32LE(at + 42),
      });
      at += 46 + nameLength + table.readUInt16LE(at + 30) + table.readUInt16LE(at + 32);
    }
    return entries;
  } finally {
    await file.close();
  }
}

/**
 * Unpacks the entries that `rename` gives a path for, with their permissions.
 * @param {string} path
 * @param {string} folder
 * @param {(name: string) => string | undefined} rename the path below `folder`, or undefined to leave the entry out
 * @param {(share: number) => void} [tell] how much is done, 0 to 1
 */
export async function unpackZip(path, folder, rename, tell) {
  const chosen = [];
  for (const entry of await listZip(path)) {
    const target = entry.name.endsWith('/') ? undefined : rename(entry.name);
    if (target === undefined) continue;
    if (isAbsolute(target) || normalize(target).startsWith('..'))
      throw new StepError(`${path}: ${entry.name} points outside`);
    chosen.push({ entry, target: join(folder, target) });
  }
  const total = chosen.reduce((sum, { entry }) => sum + entry.size, 0);
  let done = 0;
  const file = await open(path);
  try {
    for (const { entry, target } of chosen) {
      const header = await readAt(file, entry.header, 30);
      if (header.readUInt32LE(0) !== headerSignature) throw new StepError(`${path}: ${entry.name} is damaged`);
      const start = entry.header + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
      await mkdir(dirname(target), { recursive: true });
      const out = createWriteStream(target, { mode: entry.mode || 0o644 });
      if (entry.packed > 0) {
        const packed = createReadStream(path, { start, end: start + entry.packed - 1, highWaterMark: 1 << 20 });
        await (entry.deflated
          ? pipeline(packed, createInflateRaw({ chunkSize: 1 << 18 }), out)
          : pipeline(packed, out));
      } else out.end();
      if (out.bytesWritten !== entry.size) throw new StepError(`${path}: ${entry.name} did not unpack to its size`);
      done += entry.size;
      tell?.(done / total);
    }
  } finally {
    await file.close();
  }
}
