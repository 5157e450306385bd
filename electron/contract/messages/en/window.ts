// English: everything that only the window says.
import { formatsFor } from '../format.ts';
import { status } from './status.ts';

const { plural, list, number, seconds } = formatsFor('en');

const containers = (count: number): string => plural(count, { one: '# container', other: '# containers' });

const someOf = (count: number, all: number): string =>
  count < all ? `${count} of ${containers(all)}` : all === 1 ? 'The running container' : `All ${containers(all)}`;

export const window = {
  navigation: 'Pages',
  engine: 'Docker Engine',
  page: 'This page',
  logLines: 'Lines of the daemon’s log',
  pages: { general: 'General', daemon: 'Daemon', status: 'Status', history: 'History', about: 'About' },
  tabs: { label: 'Views of the configuration', basic: 'Basic', advanced: 'Advanced', json: 'JSON' },
  problems: (count: number): string => plural(count, { one: '# problem', other: '# problems' }),

  actions: {
    cancel: 'Cancel',
    dismiss: 'Dismiss',
    discard: 'Discard',
    review: 'Review',
    hideReview: 'Hide review',
    apply: 'Apply',
    applyReload: 'Apply and reload',
    applyRestart: 'Apply and restart',
    applyReloadRestart: 'Apply, reload and restart',
    add: 'Add',
    remove: (what: string): string => `Remove ${what}`,
    undo: (what: string): string => `Undo the change of ${what}`,
    reset: 'Undo',
    reload: 'Reload',
    restart: 'Restart…',
    restartDaemon: 'Restart daemon…',
    startDaemon: 'Start daemon',
    startUnsaved: 'Start without saving them…',
    stop: 'Stop…',
    refresh: 'Look again',
    reveal: 'Reveal file',
    revealIt: 'Reveal',
    revealLog: 'Reveal log',
    editJson: 'Edit in JSON',
    putRight: 'Fix',
    editLine: (line: number): string => `Go to line ${line}`,
    keepMine: 'Keep my text',
    takeFile: 'Use the file on disk',
    startSandbox: 'Start a sandbox daemon',
  },

  general: {
    appearance: 'Appearance',
    behavior: 'Behavior',
    daemon: 'Daemon',
    sandbox: 'Practice',
    theme: { title: 'Theme', help: 'Colors of this window.', system: 'System', light: 'Light', dark: 'Dark' },
    language: {
      title: 'Language',
      help: 'Of this window, the menu and notifications.',
      system: 'System',
      en: 'English',
      ja: '日本語',
    },
    openAtLogin: { title: 'Open at login', help: 'Starts in the tray, without a window.' },
    notifications: {
      section: 'Notifications',
      title: 'Show notifications',
      help: 'While this window is not in front.',
    },
    notices: {
      down: 'The daemon is down',
      back: 'The daemon is back',
      restarted: 'Somebody else restarted the daemon',
      'file-changed': 'Somebody else changed daemon.json',
      applied: 'A change, reload or restart is done',
      'rolled-back': 'A change was refused, failed or was rolled back',
      rescue: 'Containers can still be saved',
      'not-as-before': 'Something differs after a restart by others',
      fallen: 'Containers ended with the daemon',
      'pipes-filling': 'Containers will soon wait for the daemon',
    },
    noTray: 'This desktop shows no tray icons. Everything is reachable here and by the command afloat.',
    setAside: (path: string): string =>
      `Your preferences could not be read, so defaults are used. The old file: ${path}`,
    oneDaemon: 'The only daemon found on this computer.',
    locked: 'Apply or discard the open change first: the daemon stays the same under it.',
    context: (name: string): string => `Docker context “${name}”`,
    sandboxTitle: 'Sandbox daemon',
    sandboxHelp:
      'A private Docker daemon with a few containers, in its own network, to try things on. It touches nothing of yours.',
    sandboxMissing: (what: readonly string[]): string => `Not possible here: ${list(what)} is missing.`,
    sandboxStarting: 'Starting…',
    sandboxOn: (endpoint: string): string => `Running on ${endpoint}.`,
    sandboxFailed: 'It did not start.',
  },

  liveRestore: {
    title: status.liveRestore.title,
    truths: 'Where live restore is set',
    onceApplied: 'once applied',
    survives: (kept: number, all: number): string =>
      kept === all
        ? plural(all, {
            one: 'The running container would survive a restart.',
            other: `${kept} of # running containers would survive a restart.`,
          })
        : kept === 0
          ? plural(all, {
              one: 'A restart now would stop the running container.',
              other: 'A restart now would stop all # running containers.',
            })
          : `${kept} of ${containers(all)} would survive a restart; ${all - kept} would not.`,
    noContainers: 'No container is running: a restart stops nothing.',
    asking: 'Finding out who would survive a restart…',
    cannotTell: 'What a restart would do cannot be foretold now.',
  },

  field: {
    deferred: 'Next empty start',
    modified: 'Changed, not yet applied',
    otherValue: (value: string): string => `${value} (from the file)`,
  },
  locks: {
    readOnly: 'This daemon is only shown here, see Status.',
    notWritable: 'This file cannot be changed.',
    noFile: 'The configuration file of this daemon is not known.',
    broken: 'daemon.json cannot be read. Repair it in JSON first.',
    brokenDraft: 'The text in JSON is not valid yet.',
    flag: (flag: string): string =>
      `Set by the flag ${flag}. A flag and the file at once keep the daemon from starting.`,
    busy: 'Something is being done to the daemon right now.',
  },

  json: {
    label: 'Text of daemon.json',
    noFile: (path: string): string => `There is no file yet. It is made as ${path} when you apply.`,
    unknown: 'The configuration file of this daemon is not known.',
    position: (line: number, column: number): string => `Line ${line}, column ${column}`,
    asFile: 'As on disk',
    asDraft: 'With your changes, not yet applied',
    asText: 'Your text, not yet applied',
    notYours: (path: string): string => `You may not write to ${path}.`,
    notYoursHelp: 'Make your changes here: Afloat gives you the command for an administrator.',
    brokenKept: 'The file is shown as it is. It is never replaced without a click of yours.',
    unreadable: 'The text of the file cannot be shown.',
    readOnly: 'This file is only shown.',
  },

  bar: {
    label: 'Open change',
    layoutOnly: 'Only the layout of the file changes',
    asking: 'Finding out what this would do…',
    cannotPlan: 'What this would do cannot be foretold',
    blocked: 'This cannot be applied',
    byHand: 'Apply by hand',
    moved: 'daemon.json was changed by someone else meanwhile.',
    conflict: 'daemon.json was changed by someone else meanwhile',
    conflictHelp: 'Keep your text and write it over the new file, or take what the file says now.',
    fileGone: 'The file cannot be read now. Your changes are kept.',
    twoPhases: 'Live restore is reloaded first, so that no container stops.',
    later: (names: readonly string[]): string =>
      `${list(names)} ${names.length === 1 ? 'takes' : 'take'} effect at a start without running containers.`,
    restartBecause: (names: readonly string[]): string => `Restart because of ${list(names)}.`,
    alsoTakes: (names: readonly string[]): string => `The restart also takes what was waiting for one: ${list(names)}.`,
    allKeep: (count: number): string =>
      count === 0
        ? 'No container is running.'
        : plural(count, { one: 'The running container keeps running.', other: 'All # containers keep running.' }),
    someEnd: (stops: number, lost: number, all: number): string =>
      [
        ...(stops > 0 ? [`${someOf(stops, all)} ${stops === 1 ? 'stops' : 'stop'}.`] : []),
        ...(lost > 0
          ? [`${someOf(lost, all)} ${lost === 1 ? 'is' : 'are'} out of reach of the daemon afterwards.`]
          : []),
      ].join(' '),
    interrupted: (count: number): string =>
      plural(count, { one: '# is interrupted for a moment.', other: '# are interrupted for a moment.' }),
    count: containers,
    more: (count: number): string => `and ${number(count)} more`,
    diff: 'What changes in the file',
    fates: 'What happens to the containers',
    sameText: 'No line of the file changes.',
    addedLine: 'Added:',
    removedLine: 'Removed:',
  },

  confirm: {
    restart: 'Restart the daemon?',
    stop: 'Stop the daemon?',
    start: 'Start the daemon?',
    reload: 'Reload the configuration?',
    draft: 'Apply these changes?',
    liveRestoreOn: 'Turn live restore on?',
    liveRestoreOff: 'Turn live restore off?',
    wayBack: 'Put that version back and start?',
    asking: 'Finding out what would happen…',
    verbs: {
      restart: 'Restart',
      stop: 'Stop the daemon',
      start: 'Start',
      reload: 'Reload',
      draft: 'Apply',
      liveRestoreOn: 'Turn on',
      liveRestoreOff: 'Turn off',
      wayBack: 'Put back and start',
    },
    /** The button says what it does to containers. */
    and: (verb: string, { stops, hidden, lost }: Readonly<Record<'stops' | 'hidden' | 'lost', number>>): string => {
      if (stops > 0) return `${verb} and stop ${containers(stops)}`;
      if (lost > 0) return `${verb} and lose ${containers(lost)}`;
      return hidden > 0 ? `${verb} and hide ${containers(hidden)}` : verb;
    },
    risk: 'If you continue:',
  },

  progress: {
    step: (at: number): string => `Step ${number(at)}`,
    elapsed: (ms: number): string => `${seconds(ms)} s`,
    label: 'What is under way',
    asking: 'One moment…',
  },

  result: {
    says: (title: string, value: string): string =>
      `${title} is ${value === 'true' ? 'on' : value === 'false' ? 'off' : value} in the daemon.`,
    kept: (kept: number, before: number): string =>
      before === 0 ? '' : `${kept} of ${containers(before)} ${before === 1 ? 'keeps its' : 'keep their'} process.`,
    gap: (ms: number): string => `The API did not answer for ${seconds(ms)} s.`,
    took: (ms: number): string => `It took ${ms < 1000 ? `${number(Math.round(ms))} ms` : `${seconds(ms)} s`}.`,
  },

  status: {
    daemon: 'Daemon',
    containers: 'Containers',
    containersDown: 'Containers are shown again as soon as the daemon answers.',
    noContainers: 'This daemon has no containers.',
    findings: 'Worth knowing',
    last: 'Last action',
    warnings: 'The daemon warns',
    facts: {
      state: 'State',
      since: 'Since',
      version: 'Version',
      api: 'API version',
      system: 'Operating system',
      endpoint: 'Endpoint',
      manager: 'Run by',
      pid: 'Process',
      config: 'Configuration',
      dataRoot: 'Data root',
      storage: 'Storage driver',
      liveRestore: 'Live restore',
      swarm: 'Swarm',
    },
    noFile: 'no file yet',
    columns: { name: 'Name', state: 'State', pid: 'Process', ports: 'Ports', fate: 'If restarted' },
    containerStates: {
      running: 'Running',
      paused: 'Paused',
      restarting: 'Restarting',
      created: 'Created',
      exited: 'Ended',
      dead: 'Dead',
      removing: 'Being removed',
    },
    exitCode: (code: number): string => `exit code ${code}`,
    timings: 'How long each step took',
    milliseconds: (ms: number): string => `${number(Math.round(ms))} ms`,
    failedHelp: 'What it said last is below. Containers may still run; they are seen again when it is back.',
    hangingHelp:
      'Restart and Stop go through whoever runs the daemon, not through its API, so that they can work although it does not answer.',
    whyNot: {
      notRunning: 'It is not running.',
      running: 'It is running.',
      changing: 'Wait until it has settled.',
      busy: 'Something is being done to it right now.',
      hanging: 'It does not answer.',
      denied: 'You may not talk to it.',
      absent: 'There is no daemon.',
      noRights: 'Only an administrator can do that here.',
      readOnly: 'This daemon is only shown.',
    },
    install: 'How to install Docker Engine',
  },

  about: {
    tagline: 'Change the Docker daemon without losing a container.',
    versions: 'Versions',
    electron: 'Electron',
    chromium: 'Chromium',
    node: 'Node',
    engine: 'Docker Engine',
    unsupported: 'unsupported development runtime',
    noEngine: 'not running',
    links: 'Read on',
    link: {
      'docs.live-restore': 'Docker: live restore',
      'docs.daemon': 'Docker: daemon.json and its options',
      'docs.install': 'Docker: install the engine',
    },
    license: 'License',
    licenseText:
      'Afloat is free software under the Apache License 2.0. It comes without a warranty. It is not made or endorsed by Docker, Inc.; Docker is their trademark.',
  },
};
