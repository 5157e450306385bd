// PNG as far as screenshots need it: reads what Chromium writes and what this writes, which has a palette.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A picture without alpha: one number 0xRRGGBB for each pixel, line by line. */
export type Picture = { readonly width: number; readonly height: number; readonly colors: Uint32Array };

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
/** Kinds of color (https://www.w3.org/TR/png-3/#11IHDR), with the bytes that a pixel takes in them. */
const bytesPerPixel: Readonly<Record<number, number>> = { 2: 3, 3: 1, 6: 4 };
const withPalette = 3;

/** Reads 8 bits of red, green and blue, perhaps alpha, or a palette; not interlaced. Throws on any other. */
export function readPng(png: Buffer): Picture {
  const { width, height, kind, palette, packed } = partsOf(png);
  const lines = inflateSync(packed);
  const size = bytesPerPixel[kind] ?? 0;
  const stride = width * size;
  const colors = new Uint32Array(width * height);
  let above: Uint8Array = new Uint8Array(stride);
  for (let y = 0; y < height; y += 1) {
    const from = y * (stride + 1) + 1;
    const line = lines.subarray(from, from + stride);
    takeOff(lines[from - 1] ?? 0, line, above, size);
    for (let x = 0; x < width; x += 1) {
      const at = x * size;
      colors[y * width + x] =
        kind === withPalette
          ? (palette[line[at] ?? 0] ?? 0)
          : ((line[at] ?? 0) << 16) | ((line[at + 1] ?? 0) << 8) | (line[at + 2] ?? 0);
    }
    above = line;
  }
  return { width, height, colors };
}

/** Writes a picture of at most 256 colors: `places` has a number into the palette for each pixel. */
export function writePng({ width, height }: Picture, palette: readonly number[], places: Uint8Array): Buffer {
  // Every line begins with its filter: none, which suits a palette.
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) lines.set(places.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, withPalette, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]))),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function partsOf(png: Buffer) {
  const head = png.subarray(16, 29);
  const [depth, kind = 0, , , interlaced] = head.subarray(8);
  if (depth !== 8 || bytesPerPixel[kind] === undefined || interlaced !== 0)
    throw new Error('Not a PNG as Chromium writes it');
  const packed: Buffer[] = [];
  const palette: number[] = [];
  for (let at = signature.length; at < png.length; at += png.readUInt32BE(at) + 12) {
    const from = at + 8;
    const data = png.subarray(from, from + png.readUInt32BE(at));
    const name = png.toString('latin1', at + 4, from);
    if (name === 'IDAT') packed.push(data);
    if (name === 'PLTE') for (let i = 0; i < data.length; i += 3) palette.push(data.readUIntBE(i, 3));
  }
  return { width: head.readUInt32BE(0), height: head.readUInt32BE(4), kind, palette, packed: Buffer.concat(packed) };
}

/** Takes the filter of a line off, in place. */
function takeOff(filter: number, line: Uint8Array, above: Uint8Array, size: number): void {
  if (filter === 0) return;
  for (let x = 0; x < line.length; x += 1) {
    const [left, up, corner] = [line[x - size] ?? 0, above[x] ?? 0, above[x - size] ?? 0];
    line[x] = (line[x] ?? 0) + foretold(filter, left, up, corner);
  }
}

/** What each filter of PNG foretells of a byte (https://www.w3.org/TR/png-3/#9Filter-types). */
function foretold(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const [byLeft, byUp, byCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
