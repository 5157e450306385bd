// English: every finding about a configuration or a daemon, and what to do about it.
import type { Json } from '../../json.ts';
import type { FindingKind } from '../../plan.ts';
import type { TextFault } from '../../problem.ts';
import { formatsFor } from '../format.ts';
import { policy } from './policy.ts';
import { checkFinding } from './check.ts';
import { doctor } from './doctor.ts';

const { list, plural } = formatsFor('en');

/** `remedy` is empty where nothing needs to be done. */
export type FindingSaid = { readonly sentence: string; readonly remedy: string };

const say = (sentence: string, remedy: string): FindingSaid => ({ sentence, remedy });

const types: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  string: 'text in quotes',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

const typeName = (type: string): string => types[type] ?? type;

const inWords = (value: Json): string =>
  value === true ? 'on' : value === false ? 'off' : value === null ? 'not set' : JSON.stringify(value);

const names: Readonly<Record<string, string>> = { 'live-restore': 'Live restore', debug: 'Debug logging' };

const faults: Readonly<Record<TextFault, string>> = {
  syntax: 'it is not valid JSON',
  comment: 'it holds a comment',
  'trailing-comma': 'a comma stands before a closing bracket',
  truncated: 'it ends too early',
  'trailing-text': 'more text follows after its end',
  empty: 'it is empty',
  'not-an-object': 'it is not a JSON object',
  'byte-order-mark': 'it begins with a byte order mark',
  encoding: 'it is not UTF-8',
  'duplicate-key': 'a key stands twice',
  'too-deep': 'it is nested too deep',
};

const notChecked = {
  'no-permission': 'Docker’s own check was left out: it needs rights that this user does not have.',
  'no-binary': 'Docker’s own check was left out: the program dockerd was not found.',
  'not-offered-by-version': 'Docker’s own check was left out: this version does not offer one.',
  timeout: 'Docker’s own check was left out: it did not end in time.',
  path: 'Docker’s own check was left out: a program that it needs was not found.',
} as const satisfies Record<Extract<FindingKind, { kind: 'not-checked' }>['why'], string>;

