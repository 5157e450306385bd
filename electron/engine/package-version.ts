// The numbers of a release of the engine, out of a version as dpkg, rpm, snapd or dockerd itself writes it.

export type Numbers = { readonly major: number; readonly minor: number; readonly patch: number };

/**
 * `5:28.5.2-1~debian.12~bookworm`, `3:28.5.2-1.fc43`, `20.10.24+dfsg1-1+deb12u1` and `28.5.2` name a release of the
 * engine. One before its release (`29.0.0-rc.1`) is of no line that Docker's rule speaks of: null.
 */
export function numbersOf(version: string | null): Numbers | null {
  const found = /^(?:\d+:)?v?(\d+)\.(\d+)\.(\d+)(?![.\d])(?![-~](?:rc|beta|alpha))/.exec(version ?? '');
  return found && { major: Number(found[1]), minor: Number(found[2]), patch: Number(found[3]) };
}

export const compare = (a: Numbers, b: Numbers): number => a.major - b.major || a.minor - b.minor || a.patch - b.patch;
