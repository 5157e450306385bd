// English: everything that only the command line says.
import { formatsFor } from '../format.ts';

const { plural, list, seconds } = formatsFor('en');

const orNothing = (text: string | null, make: (text: string) => string): string => (text === null ? '' : make(text));

const help = {
  general: `Usage: afloat COMMAND [OPTIONS]

Changes the Docker daemon without losing a container.

Commands:
  status              What is true now: daemon, configuration, live restore, containers
  options [KEY]       Every option: its value, where it comes from, what a change takes
  check [FILE|-]      Would the daemon start with this configuration?
  plan CHANGE...      What a change would do, to the daemon and to every container
  apply CHANGE...     Makes a change true, or puts everything back
  reload              Lets the daemon read its configuration again, with proof
  restart             Restarts the daemon, with proof
  start               Starts the daemon
  stop                Stops the daemon
  pipes               How full the log pipes are, and when each container blocks
  doctor              What could hurt this daemon and its containers, and what to do
  history [ID]        Every version of the file, and what happened to the daemon
  rollback [ID]       Puts an earlier version of the file back
  drill               Rehearses a restart with a throw-away container
  upgrade             What an upgrade of the engine would do, and the safe way
  watch               Tells the status as it changes
  preset [NAME]       Small reviewed changes: lists them, or shows what one would do
  export FORM CHANGE  The same change for many hosts: patch, shell, ansible, cloud-init
  diagnostics         What helps to find out what is wrong, without anything private

CHANGE is KEY=VALUE, --remove KEY, --patch FILE|-, --preset NAME, or a whole file: --from FILE|-.

Options of every command:
  --host URL          Which daemon, such as unix:///run/docker.sock
  --context NAME      Which daemon, by its Docker context
  --config-file PATH  Its configuration file; else found from the daemon
  --manager NAME      Who starts and stops it; else found
  --lang LANGUAGE     Language of the sentences: en, ja
  --json              One JSON document on standard output, nothing else
  --timeout SECONDS   How long to wait until the daemon's state is known (30)
  -h, --help          Help; with a command, about that command
  --version           Version of this program

Without --host and --context: DOCKER_HOST, the current context, the usual sockets.

Exit codes:
  0  done, or nothing to do        4  failed and not put back; it says how to repair
  1  refused or failed,            5  not authorized
     nothing is changed            6  no daemon
  2  the command line is wrong
  3  failed, the old file is back  130 ended by Ctrl-C

Examples:
  afloat status
  afloat plan live-restore=true
  afloat apply live-restore=true
`,

  status: `Usage: afloat status [OPTIONS]

What is true now: the daemon, its configuration file, the three truths about live
restore, containers, swarm, and what is worth knowing. Looking starts nothing: a
daemon whose socket waits for a connection stays down.

Exits with 0 in every known state, also when the daemon is down.

Examples:
  afloat status
  afloat status --json | jq .liveRestore.effective
  afloat status --host unix:///run/user/1000/docker.sock
`,

  options: `Usage: afloat options [KEY] [OPTIONS]

What is true of every option of dockerd, or of one: its value, where that comes from,
what the running daemon says, and what setting or removing it takes. What nobody tells
is called not known; nothing is guessed.

Examples:
  afloat options
  afloat options live-restore
  afloat options --json
`,

  check: `Usage: afloat check [FILE|-] [--engine VERSION] [--flags "..."] [--fix] [OPTIONS]

Would the daemon start with this configuration, reload it, and do what it says?
Without FILE: the daemon's own file. \`-\` is standard input. No daemon is needed for
a FILE, and nothing is written without --fix.

Options:
  --engine VERSION    For this version instead of the daemon's own, such as 28.5
  --flags "..."       With these arguments of dockerd instead of its own
  --fix               Puts right what needs no question, and leaves the rest: FILE in its
                      place, the daemon's own as \`afloat apply\`, \`-\` on standard output
  --yes               Does not ask. Dangers still need --accept
  --accept RISK       Takes a danger knowingly, as for \`afloat apply\`

Exits with 0 if it starts, 1 if it refuses.

Examples:
  afloat check
  afloat check new-daemon.json --engine 29.0 --flags "-H fd://"
  render-config | afloat check -
`,

  plan: `Usage: afloat plan CHANGE... [OPTIONS]

What \`afloat apply\` would do: the change of the file, what the daemon needs for it,
what becomes of every running container. Touches nothing.

Changes:
  KEY=VALUE           VALUE as JSON, else as text; dots in KEY go into objects,
                      and a name with dots stands in quotes: 'a."b.c"=1'
  --remove KEY        Takes the option out of the file
  --patch FILE|-      The edits of a patch file, all or none
  --preset NAME       A preset; a mirror as registry-mirror=URL
  --from FILE|-       A whole new file

Exits with 0 if \`apply\` could do it, else with the code that it would exit with.

Examples:
  afloat plan live-restore=true
  afloat plan log-driver=local log-opts.max-size=10m --remove mtu
  afloat plan 'registry-mirrors=["https://mirror.example.org"]' --json
  afloat plan --from new-daemon.json
`,

  preset: `Usage: afloat preset [NAME] [OPTIONS]

Without a name: the small reviewed changes that are offered for this daemon, and why
one is not. With a name: what \`afloat apply --preset NAME\` would do. Touches nothing.

Examples:
  afloat preset
  afloat preset log-rotation
  afloat preset registry-mirror=https://mirror.example.org
  afloat apply --preset address-pools
`,

  export: `Usage: afloat export patch|shell|ansible|cloud-init CHANGE... [OPTIONS]

Writes the change to standard output, for other hosts: as a patch file for
\`afloat apply --patch\`, or as a shell script, an Ansible task file or a cloud-init
configuration that edits only these options, checks, reloads or restarts in the right
order, proves it, and puts everything back where it is not taken. Touches nothing.

Changes:
  KEY=VALUE           VALUE as JSON, else as text; dots in KEY go into objects,
                      and a name with dots stands in quotes: 'a."b.c"=1'
  --remove KEY        Takes the option out of the file
  --patch FILE|-      The edits of a patch file, all or none
  --preset NAME       A preset; a mirror as registry-mirror=URL
  --from FILE|-       A whole new file

Examples:
  afloat export shell live-restore=true > change-daemon.sh
  afloat export ansible --preset log-rotation > change-daemon.yml
`,

  diagnostics: `Usage: afloat diagnostics [--output FILE] [--force] [OPTIONS]

One text that helps to find out what is wrong, the same as in the window: versions, the
daemon, its configuration, findings, the last action, and the end of the window's log.
Passwords, tokens, names of hosts and the home folder are taken out. Sends nothing.

Options:
  --output FILE       Into a new file that only you can read, not to standard output
  --force             Also over a file that is there

Examples:
  afloat diagnostics
  afloat diagnostics --output afloat-diagnostics.txt
`,

  apply: `Usage: afloat apply CHANGE... [--yes] [--accept RISK]... [OPTIONS]

Makes a change of daemon.json true: checks it, backs the file up, writes it, reloads
or restarts the daemon only if needed, and proves from the daemon itself that it was
taken. If that fails, everything is put back. On a terminal it shows the plan and asks.

Changes:
  KEY=VALUE           VALUE as JSON, else as text; dots in KEY go into objects,
                      and a name with dots stands in quotes: 'a."b.c"=1'
  --remove KEY        Takes the option out of the file
  --patch FILE|-      The edits of a patch file, all or none
  --preset NAME       A preset; a mirror as registry-mirror=URL
  --from FILE|-       A whole new file

Options:
  --yes               Does not ask. Dangers still need --accept
  --accept RISK       Takes a danger knowingly; may be given again:
                      stops, hides, loses, later-start-fails, start-fails,
                      locks-out-clients, ends-daemon

Examples:
  afloat apply live-restore=true
  afloat apply live-restore=true mtu=1400 --yes
  afloat apply --from new-daemon.json --yes --json
`,

  reload: `Usage: afloat reload [--accept RISK]... [OPTIONS]

Lets the daemon read its configuration file again. Containers are left alone. The
daemon's own reload event is the proof; without it the daemon's log tells why.

Options:
  --accept RISK       Takes a danger knowingly

Example:
  afloat reload
`,

  restart: `Usage: afloat restart [--accept RISK]... [OPTIONS]

Restarts the daemon and proves what became of every container. Where the file turns
live restore on and the daemon does not know it yet, it is reloaded first, so that
nobody stops. Refuses when containers would stop, unless that is accepted.

Options:
  --accept stops      Containers may stop

Examples:
  afloat restart
  afloat restart --accept stops
`,

  start: `Usage: afloat start [--accept RISK]... [--rescue [--set-back]] [OPTIONS]
       afloat start --working [--yes] [--accept RISK]... [OPTIONS]

Starts the daemon and waits until it answers. Where containers still run and the start
would stop them, it says so first and refuses.

Options:
  --rescue            Saves those containers: turns live restore on in the file before
                      the start, and leaves it on
  --set-back          With --rescue: sets file and daemon back once they are safe
  --working           Puts the last version of the file back with which the daemon ran,
                      and starts; shows the difference first. A daemon that does not come
                      up with it gets its file back, unless that would endanger containers
  --yes               With --working: does not ask. Dangers still need --accept
  --accept stops      Containers may stop

Examples:
  afloat start
  afloat start --rescue
  afloat start --working
`,

  stop: `Usage: afloat stop [--accept RISK]... [OPTIONS]

Stops the daemon. With live restore on, containers keep running. Refuses when they
would stop, unless that is accepted.

Options:
  --accept stops      Containers may stop

Examples:
  afloat stop
  afloat stop --accept stops
`,

  pipes: `Usage: afloat pipes [--enlarge BYTES] [OPTIONS]

While the daemon is down, containers write into pipes that nobody empties; one whose
pipe is full sleeps until the daemon is back. Shows how full they are and, from the
rate at which they fill, when each would block. Consumes nothing. Needs root.

Options:
  --enlarge BYTES     Makes every smaller pipe that large first, such as 1m, also before
                      a planned stop; it stays so until its container restarts

Examples:
  afloat pipes
  afloat pipes --enlarge 1m && afloat stop
`,

  doctor: `Usage: afloat doctor [OPTIONS]

Looks for what can hurt this daemon and its containers: its unit, its networks, ports
that were not restored, containers without process or shim, known faults of its version.
Changes nothing. A healthy daemon gets one line.

Examples:
  afloat doctor
  afloat doctor --json | jq -r '.findings[].message'
`,

  upgrade: `Usage: afloat upgrade [OPTIONS]

What the package manager would make of this engine, who would do it without being asked,
whether Docker supports that with running containers, and the way that loses nobody, as
commands to copy. Reads the lists as they were last fetched; of a snap, snapd is told to
look into its store. Upgrades nothing.

Examples:
  afloat upgrade
  afloat upgrade --json | jq -r '.steps[].command'
`,

  history: `Usage: afloat history [ID] [OPTIONS]

Every version of daemon.json that was seen here, by whom it was written where that can
be known, and what happened to the daemon. With ID, which may be cut short: the text of
that version on standard output.

Examples:
  afloat history
  afloat history 3f0c8a2e | diff - /etc/docker/daemon.json
`,

  rollback: `Usage: afloat rollback [ID] [--yes] [--accept RISK]... [OPTIONS]

Puts an earlier version of daemon.json back, as \`afloat apply --from\` would: planned,
checked, backed up, taken with proof, or undone. Without ID: the version before the one
that is in the file.

Options:
  --yes               Does not ask. Dangers still need --accept
  --accept RISK       Takes a danger knowingly

Examples:
  afloat rollback
  afloat rollback 3f0c8a2e --yes
`,

  drill: `Usage: afloat drill [--sandbox] [OPTIONS]

Rehearses a restart: starts a container of a few bytes that counts aloud, restarts the
daemon, and proves whether that container lived, and whether a line of its output was
lost. The container is removed afterwards. Where another container would not live
through a restart, nothing is restarted.

Options:
  --sandbox           On a private daemon with a copy of this configuration; the
                      daemon itself is not touched

Exits with 0 if the container survived, else with 1.

Examples:
  afloat drill
  afloat drill --sandbox --json | jq .survived
`,

  watch: `Usage: afloat watch [OPTIONS]

Tells the status now, and again whenever it changes, until Ctrl-C. With --json one
document a line, as of \`afloat status --json\`. Nothing is polled.

Examples:
  afloat watch
  afloat watch --json | jq --unbuffered -r .engine.state
`,
};

