// Reads the configuration file into the part of the snapshot that tells of it.
import type { ConfigFile } from '../contract/snapshot.ts';
import type { ConfigFileOnDisk } from './config-file.ts';
import { readConfigText } from './config-text.ts';
import { repairedBytes } from './repair-text.ts';

/** The file as it is now, with the bytes it was read from; null where there are none. */
export type ConfigState = {
  readonly config: ConfigFile;
  readonly bytes: Uint8Array | null;
  /** True where the folder of a missing file would have to be made too. */
  readonly folderMissing: boolean;
};

/** True where there is a file that we may not read, and nothing is known of it. */
export const isHidden = (config: ConfigFile): boolean =>
  config.state === 'unreadable' &&
  config.etag === null &&
  config.problem.kind === 'config.unreadable' &&
  config.problem.cause === 'denied';

/** Reads the file as this version of the daemon would. A fault in it is told, never repaired. */
export async function readConfigState(
  file: Pick<ConfigFileOnDisk, 'path' | 'read' | 'writable'>,
  version: string | null,
): Promise<ConfigState> {
  const [disk, writable] = await Promise.all([file.read(), file.writable()]);
  const { path } = file;
  if (disk.state === 'absent') {
    return { config: { state: 'absent', path, writable }, bytes: null, folderMissing: !disk.folderExists };
  }
  if (disk.state === 'problem') {
    return {
      config: { state: 'unreadable', path, etag: null, text: null, problem: disk.problem, writable },
      bytes: null,
      folderMissing: false,
    };
  }
  const { etag, bytes } = disk;
  const read = readConfigText(bytes, path, version);
  if (read.ok) {
    const { text, values } = read.value;
    return { config: { state: 'read', path, etag, text, values, writable }, bytes, folderMissing: false };
  }
  const text = decodedForShow(bytes);
  const repaired = repairedBytes(bytes);
  return {
    config: {
      state: 'unreadable',
      path,
      etag,
      text,
      ...(repaired === null ? {} : { repaired }),
      problem: read.problem,
      writable,
    },
    bytes,
    folderMissing: false,
  };
}

/** Text to show of a file that cannot be read as a configuration: bytes that are no UTF-8 become replacement signs. */
const decodedForShow = (bytes: Uint8Array): string => new TextDecoder('utf-8').decode(bytes);

/** The file as it was read for us, where we may not read it ourselves. */
export function withText(own: ConfigState, config: ConfigFile): ConfigState {
  if (config === own.config || !isHidden(own.config)) return own;
  const text = 'text' in config ? config.text : null;
  return { config, bytes: text === null ? null : new TextEncoder().encode(text), folderMissing: own.folderMissing };
}
