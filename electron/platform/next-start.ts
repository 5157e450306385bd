// What is known of a daemon that does not run: what its unit or script would start, and with which file.
import { existsSync } from 'node:fs';
import type { Identification } from '../engine/ports.ts';
import type { ServiceManager } from '../engine/service-manager.ts';
import { flagValues, readOnly } from './identify.ts';
import { ofRoot } from './usual-places.ts';

/** Of a daemon that nobody can say anything about. */
export const nothingKnown = {
  pid: null,
  startTicks: null,
  executable: null,
  flags: [],
  startFlags: [],
  environment: {},
  configPath: null,
  configPathGiven: false,
  flagSource: '',
  flagPlaces: {},
  dataRoot: null,
  ...ofRoot,
} as const;

/** Everything of it that can be said before it runs. */
export function stopped(
  manager: ServiceManager,
  flags: readonly string[],
  flagSource: string,
  wished: string | null,
  usual: string,
): Identification {
  return {
    ...nothingKnown,
    executable: ['/usr/bin/dockerd', '/usr/sbin/dockerd', '/usr/local/bin/dockerd'].find(existsSync) ?? null,
    environment: { PATH: process.env['PATH'] ?? '' },
    flagSource,
    manager,
    managerKind: manager.kind,
    access: { kind: 'proven' },
    ...startOf(flags, wished, usual),
  };
}

/** What the next start's flags say. */
export function startOf(flags: readonly string[], wished: string | null, usual: string) {
  const named = flagValues(flags, ['--config-file']).at(-1);
  const configPath = named ?? usual;
  const differs = wished !== null && wished !== configPath;
  return {
    flags,
    startFlags: flags,
    configPath,
    configPathGiven: named !== undefined,
    ...(differs ? { access: readOnly('config-other', `${wished} ≠ ${configPath}`) } : {}),
  };
}
