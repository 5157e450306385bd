// The files that a TLS endpoint needs: named where daemons are found, read when one is connected to.
import type { Files } from './candidates.ts';

/** Where the material for a TLS connection lies; a missing file is left out when they are read. */
export type TlsFiles = {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  /** True where the user turned the check of the daemon's certificate off. */
  readonly skipVerify: boolean;
};

/** TLS material as text in PEM. */
export type TlsMaterial = {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly skipVerify: boolean;
};

/** docker's names for them in a folder. */
export const tlsFilesIn = (folder: string, skipVerify: boolean): TlsFiles => ({
  ca: `${folder}/ca.pem`,
  cert: `${folder}/cert.pem`,
  key: `${folder}/key.pem`,
  skipVerify,
});

/** Reads what is there. */
export function readTls(paths: TlsFiles, read: Files['read']): TlsMaterial {
  const [ca, cert, key] = [read(paths.ca), read(paths.cert), read(paths.key)];
  return {
    ...(ca === null ? {} : { ca }),
    ...(cert === null ? {} : { cert }),
    ...(key === null ? {} : { key }),
    skipVerify: paths.skipVerify,
  };
}
