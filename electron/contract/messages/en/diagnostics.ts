// English: what can be sent to others to find out what is wrong.

export const diagnostics = {
  /** First line of the text itself. */
  head: (time: string): string =>
    `Afloat diagnostics of ${time}. Passwords, tokens, names of hosts and the home folder are taken out.`,
  title: 'Diagnostics',
  what: 'A report on what is true now',
  help: 'Versions, the daemon, its configuration, findings, the last action and the end of the log, as one text. Passwords, tokens, host names and your home folder are taken out. Nothing is sent anywhere.',
  make: 'Show diagnostics',
  text: 'Diagnostics as they will be copied or saved',
  copy: 'Copy',
  save: 'Save…',
  close: 'Close',
  copied: 'Copied.',
  saved: (path: string): string => `Saved as ${path}.`,
  paths: 'Paths',
  log: 'Log of this app',
  preferences: 'Preferences of this app',
  configuration: 'Daemon configuration file',
};
