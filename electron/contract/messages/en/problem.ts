// English: every expected failure: what happened, what state things are in, what to do.
import { isMark, unmarkByHand, type FileMark } from '../../by-hand.ts';
import type { Problem, ProblemKind, ReadOnlyReason, TextFault, WriteBlock } from '../../problem.ts';
import { formatsFor } from '../format.ts';
import { authorization } from './authorization.ts';
import { finding } from './finding.ts';
import { policy } from './policy.ts';
import { preset } from './preset.ts';

const { list, plural, seconds } = formatsFor('en');

/** What is said of a problem, three short texts. */
export type ProblemSaid = { readonly title: string; readonly state: string; readonly remedy: string };

/** What broke a request off, by its code; other causes are the daemon's own words. */
const unreachable: Readonly<Partial<Record<string, string>>> = {
  broken: 'The connection broke off before the answer was whole.',
  tls: 'The certificates of both sides do not fit each other.',
  'too-large': 'The answer was longer than any of a Docker daemon.',
};

const unchanged = 'Nothing was changed.';
const runsOn = 'The daemon runs on with its old configuration.';

const waitForIt = 'Wait a little: a busy computer may need longer. If it stays like this, look at its log.';

const say = (title: string, state: string, remedy: string): ProblemSaid => ({ title, state, remedy });

/** The last lines of a log, where there are any, behind a sentence. */
const inItsWords = (lines: readonly string[]): string =>
  lines.length === 0 ? '' : ` In Docker’s own words: ${lines.join(' · ')}`;

const orCommand = (sentence: string, command: string | null): string =>
  command === null ? sentence : `${sentence} Or run: ${command}`;

/** The reasons for which a daemon is only looked at; `detail` is data such as a path. */
const readOnlyReasons: Readonly<Record<ReadOnlyReason, string>> = {
  remote: 'This daemon is on another machine.',
  'other-namespace': 'This daemon runs in a container or a virtual machine, so its file and process are not ours.',
  'socket-not-proven': 'Nothing shows that this socket belongs to a Docker daemon of this computer.',
  'not-permitted': 'Afloat cannot see which process and file belong to this daemon without more rights.',
  'info-differs': 'What the daemon says of itself does not fit its process and its file.',
  'config-unknown': 'The configuration file of this daemon could not be found.',
  'config-other': 'The file that was named is not the one that this daemon reads.',
  ambiguous: 'More than one process could be this daemon.',
  'managed-elsewhere': 'This daemon is managed by a program of its own.',
  ...authorization.reasons,
  platform: 'Afloat cannot change a daemon on this operating system yet.',
};

const readOnlyRemedies: Readonly<Record<ReadOnlyReason, string>> = {
  remote: 'Run Afloat on that machine.',
  'other-namespace': 'Run Afloat where the daemon itself runs.',
  'socket-not-proven': 'Choose another daemon, or start this one as a service.',
  'not-permitted': 'Run Afloat, or the command afloat, with the rights of the daemon’s user.',
  'info-differs': 'If the data folder was changed in daemon.json, put it back or restart the daemon by hand.',
  'config-unknown': 'Name the file with --config-file.',
  'config-other': 'Name the one that it reads with --config-file, or none.',
  ambiguous: 'Stop the daemon that should not run, or choose one with --host.',
  'managed-elsewhere': 'Change it in the settings of that program, such as Docker Desktop.',
  ...authorization.remedies,
  platform: 'Use Afloat here to look, and change the daemon by its own tools.',
};

/** Why a file cannot be replaced. */
export const writeBlocks: Readonly<Record<WriteBlock, string>> = {
  denied: 'You may not write to it.',
  'read-only-file-system': 'It is on a file system that is mounted read-only.',
  immutable: 'It is marked immutable.',
  'append-only': 'It is marked append-only.',
  'bind-mounted': 'It is mounted into place by itself, so it cannot be replaced as a whole.',
  'hard-linked': 'It has a second name (a hard link), which would keep the old content.',
  'store-managed': 'It is kept by a configuration tool in a store that is not written by hand.',
  'not-a-file': 'It is not an ordinary file.',
  'dangling-link': 'It is a link to a file that does not exist.',
  'attributes-unreadable': 'Its owner, mode and attributes cannot be carried over to a new file.',
};

