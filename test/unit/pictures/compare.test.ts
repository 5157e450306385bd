// The comparison sees one wrong pixel and one wrong shade of a surface, and nothing in what only lost colors by getting small.
import { expect, test } from 'vitest';
import { differenceOf } from '../../look/compare.ts';
import { readPng, writePng } from '../../pictures/png.ts';
import { smallPng } from '../../pictures/small-png.ts';

const [width, height] = [60, 40];
type Draw = (x: number, y: number) => number;

/** A picture drawn by palettes, which a picture of up to 256 colors can be without loss. */
function png(draw: Draw): Buffer {
  const colors = Uint32Array.from({ length: width * height }, (_, i) => draw(i % width, Math.floor(i / width)));
  const palette = [...new Set(colors)];
  return writePng(
    { width, height, colors },
    palette,
    Uint8Array.from(colors, (color) => palette.indexOf(color)),
  );
}

const page: Draw = (x, y) => (y < 20 ? 0xf5f5f7 : x < 30 ? 0xffffff : 0x1b1c1f);

test('a picture is like itself, also when it was made small', () => {
  const shades = png((x, y) => (x + y) * 0x010101 + (y % 3));
  expect(differenceOf(shades, shades)).toBeNull();
  expect(differenceOf(smallPng(shades), shades)).toBeNull();
});

test('one pixel is enough, and it is told where', () => {
  const changed = png((x, y) => (x === 7 && y === 30 ? 0x0a5fd1 : page(x, y)));
  expect(differenceOf(png(page), changed)).toMatchObject({
    pixels: 1,
    box: { left: 7, top: 30, right: 8, bottom: 31 },
  });
});

test('a strange color is seen where no color of the reference is nearer than the right one', () => {
  const changed = png((x, y) => (x === 40 && y === 30 ? 0x3b1c1f : page(x, y)));
  expect(differenceOf(png(page), changed)?.pixels).toBe(1);
});

test('a surface of another shade is seen, though its nearest color is the old one', () => {
  const changed = png((x, y) => (page(x, y) === 0xf5f5f7 ? 0xf2f2f5 : page(x, y)));
  expect(differenceOf(png(page), changed)?.pixels).toBe(width * 20);
});

test('a surface of another shade is seen also where the reference has that shade elsewhere', () => {
  const beside: Draw = (x, y) => (x === 0 && y === 39 ? 0xf1f2f5 : page(x, y));
  const changed = png((x, y) => (beside(x, y) === 0xf5f5f7 ? 0xf2f2f5 : beside(x, y)));
  expect(differenceOf(png(beside), changed)?.pixels).toBe(width * 20);
});

test('what another processor rounds otherwise is no difference', () => {
  expect(
    differenceOf(
      png(page),
      png((x, y) => page(x, y) ^ 0x010001),
    ),
  ).toBeNull();
});

test('another size differs as a whole', () => {
  const { colors } = readPng(png(page));
  const half = writePng(
    { width, height: height / 2, colors: colors.subarray(0, (width * height) / 2) },
    [0],
    new Uint8Array((width * height) / 2),
  );
  expect(differenceOf(png(page), half)?.pixels).toBe(width * height);
});

test('the difference is drawn in red on gray', () => {
  const changed = png((x, y) => (x === 7 && y === 30 ? 0x0a5fd1 : page(x, y)));
  const { colors } = readPng(differenceOf(png(page), changed)?.drawn ?? Buffer.alloc(0));
  expect(colors[30 * width + 7]).toBe(0xd00000);
  expect([...colors].filter((color) => color === 0xd00000)).toHaveLength(1);
});
