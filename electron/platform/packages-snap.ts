// Asks snapd about the snap that dockerd came in.
import type { PackageFacts } from '../contract/upgrade.ts';
import { askPackageManager as ask } from './ask-package-manager.ts';

/** With `store` also what would be had: snapd asks its store for that, which it does itself several times a day. */
export async function snapFacts(name: string, store: boolean): Promise<PackageFacts> {
  const listed = snapIn((await ask('/usr/bin/snap', ['list', name])).stdout, name);
  const info = store ? (await ask('/usr/bin/snap', ['info', name])).stdout : '';
  const held = listed?.held ?? null;
  return {
    manager: 'snap',
    name,
    installed: listed?.version ?? null,
    candidate: channelVersion(info, listed?.tracking ?? null),
    held,
    byItself: held === true ? [] : ['snapd'],
  };
}

export type Listed = { readonly version: string; readonly tracking: string; readonly held: boolean };

/**
 * `docker  28.4.0  3377  latest/stable  canonical✓  held`, below a line of titles. Notes are the last column; a snap that
 * was installed by hand tracks `-`.
 */
export function snapIn(said: string, name: string): Listed | null {
  const fields = said
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find((words) => words[0] === name && words.length >= 6);
  const [, version, , tracking, , notes] = fields ?? [];
  if (version === undefined || tracking === undefined || notes === undefined) return null;
  // snapd cuts a long channel short, with an ellipsis.
  return { version, tracking, held: notes.split(',').includes('held') };
}

/**
 * What the channel has that is followed, of the list below `channels:`. `↑` and `^` stand for what the channel above has,
 * `--` and `–` for nothing.
 */
export function channelVersion(info: string, tracking: string | null): string | null {
  if (tracking === null || tracking === '-') return null;
  let above: string | null = null;
  let track = '';
  const begun = tracking.replace(/(…|\.\.\.)$/, '');
  for (const [, channel = '', version = ''] of info.matchAll(/^ {2}(\S+\/\S+):\s+(\S+)/gm)) {
    const [own = ''] = channel.split('/');
    if (own !== track) above = null;
    track = own;
    above = version === '↑' || version === '^' ? above : /^\d/.test(version) ? version : null;
    if (channel === tracking || (begun !== tracking && channel.startsWith(begun))) return above;
  }
  return null;
}
