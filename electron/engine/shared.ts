// Keeps one question from being asked twice.

/** The same work, of which only one runs at a time: who wants it meanwhile gets the answer to the one under way. */
export function shared<T>(work: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | null = null;
  return () => (underWay ??= work().finally(() => (underWay = null)));
}
