// Asks about many, a few at a time.

/** More questions at once than this only make dockerd slower. */
const atOnce = 4;

/** The answers, in the order of the questions; the daemon may have much to do just then. */
export async function inTurn<T, R>(all: readonly T[], ask: (one: T) => Promise<R>): Promise<readonly R[]> {
  const found: R[] = [];
  for (let from = 0; from < all.length; from += atOnce)
    found.push(...(await Promise.all(all.slice(from, from + atOnce).map(ask))));
  return found;
}
