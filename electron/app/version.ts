// Which runtime we are on, and whether it is the one that is supported.
import { versionOn } from '../contract/version.ts';

declare const __AFLOAT_VERSION__: string;
declare const __AFLOAT_ELECTRON__: string;

/** The Electron that is shipped, as pinned in package.json when this was built. */
export const pinnedElectron = __AFLOAT_ELECTRON__;

/** Our own version, as in package.json when this was built, on that Electron. */
export const appVersion = (runningElectron: string): string =>
  versionOn(runningElectron, { version: __AFLOAT_VERSION__, pinnedElectron });

/** True on a runtime that only serves development and tests. */
export const isUnsupported = (runningElectron: string): boolean => runningElectron !== pinnedElectron;