const writeRemedies: Readonly<Record<Exclude<WriteBlock, FileMark>, string>> = {
  denied: 'Do it with the rights of root, or of the user who runs the daemon.',
  'read-only-file-system': 'Mount the file system writable, or change the file where it comes from.',
  'bind-mounted': 'Change the file where it is mounted from.',
  'hard-linked': 'Remove the second name, or make it a link of its own.',
  'store-managed': 'Change it in the tool that keeps it.',
  'not-a-file': 'Put an ordinary file in its place.',
  'dangling-link': 'Create the file that the link names, or remove the link.',
  'attributes-unreadable': 'Do it with the rights of root.',
};

const writeRemedy = (block: WriteBlock, path: string): string =>
  isMark(block) ? `Take the mark away: ${unmarkByHand(block, path)}` : writeRemedies[block];

/** Why a text is not a configuration that dockerd reads; `detail` is what stands at the place. */
const textFaults: Readonly<Record<TextFault, (detail: string) => string>> = {
  syntax: (detail) => (detail === '' ? 'This is not valid JSON.' : `“${detail}” is not valid JSON here.`),
  comment: () => 'A comment stands here; Docker reads JSON without comments.',
  'trailing-comma': () => 'Trailing comma.',
  truncated: () => 'The text ends too early; a bracket or quote is not closed.',
  'trailing-text': () => 'More text follows after the end of the configuration.',
  empty: () => 'The file is empty, which this version of Docker does not accept.',
  'not-an-object': () => 'The configuration must be one JSON object in braces.',
  'byte-order-mark': () => 'The file begins with a byte order mark, which this version of Docker does not accept.',
  encoding: () => 'The file holds bytes that are not UTF-8.',
  'duplicate-key': (detail) => `“${detail}” stands there twice; nobody can tell which one was meant.`,
  'too-deep': () => 'Brackets are nested too deep.',
};

const unreadable = {
  denied: ['You may not read it.', 'Do it with the rights of root, or of the user who runs the daemon.'],
  'not-a-file': ['It is not an ordinary file.', 'Put an ordinary file in its place.'],
  'too-large': [
    'It is far larger than any configuration.',
    'Look at what was written into it, and put the right file back.',
  ],
  io: ['Reading it failed.', 'Check the disk and the file, then look again.'],
  'missing-target': [
    'It is a link to a file that does not exist.',
    'Create the file that the link names, or remove the link.',
  ],
  missing: [
    'It does not exist, and the daemon does not start without it: its flag --config-file names it.',
    'Put the file back, or apply a change, which makes it anew.',
  ],
} as const satisfies Record<Extract<Problem, { kind: 'config.unreadable' }>['cause'], readonly [string, string]>;

