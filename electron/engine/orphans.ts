// Finds containers that run although the daemon does not manage them: forgotten ones, and second copies.
import type { Orphan } from '../contract/audit.ts';
import type { Container } from '../contract/snapshot.ts';
import { runs } from './audit.ts';
import type { Shim } from './ports.ts';

/** What tells the daemon's own shims from those of others on the same computer. */
export type Belonging = {
  /** Of the containerd that the daemon would use; any of them. */
  readonly addresses: readonly string[];
  readonly namespace: string;
  /** Containers that the daemon had before, by id: theirs are its own wherever they are held. */
  readonly known: ReadonlyMap<string, string>;
};

/**
 * After exec-root, containerd or its namespace changed, the daemon takes living containers for ended and starts those with
 * a restart policy once more; after data-root or the storage driver changed it does not know them (measured on all three).
 */
export function orphansAmong(
  shims: readonly Shim[],
  containers: readonly Container[],
  { addresses, namespace, known }: Belonging,
): readonly Orphan[] {
  const now = new Map(containers.map((container) => [container.id, container]));
  return shims.flatMap((shim): readonly Orphan[] => {
    const { id, pid, startTicks, first } = shim;
    const container = now.get(id);
    const isOurs = container !== undefined || known.has(id) || isHeldByOurs(shim, addresses, namespace);
    if (!isOurs || first === null || container?.pid === first.pid) return [];
    const kind = container === undefined ? 'unknown' : runs(container) ? 'copy' : 'ended';
    // One that is being started or removed is not told of yet.
    if (container?.state === 'created' || container?.state === 'removing') return [];
    const name = container?.name ?? known.get(id) ?? id.slice(0, 12);
    return [{ ...first, container: id, name, shim: { pid, startTicks }, kind }];
  });
}

const isHeldByOurs = (shim: Shim, addresses: readonly string[], namespace: string): boolean =>
  shim.namespace === namespace && addresses.includes(shim.address.replace(/^\/var\/run\//, '/run/'));

/** The same processes in both looks: what was only starting or ending is not in the second. */
export const inBoth = (first: readonly Orphan[], second: readonly Orphan[]): readonly Orphan[] =>
  second.filter((one) => first.some(({ pid, startTicks }) => pid === one.pid && startTicks === one.startTicks));