/** One function for every kind: a new kind does not compile without its sentences. */
const sentences: { readonly [K in FindingKind['kind']]: (about: Extract<FindingKind, { kind: K }>) => FindingSaid } = {
  'unknown-key': ({ key, suggestion }) =>
    say(
      `Docker has no option “${key}”.`,
      suggestion === null ? 'Remove it, or correct its name.' : `Did you mean “${suggestion}”?`,
    ),
  'singular-key': ({ key, suggestion }) =>
    say(
      `Docker ignores “${key}” in the file without a word: it is the name of a flag.`,
      `Write “${suggestion}” instead.`,
    ),
  'ignored-key': ({ key }) => say(`Docker takes “${key}” and does nothing with it.`, 'Remove it.'),
  'wrapped-key': ({ key, inside }) =>
    say(
      inside.length === 0
        ? `“${key}” is no option; Docker looks through it as if it were not there.`
        : `“${key}” is no option, but what is inside can still take effect: ${list(inside)}.`,
      'Move what you want out of it, and remove the rest.',
    ),
  'unknown-on-version': ({ key, version }) =>
    say(`Docker ${version} does not know “${key}”, and does not start with it.`, 'Remove it for this version.'),
  'duplicate-key': ({ key }) =>
    say(`“${key}” stands there twice; Docker takes the last one.`, 'Remove the one that is not meant.'),
  'wrong-type': ({ key, expected, found }) =>
    say(`“${key}” must be ${typeName(expected)}, but is ${typeName(found)}.`, `Write ${typeName(expected)}.`),
  'conflicts-with-flag': ({ key, flag, where }) =>
    say(
      `“${key}” is also set by ${flag}${where === '' ? '' : ` (${where})`}; Docker does not start when an option stands in both places.`,
      `Remove “${key}” from the file, or ${flag} where it is given.`,
    ),
  'live-restore-with-swarm': () =>
    say(
      'Live restore is on for a swarm node: the daemon will not start again.',
      'Turn live restore off before the daemon is restarted.',
    ),
  'userland-proxy-true-blocks-reload': () =>
    say(
      'With "userland-proxy": true written out, this daemon refuses every reload.',
      'Remove the key; true is the default.',
    ),
  'bridge-with-bip': () =>
    say('“bridge” and “bip” exclude each other; the daemon does not start with both.', 'Keep one of them.'),
  'validate-key': () =>
    say('With "validate": true the daemon only checks its configuration and ends.', 'Remove the key.'),
  'memory-differs': ({ key, file, running }) =>
    say(
      file === null
        ? `${names[key] ?? key} is ${inWords(running)} in the running daemon, and not set in the file.`
        : `${names[key] ?? key} is ${inWords(running)} in the running daemon, but ${inWords(file)} in the file.`,
      file === null
        ? 'Set it in the file to what you want, then reload.'
        : 'Reload the configuration to take what the file says.',
    ),
  'validate-refused': ({ lines }) =>
    say(
      `Docker’s own check refuses it${lines.length === 0 ? '.' : `: ${lines.join(' · ')}`}`,
      'Correct what Docker names.',
    ),
  'not-checked': ({ why }) => say(notChecked[why], ''),
  'text-fault': ({ problem }) =>
    problem.kind === 'config.invalid'
      ? say(
          `The file has a fault in line ${problem.place.line}, column ${problem.place.column}: ${faults[problem.fault]}.`,
          'Correct that place in the JSON view, or put an earlier version of the file back.',
        )
      : problem.kind === 'config.unreadable' && problem.cause === 'missing'
        ? say(
            'The file is gone, and the daemon does not start without it: its flag --config-file names it.',
            'Put the file back, or apply a change, which makes it anew.',
          )
        : say('The file cannot be read.', 'See whether it is there, and whether you may read it.'),
  'crash-would-stop': ({ containers }) =>
    say(
      plural(containers, {
        one: 'A crash of the daemon would stop the running container: live restore is off.',
        other: 'A crash of the daemon would stop all # running containers: live restore is off.',
      }),
      'Turn live restore on.',
    ),
  'bad-value': checkFinding,
  'not-on-machine': checkFinding,
  clash: checkFinding,
  overlap: checkFinding,
  'next-start-flags': ({ gone, come }) =>
    say(
      `The next start of the daemon has other flags than it runs with${gone.length > 0 ? `; gone: ${list(gone)}` : ''}${come.length > 0 ? `; new or changed: ${list(come)}` : ''}.`,
      'What a restart would do is foretold with these flags. Change them back if that was not meant.',
    ),
  'next-start-would-stop': ({ containers }) =>
    say(
      plural(containers, {
        one: 'The container survives the stop, but the next start would stop it: the file does not say that live restore is on.',
        other:
          'The # containers survive the stop, but the next start would stop them: the file does not say that live restore is on.',
      }),
      'Turn live restore on in the file first.',
    ),
  'policy-untrusted': ({ policy: file, at }) =>
    say(
      `The policy ${file} is ignored: others than root can write ${at}.`,
      `Give ${at} to root, and take everybody else’s right to write.`,
    ),
  'policy-faulty': ({ policy: file, fault }) =>
    say(
      `The policy ${file} cannot be understood, so that nothing can be changed. ${policy.fault(fault)}`,
      'Let the administrator correct it, or remove it.',
    ),
  'policy-differs': ({ policy: file, key, value }) =>
    say(`The policy ${file} wants ${key} to be ${JSON.stringify(value)}.`, `Set ${key} to it.`),
  doctor: (about) => doctor.finding(about),
  'wish-not-followed': ({ wish }) =>
    say(
      `“${wish}” is neither a Docker context nor an address that could be used. No daemon was taken in its place.`,
      'Choose a daemon under General, or start Afloat with another context or address.',
    ),
};

/** What was found, and what to do. */
export const finding = (about: FindingKind): FindingSaid =>
  // The table has the right function for every kind; TypeScript cannot follow that through the index.
  (sentences[about.kind] as (about: FindingKind) => FindingSaid)(about);
