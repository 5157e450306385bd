// Whether its file is what keeps a daemon from starting.
import type { ConfigFile, Snapshot } from '@contract/snapshot.ts';

/** A file whose text was read and makes no sense: the next start fails with it. */
export const isBroken = (config: ConfigFile): boolean => config.state === 'unreadable' && config.text !== null;

/** The text is broken, or the daemon itself named the file when it did not start; and it can be looked at. */
export function blamesFile({ engine, config }: Pick<Snapshot, 'engine' | 'config'>): boolean {
  if (isBroken(config)) return true;
  if (engine.state !== 'failed' || config.state !== 'read') return false;
  return engine.log.some((line) => line.includes(config.path) || namesFile.test(line));
}

/** As dockerd says it, whatever is wrong in the file. */
const namesFile = /unable to configure the Docker daemon with file/;
