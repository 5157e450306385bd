// A small picture is the same picture: every filter of PNG is taken off, and no hue is lost.
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { smallPng } from '../../pictures/small-png.ts';

const chunk = (name: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
};

function png(width: number, lines: readonly (readonly number[])[], kind = 2): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(lines.length, 4);
  head.set([8, kind, 0, 0, 0], 8);
  const start = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const data = deflateSync(Buffer.from(lines.flat()));
  return Buffer.concat([start, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function dataOf(bytes: Buffer, name: string): Buffer {
  const at = bytes.indexOf(name, 0, 'latin1');
  return bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4));
}

/** The colors of a picture with a palette, line by line, as hexadecimal text. */
function colorsOf(bytes: Buffer, width: number): readonly (readonly string[])[] {
  const palette = dataOf(bytes, 'PLTE');
  const lines = inflateSync(dataOf(bytes, 'IDAT'));
  return Array.from({ length: lines.length / (width + 1) }, (_, y) =>
    [...lines.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))].map((i) =>
      palette.subarray(i * 3, i * 3 + 3).toString('hex'),
    ),
  );
}

test('takes off every filter', () => {
  const lines = [
    [0, 10, 20, 30, 40, 50, 60],
    [1, 10, 20, 30, 30, 30, 30],
    [2, 0, 0, 0, 0, 0, 1],
    [3, 5, 10, 15, 15, 15, 15],
    [4, 0, 0, 0, 0, 0, 0],
  ];
  expect(colorsOf(smallPng(png(2, lines)), 2)).toEqual([
    ['0a141e', '28323c'],
    ['0a141e', '28323c'],
    ['0a141e', '28323d'],
    ['0a141e', '28323c'],
    ['0a141e', '28323c'],
  ]);
});

test('keeps a rare hue beside more than 256 frequent colors', () => {
  const width = 1001;
  // 500 greens beside each other, each twice; one single red.
  const pixels = Array.from({ length: width - 1 }, (_, i) => [(i >> 1) % 4, 100 + ((i >> 3) % 125), 0]).flat();
  const [line] = colorsOf(smallPng(png(width, [[0, ...pixels, 200, 0, 0]])), width);
  expect(line?.at(-1)).toBe('c80000');
});

test('refuses what it cannot read instead of drawing something else', () => {
  expect(() => smallPng(png(1, [[0, 1]], 0))).toThrow('Not a PNG');
});
