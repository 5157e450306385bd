// Finds containers that run although the daemon does not manage them: forgotten ones, and second copies.
import type { Orphan, ProcessName } from '../contract/audit.ts';
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

/** So old a process is not one that is only being started: eight at once took up to 1.3 s (measured on 28.5, busy). */
const startingMs = 5_000;

/** What was seen once the daemon had answered; all times in ms since 1970. */
export type Answered = {
  readonly at: number;
  readonly shims: readonly Shim[];
  /** The daemon manages what is started under it: what lived before it may be another's. Null: not known. */
  readonly daemonBegan: number | null;
  readonly began: (process: ProcessName) => number | null;
};

/**
 * Those that are neither starting nor ending. A daemon tells of an end only once the process is gone, so that what lives
 * after its answer, and is said to have ended, is another's; what it starts is younger than it is.
 */
export const settled = (found: readonly Orphan[], { at, shims, daemonBegan, began }: Answered): readonly Orphan[] =>
  found.filter((one) => {
    const lives = shims.some(({ first }) => first?.pid === one.pid && first.startTicks === one.startTicks);
    const since = began(one);
    const isNew = since !== null && (daemonBegan === null || since > daemonBegan) && at - since < startingMs;
    return lives && !isNew;
  });
