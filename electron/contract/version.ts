// What version a program calls itself: on a runtime that is never shipped it is no release, and says so.

/**
 * `0.1.0`, or `0.1.0~dev` on another Electron than the pinned one. Debian sorts `~dev` before the release. Plain Node
 * (undefined) is what a checkout's command line runs on.
 */
export const versionOn = (
  runningElectron: string | undefined,
  { version, pinnedElectron }: { readonly version: string; readonly pinnedElectron: string },
): string => (runningElectron === undefined || runningElectron === pinnedElectron ? version : `${version}~dev`);
