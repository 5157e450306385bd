// Reads from a program which libraries the loader will look for, and which version of the C library it wants.

import { readFileSync } from 'node:fs';

/** @typedef {{ needed: readonly string[], glibc: string }} Loads `glibc` as in `2.25` */

const sectionTypes = { dynamic: 6, versionNeeds: 0x6ffffffe };
const tagNeeded = 1n;

/**
 * What an ELF file of 64 bits, little-endian, loads; undefined where it is another kind of file.
 * @param {string} path
 * @returns {Loads | undefined}
 */
export function readElf(path) {
  const bytes = readFileSync(path);
  if (bytes.length < 64 || bytes.readUInt32BE(0) !== 0x7f454c46 || bytes[4] !== 2 || bytes[5] !== 1) return undefined;
  const at = Number(bytes.readBigUInt64LE(40));
  const [size, count] = [bytes.readUInt16LE(58), bytes.readUInt16LE(60)];
  const sections = Array.from({ length: count }, (_, index) => {
    const header = at + index * size;
    return {
      type: bytes.readUInt32LE(header + 4),
      offset: Number(bytes.readBigUInt64LE(header + 24)),
      size: Number(bytes.readBigUInt64LE(header + 32)),
      link: bytes.readUInt32LE(header + 40),
    };
  });
  const dynamic = sections.find(({ type }) => type === sectionTypes.dynamic);
  const strings = sections[dynamic?.link ?? -1];
  if (!dynamic || !strings) return { needed: [], glibc: '0' };
  /** @param {number} offset */
  const text = (offset) => {
    const start = strings.offset + offset;
    return bytes.toString('latin1', start, bytes.indexOf(0, start));
  };
  const needed = [];
  for (let entry = dynamic.offset; entry < dynamic.offset + dynamic.size; entry += 16) {
    if (bytes.readBigInt64LE(entry) === tagNeeded) needed.push(text(Number(bytes.readBigUInt64LE(entry + 8))));
  }
  const needs = sections.find(({ type }) => type === sectionTypes.versionNeeds);
  const versions = needs ? versionNames(bytes, needs.offset).map(text) : [];
  const glibc = versions.flatMap((name) => /^GLIBC_(\d+\.\d+)/.exec(name)?.[1] ?? []);
  return { needed, glibc: newest(glibc) };
}

/** Places of version names in the table of names: one chain of files, each with a chain of versions. @param {Buffer} bytes @param {number} start */
function versionNames(bytes, start) {
  const found = [];
  for (let file = start; ;) {
    for (let version = file + bytes.readUInt32LE(file + 8); ;) {
      found.push(bytes.readUInt32LE(version + 8));
      const next = bytes.readUInt32LE(version + 12);
      if (next === 0) break;
      version += next;
    }
    const next = bytes.readUInt32LE(file + 12);
    if (next === 0) return found;
    file += next;
  }
}

/** @param {readonly string[]} versions */
export const newest = (versions) =>
  versions.reduce((best, one) => (one.localeCompare(best, 'en', { numeric: true }) > 0 ? one : best), '0');
