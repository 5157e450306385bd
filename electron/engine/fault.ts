// Tells what the system refuses for the moment from a fault of ours, where work must go on after either.

/** What the system refuses (memory, processes, descriptors, files) is tried again; a fault of ours is thrown beside. */
export function tellUnlessOfSystem(error: unknown): void {
  const isOfSystem = error instanceof Error && 'errno' in error;
  if (isOfSystem) return;
  queueMicrotask(() => {
    throw error;
  });
}
