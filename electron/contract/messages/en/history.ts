// English: the past of the daemon and its file.
import type { Author, FileVersion, HistoryEntry } from '../../history.ts';
import { formatsFor } from '../format.ts';
import { audit } from './audit.ts';

const { list, number, plural, seconds } = formatsFor('en');
const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });

function by(author: Author): string {
  switch (author.kind) {
    case 'us':
      return 'Afloat';
    case 'package':
      return `package ${author.name}`;
    case 'editor':
      return author.name;
    case 'unknown':
      return 'not known';
  }
}

const most = 3;

function change({ key, from, to }: NonNullable<FileVersion['changes']>[number]): string {
  if (from === null) return `${key}: ${to ?? ''} added`;
  return to === null ? `${key} removed` : `${key}: ${from} → ${to}`;
}

const setting = ({ key, to }: NonNullable<FileVersion['changes']>[number]): string => `${key}: ${to ?? ''}`;

function summary({ changes, first }: Pick<FileVersion, 'changes' | 'first'>): string {
  if (changes === null) return 'A text that cannot be read as a configuration';
  if (changes.length === 0) return first ? 'The first version that is known: it sets nothing' : 'Only the layout';
  const few = changes.slice(0, most).map(first ? setting : change);
  const told = changes.length > most ? [...few, `${number(changes.length - most)} more`] : few;
  return first ? `The first version that is known: ${list(told)}` : list(told);
}

const verbs = {
  apply: 'Change',
  reload: 'Reload',
  restart: 'Restart',
  start: 'Start',
  stop: 'Stop',
  recover: 'Repair',
} as const;
const results = {
  applied: 'done',
  nothing: 'nothing to do',
  refused: 'refused',
  'rolled-back': 'rolled back',
  failed: 'failed',
} as const;
const events = {
  reloaded: 'Reloaded by somebody else',
  restarted: 'Restarted by somebody else, or after a crash',
  started: 'Started by somebody else',
  stopped: 'Stopped by somebody else',
  crashed: 'Ended without being told to',
} as const;

function fates(before: number, kept: number, ended: readonly string[]): string {
  if (before === 0) return '';
  const kept_ = `${number(kept)} of ${plural(before, { one: '# container', other: '# containers' })} kept running`;
  return ended.length === 0 ? `${kept_}.` : `${kept_}; ended: ${list(ended)}.`;
}

/** What happened, and what came of it for the containers; the second may be empty. */
function entry(of: HistoryEntry): { readonly title: string; readonly detail: string } {
  switch (of.kind) {
    case 'file':
      return of.etag === null
        ? { title: 'The file was removed', detail: `By: ${by(of.by)}.` }
        : { title: 'The file was written', detail: `By: ${by(of.by)}.` };
    case 'outcome': {
      const gap = of.apiDowntimeMs > 0 ? ` The API did not answer for ${seconds(of.apiDowntimeMs)} s.` : '';
      const told = of.effect === 'none' && of.verb === 'apply' ? '' : fates(of.before, of.kept, of.ended);
      return { title: `${verbs[of.verb]}: ${results[of.result]}`, detail: `${told}${gap}`.trim() };
    }
    case 'audit': {
      const { compared, changed, orphans, logs } = of;
      const told = [
        ...changed.map(({ name, deviations }) => `${name}: ${deviations.map(audit.deviation).join('; ')}`),
        ...orphans.map((name) => `${name}: ${audit.orphans.title}`),
        ...logs.map(({ name, log }) => audit.logOf(name, log)),
      ];
      return { title: audit.summary({ compared, containers: changed, orphans }), detail: told.join('\n') };
    }
    case 'daemon':
      return { title: events[of.event], detail: fates(of.before, of.kept, of.ended) };
  }
}

export const history = {
  by,
  summary,
  entry,
  time: (at: number): string => dates.format(at),
  short: (id: string): string => id.slice(0, 12),
  versions: 'Versions of the file',
  timeline: 'What happened',
  none: 'Nothing is known of the past yet. From now on every version of the file is kept, and what happens is written down.',
  noEntries: 'Nothing happened yet while Afloat was there.',
  reading: 'Reading the history…',
  current: 'in the file now',
  writtenBy: (who: string): string => `By: ${who}`,
  compare: 'Compare with',
  withFile: 'the file as it is now',
  withBefore: 'the version before it',
  restore: 'Put this version back…',
  restoreHelp: 'It opens as a change: you see what it does to every container before you apply it.',
  nothingBefore: 'There is no version before this one.',
  cli: {
    restoring: (id: string, at: string): string => `Version ${id} of ${at}:`,
  },
};
