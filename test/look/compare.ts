// Compares a screenshot with its reference, which has 256 colors: what is left of a change of one shade, one pixel, one word.
import { readPng, writePng, type Picture } from '../pictures/png.ts';
import { apart, countsOf, distance, nearest } from '../pictures/small-png.ts';

/** Squared distance of colors that another processor may draw: two steps of 255 in each of red, green and blue. */
const noise = 12;
/** What covers more than this share of a picture is a surface; its color must be right by itself. */
const surface = 1 / 2000;

export type Difference = {
  /** How many pixels differ; all where the sizes do. */
  readonly pixels: number;
  /** The smallest box around them. */
  readonly box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  /** A PNG: the reference in pale gray, and what differs in red. */
  readonly drawn: Buffer;
};

/** Null: they show the same. Both are PNG; throws on what is none. */
export function differenceOf(reference: Buffer, actual: Buffer): Difference | null {
  const [wanted, found] = [readPng(reference), readPng(actual)];
  if (wanted.width !== found.width || wanted.height !== found.height)
    return drawn(wanted, new Uint8Array(wanted.colors.length).fill(1));
  const palette = [...countsOf(wanted.colors).keys()];
  const surfaces = surfacesOf(found);
  /** What the reference would have for a color that it has no place for. */
  const reduced = new Map<number, number>();
  const wrong = new Uint8Array(wanted.colors.length);
  wanted.colors.forEach((color, i) => {
    const shown = found.colors[i] ?? 0;
    if (shown === color) return;
    const far = distance(shown, color);
    if (far <= noise) return;
    if (far > apart || surfaces.has(shown)) return void (wrong[i] = 1);
    const place = reduced.get(shown) ?? palette[nearest(palette, shown)] ?? 0;
    reduced.set(shown, place);
    // As near to the color of the reference as to the best one, but for noise: it was this color when it was reduced.
    if (Math.sqrt(far) - Math.sqrt(distance(shown, place)) > Math.sqrt(noise)) wrong[i] = 1;
  });
  return wrong.includes(1) ? drawn(wanted, wrong) : null;
}

/** Colors of whole surfaces: frequent enough to have a place of their own in every reference. */
function surfacesOf({ colors }: Picture): ReadonlySet<number> {
  return new Set([...countsOf(colors)].filter(([, count]) => count > colors.length * surface).map(([color]) => color));
}

function drawn(picture: Picture, wrong: Uint8Array): Difference {
  const { width, height, colors } = picture;
  const palette = [...Array.from({ length: 255 }, (_, i) => i * 0x010101), 0xd00000];
  const places = new Uint8Array(colors.length);
  const box = { left: width, top: height, right: 0, bottom: 0 };
  let pixels = 0;
  colors.forEach((color, i) => {
    const gray = ((color >> 16) + ((color >> 8) & 255) + (color & 255)) / 3;
    if (wrong[i] === 0) return void (places[i] = 170 + gray / 3.1);
    const [x, y] = [i % width, Math.floor(i / width)];
    pixels += 1;
    places[i] = 255;
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x + 1);
    box.bottom = Math.max(box.bottom, y + 1);
  });
  return { pixels, box, drawn: writePng(picture, palette, places) };
}
