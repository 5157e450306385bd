// Makes a screenshot small: the same picture with a palette of 256 of its colors; the rest take the nearest.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const most = 256;
/** Squared distance of two colors from which on they look different. */
const apart = 400;

/** Of a PNG as Chromium writes it: 8 bits of red, green and blue, perhaps alpha, not interlaced. Throws on any other. */
export function smallPng(png: Buffer): Buffer {
  const { width, height, channels, packed } = partsOf(png);
  const colors = colorsOf(inflateSync(packed), width, height, channels);
  const counts = new Map<number, number>();
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  const palette = paletteOf(counts);
  const places = new Map([...counts.keys()].map((color) => [color, nearest(palette, color)]));
  // Every line begins with its filter: none, which suits a palette.
  const lines = Buffer.alloc((width + 1) * height);
  colors.forEach((color, i) => (lines[i + 1 + Math.floor(i / width)] = places.get(color) ?? 0));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flatMap(bytesOf))),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function partsOf(png: Buffer): { width: number; height: number; channels: 3 | 4; packed: Buffer } {
  const head = png.subarray(16, 29);
  const [depth, kind, , , interlaced] = head.subarray(8);
  if (depth !== 8 || (kind !== 2 && kind !== 6) || interlaced !== 0) throw new Error('Not a PNG as Chromium writes it');
  const packed: Buffer[] = [];
  for (let at = signature.length; at < png.length; at += png.readUInt32BE(at) + 12) {
    const from = at + 8;
    if (png.toString('latin1', at + 4, from) === 'IDAT') packed.push(png.subarray(from, from + png.readUInt32BE(at)));
  }
  return {
    width: head.readUInt32BE(0),
    height: head.readUInt32BE(4),
    channels: kind === 2 ? 3 : 4,
    packed: Buffer.concat(packed),
  };
}

/** Takes the filters of the lines off; one number for each pixel, without its alpha. */
function colorsOf(lines: Buffer, width: number, height: number, channels: number): Uint32Array {
  const stride = width * channels;
  const colors = new Uint32Array(width * height);
  let above: Uint8Array = new Uint8Array(stride);
  for (let y = 0; y < height; y += 1) {
    const from = y * (stride + 1) + 1;
    const line = lines.subarray(from, from + stride);
    const filter = lines[from - 1] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const [left, up, corner] = [line[x - channels] ?? 0, above[x] ?? 0, above[x - channels] ?? 0];
      line[x] = (line[x] ?? 0) + foretold(filter, left, up, corner);
    }
    for (let x = 0; x < width; x += 1) colors[y * width + x] = line.readUIntBE(x * channels, 3);
    above = line;
  }
  return colors;
}

/** What each filter of PNG foretells of a byte (https://www.w3.org/TR/png-3/#9Filter-types). */
function foretold(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const [byLeft, byUp, byCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

/** One of every hue, however rare, and then the most frequent ones. */
function paletteOf(counts: ReadonlyMap<number, number>): readonly number[] {
  const frequent = [...counts].toSorted((a, b) => b[1] - a[1]).map(([color]) => color);
  const hues: number[] = [];
  for (const color of frequent) if (hues.every((one) => distance(one, color) > apart)) hues.push(color);
  return [...new Set([...hues.slice(0, most), ...frequent])].slice(0, most);
}

function nearest(palette: readonly number[], color: number): number {
  let [best, least] = [0, Infinity];
  palette.forEach((one, i) => {
    const far = distance(one, color);
    if (far < least) [best, least] = [i, far];
  });
  return best;
}

function distance(one: number, other: number): number {
  const [red, green, blue] = [
    (one >> 16) - (other >> 16),
    ((one >> 8) & 255) - ((other >> 8) & 255),
    (one & 255) - (other & 255),
  ];
  return red * red + green * green + blue * blue;
}

const bytesOf = (color: number): readonly number[] => [color >> 16, (color >> 8) & 255, color & 255];

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
