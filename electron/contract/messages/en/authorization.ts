// English: rights, and what becomes of the question for them.
import type { Problem, ReadOnlyReason } from '../../problem.ts';
import { formatsFor } from '../format.ts';

const { list, plural } = formatsFor('en');

type Said = { readonly title: string; readonly state: string; readonly remedy: string };
type Kind = Extract<Problem['kind'], `authorization.${string}`>;

const say = (title: string, state: string, remedy: string): Said => ({ title, state, remedy });
const unchanged = 'Nothing was changed.';

const problems: { readonly [K in Kind]: (problem: Extract<Problem, { kind: K }>) => Said } = {
  'authorization.dismissed': () =>
    say('The request for authorization was closed.', unchanged, 'Try again when you are ready.'),
  'authorization.denied': () =>
    say(
      'You were not authorized.',
      `The password was wrong, or an administrator does not allow it. ${unchanged}`,
      'Try again, or ask an administrator.',
    ),
  'authorization.no-agent': ({ command }) =>
    say(
      'Nothing here can ask for a password.',
      `No authentication agent runs in this session. ${unchanged}`,
      `Start your desktop’s agent, or let an administrator run: ${command}`,
    ),
  'authorization.lost': ({ detail }) =>
    say(
      'The step with the rights of root ended without an answer.',
      `${detail === '' ? '' : `It said: ${detail}. `}What it began is finished or undone by its journal.`,
      'Look again to see what is true now.',
    ),
  'authorization.insufficient': ({ keys }) =>
    say(
      `${plural(keys.length, { one: 'This option needs', other: 'These options need' })} an authorization of its own: ${list(keys)}.`,
      'They can run programs as root or open the API of the daemon. Nothing was changed.',
      'Apply again; the question will name them.',
    ),
};

type Reason = Extract<ReadOnlyReason, 'untrusted-path' | 'untrusted-program' | 'not-of-unit'>;

const reasons: Readonly<Record<Reason, string>> = {
  'untrusted-path':
    'Others than root can decide which file stands at its path, so nothing is done there with the rights of root.',
  'untrusted-program':
    'Others than root can decide which program this is, so nothing is done to it with the rights of root.',
  'not-of-unit': 'systemd runs here, but did not start this daemon.',
};

const remedies: Readonly<Record<Reason, string>> = {
  'untrusted-path': 'Give the file and every folder above it to root alone, without links.',
  'untrusted-program': 'Install Docker Engine from a package, into folders of root.',
  'not-of-unit': 'Start the daemon as a service, or change it as root yourself.',
};

export const authorization = { problems, reasons, remedies };
