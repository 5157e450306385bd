// Which runtime we are on, and whether it is the one that is supported.
declare const __AFLOAT_VERSION__: string;
declare const __AFLOAT_ELECTRON__: string;

/** Our own version, as in package.json when this was built. */
export const appVersion = __AFLOAT_VERSION__;

/** The Electron that is shipped, as pinned in package.json when this was built. */
export const pinnedElectron = __AFLOAT_ELECTRON__;

/** True on a runtime that only serves development and tests. */
export const isUnsupported = (runningElectron: string): boolean => runningElectron !== pinnedElectron;
