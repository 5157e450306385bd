// Gives a configuration file the name that its lock, journal and backups carry.
import { createHash } from 'node:crypto';

/** A short name for a configuration path that is safe in file names; the same in every process. */
export const nameFor = (configPath: string): string =>
  createHash('sha256').update(configPath).digest('hex').slice(0, 32);

/** The fingerprint of a file's bytes: SHA-256 in hexadecimal. */
export const etagOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
