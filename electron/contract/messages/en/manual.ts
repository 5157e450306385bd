// English: what the man page says beside the help of the command line.

export const manual = {
  section: 'Afloat',
  name: 'change the Docker daemon without losing a container',
  headings: {
    name: 'NAME',
    synopsis: 'SYNOPSIS',
    description: 'DESCRIPTION',
    commands: 'COMMANDS',
    options: 'OPTIONS',
    exitStatus: 'EXIT STATUS',
    environment: 'ENVIRONMENT',
    files: 'FILES',
    examples: 'EXAMPLES',
    seeAlso: 'SEE ALSO',
  },
  description: [
    'afloat is the command line of Afloat, which changes the configuration of the Docker daemon on this computer, reloads or restarts the daemon only where that is needed, proves from the daemon itself that the change was taken, and puts everything back where it was not. Before anything happens it says what becomes of every container.',
    'It uses the same engine as the window, which afloat-desktop opens. With --hidden that one starts in the tray; with --sandbox it opens on a private daemon to practice on.',
  ],
  environment: [
    ['DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CONFIG', 'Which daemon, as for docker itself.'],
    ['NO_COLOR', 'No colors, also on a terminal.'],
    ['LC_ALL, LC_MESSAGES, LANG', 'Language of the sentences, where --lang is not given.'],
  ] as readonly (readonly [string, string])[],
  files: [
    ['/etc/docker/daemon.json', 'The configuration of the daemon of the system, where the daemon names no other.'],
    ['~/.config/docker/daemon.json', 'The same of a rootless daemon.'],
    ['/var/lib/afloat', 'Journal and earlier versions of files that were changed as root.'],
    ['~/.local/state/afloat', 'The same of files that were changed as an ordinary user.'],
  ] as readonly (readonly [string, string])[],
};
