// Makes a screenshot small: the same picture with a palette of 256 of its colors; the rest take the nearest.
import { readPng, writePng } from './png.ts';

const most = 256;
/** Squared distance of two colors from which on they look different; none changes by more when a picture gets small. */
export const apart = 400;

/** Of a PNG as Chromium writes it. Throws on any other. */
export function smallPng(png: Buffer): Buffer {
  const picture = readPng(png);
  const counts = countsOf(picture.colors);
  const palette = paletteOf(counts);
  const places = new Map([...counts.keys()].map((color) => [color, nearest(palette, color)]));
  return writePng(
    picture,
    palette,
    Uint8Array.from(picture.colors, (color) => places.get(color) ?? 0),
  );
}

/** How many pixels have each color. */
export function countsOf(colors: Uint32Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  return counts;
}

/** One of every hue, however rare, and then the most frequent ones. */
function paletteOf(counts: ReadonlyMap<number, number>): readonly number[] {
  const frequent = [...counts].toSorted((a, b) => b[1] - a[1]).map(([color]) => color);
  const hues: number[] = [];
  for (const color of frequent) if (hues.every((one) => distance(one, color) > apart)) hues.push(color);
  return [...new Set([...hues.slice(0, most), ...frequent])].slice(0, most);
}

/** The place in the palette of the color that is nearest to this one. */
export function nearest(palette: readonly number[], color: number): number {
  let [best, least] = [0, Infinity];
  palette.forEach((one, i) => {
    const far = distance(one, color);
    if (far < least) [best, least] = [i, far];
  });
  return best;
}

/** Squared distance of two colors. */
export function distance(one: number, other: number): number {
  const [red, green, blue] = [
    (one >> 16) - (other >> 16),
    ((one >> 8) & 255) - ((other >> 8) & 255),
    (one & 255) - (other & 255),
  ];
  return red * red + green * green + blue * blue;
}