/** One function for every kind: a new kind does not compile without its sentences. */
const sentences: { readonly [K in ProblemKind]: (problem: Extract<Problem, { kind: K }>) => ProblemSaid } = {
  'engine.absent': ({ endpoint }) =>
    say(
      'No Docker daemon was found.',
      `Nothing listens on ${endpoint}, and nothing is set up to start a daemon there.`,
      'Install Docker Engine, choose another daemon, or start a sandbox daemon.',
    ),
  'engine.denied': ({ endpoint }) =>
    say(
      'You may not talk to the Docker daemon.',
      `A daemon listens on ${endpoint}, but your user has no right to use it.`,
      'Join the group that owns the socket (usually docker), then log in again.',
    ),
  'engine.hanging': ({ endpoint, waitedMs }) =>
    say(
      'The Docker daemon does not answer.',
      `${endpoint === '' ? 'Its socket' : endpoint} takes connections but gave no answer for ${seconds(waitedMs)} s. Nothing was sent to it.`,
      'Wait a little, it may be starting. If it stays like this, look at its log or restart it.',
    ),
  'engine.unreachable': ({ endpoint, cause }) =>
    say(
      'The Docker daemon cannot be reached.',
      `${endpoint}: ${unreachable[cause] ?? cause}`,
      'Check the address and whether the daemon runs, then look again.',
    ),
  'engine.not-running': () => say('The Docker daemon is not running.', unchanged, 'Start the daemon first.'),
  'engine.already-running': () => say('The Docker daemon is running already.', unchanged, 'There is nothing to start.'),
  'engine.busy': ({ verb }) =>
    say(
      'The Docker daemon is busy.',
      `It is ${busyWith(verb)}. ${unchanged}`,
      'Wait until that is done, then try again.',
    ),
  'engine.unsupported': ({ apiVersion, minimum }) =>
    say(
      'This Docker daemon is too old.',
      `It speaks version ${apiVersion} of the API; Afloat needs ${minimum} or newer.`,
      'Upgrade Docker Engine to 20.10 or newer.',
    ),
  'endpoint.invalid': ({ endpoint }) =>
    say(
      `“${endpoint}” is not an address of a Docker daemon.`,
      'No daemon is being looked at.',
      'Use an address such as unix:///run/docker.sock.',
    ),
  'context.unknown': ({ name, path }) =>
    say(
      `There is no Docker context “${name}”.`,
      `It was looked for in ${path}.`,
      'Choose another one; docker context ls lists them.',
    ),
  'target.read-only': ({ reason, detail }) =>
    say(
      'This daemon can be looked at, but not changed.',
      `${readOnlyReasons[reason]}${detail === '' ? '' : ` (${detail})`}`,
      readOnlyRemedies[reason],
    ),
  'target.changed': () =>
    say('The daemon is not the one that was shown.', unchanged, 'Look at what is shown now, then try again.'),
  'target.held': () =>
    say(
      'Another daemon cannot be chosen now.',
      'A draft is open or a change is under way, and both belong to this daemon.',
      'Apply or discard the draft first.',
    ),
  'config.unreadable': ({ path, cause }) =>
    say(`${path} cannot be read.`, `${unreadable[cause][0]} The file was not touched.`, unreadable[cause][1]),
  'config.invalid': ({ path, fault, place, detail }) =>
    say(
      `${path === '' ? 'The text' : path} has a fault in line ${place.line}, column ${place.column}.`,
      `${textFaults[fault](detail)} ${fault === 'duplicate-key' ? 'Docker takes the last one.' : `Docker cannot read this ${path === '' ? 'text' : 'file'}.`}`,
      fault === 'duplicate-key'
        ? 'Remove the one that is not meant.'
        : 'Correct that place in the JSON view, or put an earlier version of the file back.',
    ),
  'config.changed': ({ path }) =>
    say(
      `${path} was changed by somebody else meanwhile.`,
      'Nothing was written; both that change and your draft are still there.',
      'Look at the new content, then apply again.',
    ),
  'config.overwritten': ({ path }) =>
    say(
      `${path} was changed by somebody else while the change was made.`,
      'It was left as it is now. The daemon may have read either text.',
      'Look at the file. When it is right, reload the daemon.',
    ),
  'config.not-writable': ({ path, block }) =>
    say(`${path} cannot be replaced.`, `${writeBlocks[block]} ${unchanged}`, writeRemedy(block, path)),
  'config.no-space': ({ path }) =>
    say(
      `There is no space left to write ${path}.`,
      'The file is as it was.',
      'Make room on that file system, then try again.',
    ),
  'config.write-failed': ({ path, cause }) =>
    say(
      `${path} could not be written.`,
      `The file is as it was. The system says: ${cause}`,
      'Remove that cause, then try again.',
    ),
  'config.faulty': ({ path, findings }) =>
    say(
      `The Docker daemon would not start with this ${path.split('/').at(-1) || 'configuration'}.`,
      [...findings.map(({ about }) => finding(about).sentence), unchanged].join(' '),
      findings.map(({ about }) => finding(about).remedy).find((remedy) => remedy !== '') ??
        'Correct it, then try again.',
    ),
  'config.rejected': ({ path, lines }) =>
    say(
      `Docker would reject this ${path.split('/').at(-1) || 'configuration'}.`,
      `${unchanged}${inItsWords(lines)}`,
      'Correct what Docker names, then try again.',
    ),
  'change.empty-path': () => say('The change names no option.', unchanged, 'Name the key that is to be changed.'),
  'change.conflicts-with-flag': ({ key, flag, where }) =>
    say(
      `${key} is already set by ${flag}.`,
      `The flag comes from ${where === '' ? 'the command line of the daemon' : where}. Docker does not start when an option stands in both places. ${unchanged}`,
      `Remove ${flag} there to use the file, or change the value there.`,
    ),
  'patch-file.invalid': ({ path, fault, where }) =>
    say(
      `${path} is no patch file.`,
      `${preset.fault(fault, where)} Nothing of it is taken. ${unchanged}`,
      'Correct the file, or export it again.',
    ),
  'preset.not-here': ({ name, lack }) =>
    say(
      lack === 'needs-value'
        ? `The preset “${preset.title(name)}” needs a value.`
        : `The preset “${preset.title(name)}” is not for this daemon.`,
      `${preset.lack(lack)} ${unchanged}`,
      lack === 'needs-value' ? `Write it as ${name}=VALUE.` : 'Choose another preset.',
    ),
  'policy.locked': ({ policy: file, key, reason }) =>
    say(
      `${key} is locked on this computer.`,
      `The administrator’s policy ${file} does not let it be changed.${reason === null ? '' : ` Their reason: ${reason.replace(/\.$/, '')}.`} ${unchanged}`,
      `Leave ${key} as it is, or ask the administrator.`,
    ),
  'policy.faulty': ({ policy: file, fault }) =>
    say(
      `The administrator’s policy ${file} cannot be understood.`,
      `${policy.fault(fault)} Until it can, nothing is changed, because it may lock anything. ${unchanged}`,
      'Let the administrator correct it, or remove it.',
    ),
  'live-restore.swarm': () =>
    say(
      'Live restore does not work on a swarm node.',
      'The daemon would take it by reload and then never start again. Nothing was changed.',
      'Turn live restore off here, or let this node leave the swarm first.',
    ),
  'live-restore.windows': () =>
    say('Live restore does not exist for Windows containers.', unchanged, 'Use it with Linux containers.'),
  'live-restore.flag': ({ where }) =>
    say(
      'Live restore is set by the flag --live-restore.',
      `The flag comes from ${where === '' ? 'the command line of the daemon' : where}. With the key in the file too, Docker does not start. ${unchanged}`,
      'Remove the flag there to use the file, or change its value there and restart the daemon.',
    ),
  'containers.endangered': ({ verdicts, names }) =>
    say(
      `${plural(names.length, { one: '# running container', other: '# running containers' })} would not survive this.`,
      `${names.length === 0 ? 'Containers' : list(names)} would ${list([...new Set(verdicts.map((verdict) => fates[verdict]))])}. ${unchanged}`,
      'Turn live restore on first, or confirm that this may happen.',
    ),
  'risk.not-accepted': ({ risks, keys }) =>
    say(
      `This change is risky: ${list(keys)}.`,
      `It was not confirmed (${list(risks)}). ${unchanged}`,
      'Read what each change can do, and confirm it if you want it.',
    ),
  'lock.held': ({ pid }) =>
    say(
      'Another Afloat is changing this daemon.',
      `Process ${pid} has not finished. ${unchanged}`,
      'Wait until it is done, then try again.',
    ),
  'journal.pending': ({ path }) =>
    say(
      `An earlier change of ${path} was cut off.`,
      'It is not finished yet, so nothing new was begun.',
      'Start Afloat with the rights to finish it; it does so first.',
    ),
  'journal.stale': ({ path }) =>
    say(
      `An earlier change of ${path} was cut off, and the file was changed since.`,
      'The file was left as it is now.',
      'Look at the file. When it is right, reload the daemon.',
    ),
  'reload.not-taken': ({ lines, partly }) =>
    say(
      'The daemon did not take the new configuration.',
      `${partly ? 'It runs on, and may have taken a part of it.' : runsOn}${inItsWords(lines)}`,
      'Correct what the daemon’s log names, then try again.',
    ),
  'reload.killed-daemon': ({ lines }) =>
    say(
      'The daemon ended while it read its configuration.',
      `Running containers were left alone by that.${inItsWords(lines)}`,
      'Put the old configuration back before the daemon is started again, with live restore on.',
    ),
  'daemon.not-up': ({ lines, waitedMs }) =>
    say(
      'The daemon did not come up.',
      `It was waited for during ${seconds(waitedMs)} s.${inItsWords(lines)}`,
      'Correct what its log names, then start the daemon.',
    ),
  'daemon.silent': ({ lines, waitedMs }) =>
    say(
      'The daemon was started, but does not answer.',
      `Its process runs with daemon.json as it is now. It was waited for during ${seconds(waitedMs)} s.${inItsWords(lines)}`,
      waitForIt,
    ),
  'put-back.silent': ({ lines, waitedMs }) =>
    say(
      'The change failed, and the daemon that was started again does not answer.',
      `daemon.json has its old content again. The daemon’s process runs, and was waited for during ${seconds(waitedMs)} s.${lines.length === 0 ? '' : ` The change failed with: ${lines.join(' · ')}`}`,
      waitForIt,
    ),
  'orphan.changed': ({ pid }) =>
    say(
      `Process ${pid} is not that container’s any more.`,
      'No process was signaled.',
      'Look at the list again; it may have ended by itself.',
    ),
  'orphan.still-runs': ({ pid }) =>
    say(
      `Process ${pid} did not end, although it was told to.`,
      'It still runs without a daemon.',
      'It may wait for a disk or be frozen; look at its state in /proc.',
    ),
  'drill.unavailable': ({ what }) =>
    say(
      `There is no rehearsal for this kind of processor (${what}).`,
      'Nothing was started or restarted.',
      'What would become of each container is told without it: plan a restart.',
    ),
  'drill.would-stop': ({ names }) =>
    say(
      `A restart would not leave ${list(names)} running, so it is not rehearsed.`,
      'Nothing was restarted.',
      'Turn live restore on first, or rehearse when these containers do not run.',
    ),
  'drill.failed': ({ detail }) =>
    say(
      `The daemon could not run the container of the rehearsal: ${detail}.`,
      'The container was removed, if there was one.',
      'Correct what it names, and rehearse again.',
    ),
  'daemon.still-up': () =>
    say(
      'The daemon did not stop.',
      'It was told to end and still runs; it may end at any moment.',
      'Look at its log; containers that do not end may hold it up. Once it has ended, start it.',
    ),
  'daemon.comes-back': ({ pid }) =>
    say(
      'The daemon was started again at once.',
      `It was stopped, but process ${pid} runs now: somebody else starts it.`,
      'Stop it through whoever starts it, for example its socket unit or supervisor.',
    ),
  'containers.worse': ({ names }) =>
    say(
      `${plural(names.length, { one: '# container', other: '# containers' })} fared worse than foretold.`,
      `${list(names)} did not keep running. Nothing more was done, so that no second outage follows.`,
      'Start them again with docker start, and look at their logs.',
    ),
  'containers.not-started': ({ names, lines }) =>
    say(
      `${plural(names.length, { one: '# container', other: '# containers' })} could not be started again.`,
      `${list(names)} did not start; all others did.${inItsWords(lines)}`,
      'Remove that cause, then start them with docker start.',
    ),
  'containers.not-fallen': ({ ids }) =>
    say(
      'Nothing was started.',
      `Root does not find that ${list(ids.map((id) => id.slice(0, 12)))} ended with the daemon.`,
      'Show as administrator again, or start what you want with docker start.',
    ),
  'history.unknown': ({ id }) =>
    say(`There is no version ${id} of the file.`, unchanged, 'See which there are: afloat history'),
  'history.none-earlier': () =>
    say('No earlier version of the file is known.', unchanged, 'See what is known: afloat history'),
  'way-back.unknown': () =>
    say(
      'No version of the file is known that worked.',
      'Afloat was not there when the daemon last ran, or it ran without the file.',
      'Put right what is wrong in the file as it is, or move it away if there was none. See it: afloat check',
    ),
  'way-back.in-file': ({ path }) =>
    say(
      `The daemon last started with the very ${path} that is there.`,
      'No other version of it would help.',
      'Look at the last lines of its log.',
    ),
  'rescue.needless': () =>
    say('Nobody has to be saved.', 'The next start stops no container.', 'Start the daemon as usual.'),
  'rescue.would-lose': ({ path, keys, names }) =>
    say(
      `This start would not save ${list(names)}.`,
      `${list(keys)} ${keys.length === 1 ? 'is' : 'are'} not what the daemon ran with: it would not find its containers any more. ${unchanged}`,
      `Put ${list(keys)} back in ${path}, then try again.`,
    ),
  'service.refused': ({ manager, detail, command }) =>
    say(
      `${manager} did not do it.`,
      detail === '' ? unchanged : `It says: ${detail}`,
      orCommand('Remove that cause, then try again.', command),
    ),
  'service.never-ends': ({ unit }) =>
    say(
      `${unit} has KillMode=none: systemd would not end the daemon, and a new one does not start beside it.`,
      unchanged,
      `Give it KillMode=process, then try again: systemctl edit ${unit}`,
    ),
  'service.supervised': ({ by, command }) =>
    say(
      `This daemon is supervised by ${by}.`,
      `${by} would start it again by itself. ${unchanged}`,
      orCommand(`Do it through ${by}.`, command),
    ),
  'service.run-by-script': ({ unit }) =>
    say(
      `A script of ${unit} runs this daemon.`,
      `When the daemon ends, the script may end too, and systemd then ends whatever else is in ${unit}, containers among it. ${unchanged}`,
      `Let the script end with "exec dockerd", with KillMode=process: systemctl edit ${unit}`,
    ),
  'service.unavailable': ({ manager, command }) =>
    say(`${manager} cannot be used here.`, unchanged, orCommand('Do it by hand, then look again.', command)),
  ...authorization.problems,
  'sandbox.missing': ({ what }) =>
    say(
      'A sandbox daemon cannot be started here.',
      `Missing: ${list(what)}.`,
      'Install what is missing, then try again.',
    ),
  'sandbox.failed': ({ lines }) =>
    say(
      'The sandbox daemon did not start.',
      `Your own daemon was not touched.${inItsWords(lines)}`,
      'Look at those lines, then try again.',
    ),
  'diagnostics.not-saved': ({ path, cause }) =>
    say(
      'The diagnostics were not saved.',
      `${path} could not be written. The system says: ${cause}`,
      'Choose another place, or copy them instead.',
    ),
  'diagnostics.exists': ({ path }) =>
    say(
      `There is a file ${path} already.`,
      'It was left as it is, and the diagnostics were not saved.',
      'Name another file, or replace that one with --force.',
    ),
  usage: ({ detail }) => say(`This is not understood: ${detail}`, unchanged, 'See afloat --help.'),
  internal: ({ reference }) =>
    say(
      'Something went wrong inside Afloat.',
      `The log has the rest, under reference ${reference}.`,
      'Look again to see what is true now, and report it with the reference.',
    ),
};

const fates = { stops: 'stop', hidden: 'become invisible', lost: 'be lost' } as const;

const busyStates: Readonly<Record<string, string>> = {
  connecting: 'being looked for',
  reloading: 'reading its configuration',
  starting: 'starting',
  restarting: 'restarting',
  stopping: 'stopping',
  apply: 'taking a change',
  reload: 'reading its configuration',
  restart: 'restarting',
  start: 'starting',
  stop: 'stopping',
  recover: 'being repaired',
};

const busyWith = (verb: string): string => busyStates[verb] ?? `busy with “${verb}”`;

/** What happened, what state things are in, what to do. */
export const problem = (what: Problem): ProblemSaid =>
  // The table has the right function for every kind; TypeScript cannot follow that through the index.
  (sentences[what.kind] as (what: Problem) => ProblemSaid)(what);
