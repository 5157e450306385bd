// What this computer shows and does about containers without asking a daemon.
import type { Platform } from '../engine/ports.ts';
import { drillImage } from './drill-image.ts';
import { endOrphan } from './end-orphan.ts';
import { listeningPorts } from './listening.ts';
import { runningShims } from './shims.ts';

/** `isLinux`: elsewhere there is no /proc. */
export const containersHere = (
  isLinux: boolean,
): Pick<Platform, 'shims' | 'listening' | 'endOrphan' | 'drillImage'> => ({
  shims: ({ uid }) => (isLinux ? runningShims(uid) : []),
  listening: (pid) => (isLinux ? listeningPorts(pid) : null),
  endOrphan,
  drillImage,
});
