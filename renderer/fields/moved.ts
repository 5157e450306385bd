// Puts things in another order.

/** The list with one entry a place further up. */
export function moved<T>(list: readonly T[], at: number): readonly T[] {
  const [one, before] = [list[at], list[at - 1]];
  if (one === undefined || before === undefined) return list;
  return [...list.slice(0, at - 1), one, before, ...list.slice(at + 1)];
}
