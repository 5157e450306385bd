// Whether its file is what keeps a daemon from starting, and whether an earlier one may help.
import { isDown } from '@contract/down.ts';
import type { WayBack } from '@contract/history.ts';
import type { Result } from '@contract/problem.ts';
import type { ConfigFile, Snapshot } from '@contract/snapshot.ts';

/** A file whose text was read and makes no sense: the next start fails with it. */
export const isBroken = (config: ConfigFile): boolean => config.state === 'unreadable' && config.text !== null;

/** The text is broken, or the daemon itself named the file when it did not start; and it can be looked at. */
export function blamesFile({ engine, config }: Pick<Snapshot, 'engine' | 'config'>): boolean {
  if (isBroken(config)) return true;
  if (engine.state !== 'failed' || config.state !== 'read') return false;
  return engine.log.some((line) => (line.includes(config.path) && !isNews.test(line)) || namesFile.test(line));
}

/** As dockerd says it, whatever is wrong in the file. */
const namesFile = /unable to configure the Docker daemon with file/;
/** Of a daemon that went on: it names its file at each reload. Both of its formats, text and JSON. */
const isNews = /\blevel"?[=:]"?(debug|info|warn)/;

/** What is known to be wrong in the text, or what the daemon said of it. */
export const isAtFault = (snapshot: Pick<Snapshot, 'engine' | 'config' | 'findings'>): boolean =>
  blamesFile(snapshot) ||
  snapshot.findings.some(({ severity, about }) => severity === 'error' && about.kind !== 'doctor');

/** A daemon that is down by its file, or by nobody knows what: a version with which it ran may bring it back. */
export const mayGoBack = (snapshot: Snapshot): boolean =>
  isDown(snapshot.engine) &&
  snapshot.target.access.kind === 'proven' &&
  (snapshot.engine.state === 'failed' || isAtFault(snapshot));

/** The daemon said that it could not start; where it only ended, its file is hardly why. */
const failedToStart = ({ engine }: Pick<Snapshot, 'engine'>): boolean =>
  engine.state === 'failed' && engine.log.some((line) => line.includes('failed to start daemon'));

/** Before anything else: with the file as it is now the next start is likely to end like the last one. */
export const leadsBack = (snapshot: Snapshot): boolean => isAtFault(snapshot) || failedToStart(snapshot);

/** One click brings the daemon back with an earlier file. */
export const canGoBack = (wayBack: Result<WayBack> | null): wayBack is Result<WayBack> & { readonly ok: true } =>
  wayBack?.ok === true && wayBack.value.plan.blocked === null;

/** The way back saves whoever can be saved, too; with this file nobody could be. */
export const rescuesByGoingBack = (snapshot: Snapshot, wayBack: Result<WayBack> | null): boolean =>
  isAtFault(snapshot) && canGoBack(wayBack) && wayBack.value.plan.needs.length === 0;