export const cli = {
  help,
  version: (version: string): string => `afloat ${version}`,

  usage: {
    hint: (command: string | null): string => `See: afloat ${orNothing(command, (name) => `${name} `)}--help`,
    didYouMean: (word: string): string => `Did you mean ${word}?`,
    commandMissing: 'A command is missing.',
    keyUnknown: (key: string): string => `There is no option ${key}.`,
    commandUnknown: (word: string): string => `There is no command ${word}.`,
    optionUnknown: (option: string): string => `There is no option ${option}.`,
    optionElsewhere: (option: string, command: string): string => `${command} takes no ${option}.`,
    bytesUnfit: (value: string): string => `--enlarge takes bytes from 64k to 64m, not ${value}.`,
    optionAlone: (option: string, needs: string): string => `${option} needs ${needs} beside it.`,
    optionTwice: (option: string): string => `${option} is given twice.`,
    valueMissing: (option: string): string => `${option} needs a value.`,
    formMissing: (command: string): string => `${command} needs a form.`,
    valueExtra: (option: string): string => `${option} takes no value.`,
    valueUnfit: (option: string, value: string): string => `${option} does not take ${value}.`,
    takes: (values: readonly string[]): string => `It takes: ${values.join(', ')}.`,
    secondsUnfit: (value: string): string => `--timeout takes seconds, more than 0 and up to 86400, not ${value}.`,
    versionUnfit: (value: string): string => `--engine takes a version such as 28.5, not ${value}.`,
    flagsUnfit: 'In --flags a quote is not closed.',
    together: (options: readonly string[]): string => `${list(options)} exclude each other.`,
    unexpected: (command: string, word: string): string => `${command} does not take ${word}.`,
    changeMissing: (command: string): string => `${command} needs a change.`,
    changeForms: 'Name it as KEY=VALUE, --remove KEY, --patch FILE, --preset NAME, or --from FILE.',
    changeUnfit: {
      'no-equals': (word: string): string => `${word} is no change: it has no value.`,
      'empty-key': (word: string): string => `In ${word} a part of the key is empty.`,
      quotes: (word: string): string => `In ${word} the quotes of the key cannot be read.`,
      number: (word: string): string => `${word} has a number that cannot be kept exactly.`,
    },
    changeTwice: (word: string): string => `${word} names a key that is named before.`,
    removeWithValue: (word: string): string => `--remove takes a key without a value, not ${word}.`,
    fromWithEdits: '--from, --patch and --preset are a change by themselves and take no other beside them.',
    inputUnreadable: (path: string, cause: string): string => `${path} cannot be read: ${cause}.`,
    inputNotText: (path: string): string => `${path} is not text in UTF-8.`,
    inputEmpty: 'Standard input is empty. What writes it may have failed; an empty configuration is {}.',
    standardInput: 'standard input',
  },

  /** In front of a sentence on standard error. */
  prefix: { problem: 'afloat: ', error: 'error', warning: 'warning', info: 'note' },

  labels: {
    engine: 'Engine',
    endpoint: 'Endpoint',
    manager: 'Run by',
    config: 'Configuration',
    liveRestore: 'Live restore',
    containers: 'Containers',
    swarm: 'Swarm',
    rights: 'Rights',
    operation: 'Under way',
    effect: 'Effect',
    gap: 'API down',
    proof: 'Proof',
    audit: 'Compared',
    backup: 'Backup',
    took: 'Took',
    log: 'The daemon says',
  },

  status: {
    versions: (version: string, apiVersion: string): string => `${version} (API ${apiVersion})`,
    rootless: 'rootless',
    context: (name: string): string => `Docker context ${name}`,
    /** Where else one may listen; nobody has looked whether it does. */
    others: (endpoints: readonly string[]): string => `Others may be at ${list(endpoints)}; --host chooses.`,
    pid: (pid: number): string => `process ${pid}`,
    config: {
      unknown: 'Not known',
      absent: (path: string): string => `${path}, not there`,
      read: (path: string): string => path,
      unreadable: (path: string): string => `${path}, cannot be read`,
    },
    truths: (daemon: string, file: string, flag: string): string => `${daemon} · file: ${file} · flag: ${flag}`,
    summary: (state: string, version: string | null, liveRestore: string, counts: string | null): string =>
      [state, version, `live restore: ${liveRestore}`, counts].filter((part) => part !== null).join(' · '),
  },

  presetLine: (name: string, title: string, said: string): string => `${name}  ${title}: ${said}`,

  plan: {
    nothing: 'Nothing changes: the file says so already.',
    nextStart: 'None now: the daemon is down and takes it at its next start',
    because: (effect: string, keys: readonly string[]): string => `${effect} because of ${list(keys)}`,
    gap: (ms: number, range: readonly [number, number] | null): string =>
      `about ${seconds(ms)} s${range === null ? '' : ` (${seconds(range[0])} to ${seconds(range[1])} s)`}`,
    notSet: 'not set',
    change: (key: string, from: string, to: string): string => `${key}: ${from} → ${to}`,
    waiting: (change: string): string => `${change} (waits for a start already; the restart takes it)`,
    removed: 'removed',
    needs: (accepts: readonly string[]): string => `Needs ${accepts.map((accept) => `--accept ${accept}`).join(' ')}`,
    blocked: 'This cannot be applied:',
    reasons: (reasons: readonly string[]): string => reasons.join(' '),
  },

  apply: {
    ask: (dangers: readonly string[]): string =>
      dangers.length === 0 ? 'Apply this? [y/N] ' : `Apply this, although ${list(dangers)}? [y/N] `,
    /** What a `yes` takes knowingly; ends the sentence of the question. */
    dangers: {
      stops: 'containers stop',
      hides: 'containers become invisible',
      loses: 'containers are lost',
      'later-start-fails': 'containers may not start again later',
      'start-fails': 'the daemon may not start',
      'locks-out-clients': 'clients may be locked out',
      'ends-daemon': 'the daemon may end by itself',
    },
    yesses: ['y', 'yes'] as readonly string[],
    declined: 'Nothing was changed.',
    add: (accepts: readonly string[]): string =>
      `To do it anyway add: ${accepts.map((accept) => `--accept ${accept}`).join(' ')}`,
  },

  outcome: {
    refused: 'Refused.',
    repair: {
      backup: (backup: string, path: string): string =>
        `To put the old file back: cp ${backup} ${path}, then: afloat reload, or afloat start where it is down`,
      look: 'See what is true now: afloat status',
    },
    seen: (key: string, value: string): string => `${key} is ${value}`,
    event: 'reload event',
    samePid: (pid: number): string => `daemon is process ${pid} as before`,
    newPid: (before: number | null, after: number): string =>
      before === null ? `daemon is process ${after}` : `daemon was process ${before}, is ${after}`,
    stopped: (names: readonly string[]): string => `stopped: ${list(names)}`,
    lost: (names: readonly string[]): string => `lost: ${list(names)}`,
    noGap: 'not at all',
    milliseconds: (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${seconds(ms)} s`),
    timing: (step: string, time: string): string => `${step} ${time}`,
  },

  check: {
    fixed: 'fixed',
    nothingToFix: 'There was nothing that could be put right without a question.',
    place: (path: string, line: number | null, column: number | null): string =>
      line === null ? `${path}: ` : `${path}:${line}:${column ?? 1}: `,
    starts: 'The daemon starts with this configuration.',
    refuses: 'The daemon refuses this configuration.',
    counts: (errors: number, warnings: number): string =>
      [
        ...(errors > 0 ? [plural(errors, { one: '# error', other: '# errors' })] : []),
        ...(warnings > 0 ? [plural(warnings, { one: '# warning', other: '# warnings' })] : []),
      ].join(', '),
  },

  options: {
    sources: {
      default: 'default',
      file: 'file',
      flag: 'flag',
      'drop-in': 'flag in a drop-in',
      environment: 'flag in an environment file',
      running: 'running daemon',
    },
    waits: 'another one waits',
    labels: {
      value: 'Value',
      source: 'Comes from',
      default: 'Default',
      file: 'In the file',
      flag: 'By flag',
      running: 'In the daemon',
      pending: 'Waits',
      set: 'When set',
      remove: 'When removed',
      risk: 'Risk',
      locked: 'Locked',
    },
    notSet: 'not set',
    notKnown: 'not known',
    notTold: 'not told by the daemon',
    byFlag: (name: string, value: string, place: string): string =>
      `${name} ${value}${place === '' ? '' : ` (${place})`}`,
  },

  waiting: 'Waiting for the daemon…',
  recovered: (outcome: string): string => `A change that had been cut off was found. ${outcome}`,
  interrupt: {
    wait: 'Please wait: this ends by itself, done or put back. Ctrl-C again leaves at once.',
    left: 'Left in the middle. The next start of Afloat finishes it or puts the old file back.',
  },
  unwritten: (cause: string): string => `Standard output could not be written: ${cause}.`,
  bug: (reference: string): string => `A mistake of Afloat itself, reference ${reference}:`,
};
