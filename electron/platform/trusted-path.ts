// Tells whether only root can decide what stands at a path: walked folder by folder from the top, following no link.
import { closeSync, constants, fstatSync, openSync, type Stats } from 'node:fs';

/** What keeps a path from being trusted; `at` is the part that does. */
export type Distrust = {
  readonly why: 'link' | 'not-root' | 'others-write' | 'hard-linked' | 'not-a-file' | 'set-id' | 'missing' | 'relative';
  readonly at: string;
};

export type TrustOptions = {
  /** Whether what is not there is trusted, when everything above it is. */
  readonly orMissing: boolean;
  /** Some systems share all program files between their versions by hard links; a program is only read. */
  readonly hardLinks?: boolean;
};

/** Opens a thing itself, not what it points to, without reading it: the kernel's O_PATH, which Node does not name. */
const pathOnly = 0x20_0000;
const othersWrite = 0o022;
const setId = 0o6000;

/**
 * Null where every folder above belongs to root and nobody else may write to it, and the file is an ordinary one of
 * root's with one name. Each part is opened through the descriptor of the one before, so that what was looked at is what
 * stands there. Nobody but root can put anything else there afterwards, because that takes writing to one of these
 * folders: what is opened later by the same path is the same. A part that is missing is trusted only with `orMissing`;
 * everything above it was looked at.
 */
export function distrustOf(path: string, options: TrustOptions): Distrust | null {
  const { orMissing } = options;
  const parts = path.split('/');
  if (parts[0] !== '' || parts.length < 2) return { why: 'relative', at: path };
  if (parts.slice(1).some((part) => part === '' || part === '.' || part === '..')) return { why: 'relative', at: path };
  let folder = openSync('/', pathOnly | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    const top = folderDistrust(fstatSync(folder), '/');
    if (top) return top;
    for (let i = 1; i < parts.length; i += 1) {
      const at = parts.slice(0, i + 1).join('/');
      const next = openBelow(folder, parts[i] ?? '');
      if (next === null) return orMissing ? null : { why: 'missing', at };
      closeSync(folder);
      folder = next;
      const facts = fstatSync(folder);
      const distrust = i === parts.length - 1 ? fileDistrust(facts, at, options) : folderDistrust(facts, at);
      if (distrust) return distrust;
    }
    return null;
  } finally {
    closeSync(folder);
  }
}

/** A part of an open folder; null where there is none. */
function openBelow(folder: number, name: string): number | null {
  try {
    return openSync(`/proc/self/fd/${folder}/${name}`, pathOnly | constants.O_NOFOLLOW);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function folderDistrust(facts: Stats, at: string): Distrust | null {
  if (facts.isSymbolicLink()) return { why: 'link', at };
  if (!facts.isDirectory()) return { why: 'not-a-file', at };
  return ownerDistrust(facts, at);
}

function fileDistrust(facts: Stats, at: string, { hardLinks = false }: TrustOptions): Distrust | null {
  if (facts.isSymbolicLink()) return { why: 'link', at };
  if (!facts.isFile()) return { why: 'not-a-file', at };
  if ((facts.mode & setId) !== 0) return { why: 'set-id', at };
  return facts.nlink > 1 && !hardLinks ? { why: 'hard-linked', at } : ownerDistrust(facts, at);
}

function ownerDistrust({ uid, mode }: Stats, at: string): Distrust | null {
  if (uid !== 0) return { why: 'not-root', at };
  return (mode & othersWrite) === 0 ? null : { why: 'others-write', at };
}
