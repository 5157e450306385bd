// English: what the text view of daemon.json says: facts about options, undo and redo, the way to the forms and back.
import type { OptionKind } from '../../options.ts';
import type { Finding, Risk } from '../../plan.ts';
import { formatsFor } from '../format.ts';

const { list, plural } = formatsFor('en');

const kinds: Readonly<Record<OptionKind, string>> = {
  boolean: 'true or false',
  integer: 'whole number',
  string: 'text',
  size: 'size, such as 64M',
  path: 'path',
  'string[]': 'list of texts',
  'object[]': 'list of objects',
  'string-map': 'names with texts',
  object: 'object',
};

const risks: Readonly<Record<Exclude<Risk, 'none'>, string>> = {
  deferred: 'Waits for a start without running containers.',
  hides: 'Containers become invisible until it is put back.',
  loses: 'Running containers are lost, or run twice.',
  'later-start-fails': 'Some containers may not start again later.',
  'start-fails': 'A wrong value keeps the daemon from starting.',
  'locks-out-clients': 'Clients may not reach the daemon any more.',
  'ends-daemon': 'A wrong value ends the daemon at the reload.',
  unknown: 'What it does is not known.',
};

const severities: Readonly<Record<Finding['severity'], string>> = {
  error: 'Error',
  warning: 'Warning',
  info: 'Note',
};

export const editor = {
  kinds,
  risks,
  severities,
  group: 'group of options',
  oneOf: (choices: readonly string[]): string => `One of ${list(choices)}.`,
  byDefault: (value: string): string => `Default: ${value}`,
  notOnThisVersion: 'This engine version does not know it.',
  help: 'Ctrl-Space complete · Ctrl-F find · F8 next problem · Ctrl-. fix · Esc, Tab leave',
  changes: 'Changes',
  hideChanges: 'Text',
  showInForm: 'Show in form',
  undo: 'Undo',
  redo: 'Redo',
  problems: (count: number): string => plural(count, { one: '# problem', other: '# problems' }),
  completions: 'Completions',
  diagnostics: 'Problems',
  noDiagnostics: 'No problems',
  close: 'close',
  find: 'Find in the text',
  findBefore: 'Previous',
  findNext: 'Next',
  /** `at`: the number of the one that is selected. */
  found: (at: number | null, all: number): string =>
    all === 0 ? 'Not found' : at === null ? plural(all, { one: '# place', other: '# places' }) : `${at} of ${all}`,
  /** Said with the text and the number of its line behind them. */
  match: 'Found',
  onLine: 'on line',
};
