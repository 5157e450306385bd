// Where the window goes: where it was, unless no display shows that place any more.

/** In device-independent pixels. */
export type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** As kept between two starts. */
export type WindowPlace = Area & { readonly maximized: boolean };

export const minimumSize = { width: 720, height: 560 } as const;
export const usualSize = { width: 980, height: 700 } as const;

/** How much of the top edge has to be on a display, so that the window can be taken and moved. */
const grip = { width: 120, height: 24 } as const;

/** A place read from a file; null where it is none. */
export function placeFrom(value: unknown): WindowPlace | null {
  if (typeof value !== 'object' || value === null) return null;
  const { x, y, width, height, maximized } = value as Record<string, unknown>;
  const isSize = [x, y, width, height].every(
    (number) => Number.isInteger(number) && Math.abs(Number(number)) < 100_000,
  );
  return isSize
    ? { x: Number(x), y: Number(y), width: Number(width), height: Number(height), maximized: maximized === true }
    : null;
}

/** Size and, where it can be seen there, position; without a position the system chooses one. */
export function fittingPlace(
  kept: WindowPlace | null,
  workAreas: readonly Area[],
): { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number } {
  const area = kept === null ? undefined : workAreas.find((one) => canBeTaken(kept, one));
  const room = area ?? workAreas[0] ?? { x: 0, y: 0, ...usualSize };
  const wish = kept ?? usualSize;
  const width = Math.max(minimumSize.width, Math.min(wish.width, room.width));
  const height = Math.max(minimumSize.height, Math.min(wish.height, room.height));
  return kept !== null && area !== undefined ? { width, height, x: kept.x, y: kept.y } : { width, height };
}

function canBeTaken(place: Area, area: Area): boolean {
  const width = Math.max(place.width, minimumSize.width);
  const wide = Math.min(place.x + width, area.x + area.width) - Math.max(place.x, area.x);
  return wide >= grip.width && place.y >= area.y && place.y + grip.height <= area.y + area.height;
}
