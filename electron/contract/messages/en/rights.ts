// English: what this user may do, and what to do by hand where that is not enough.
import type { ConfigFile } from '../../snapshot.ts';
import type { Rights } from '../../rights.ts';

/** Whether a file may be read and replaced. */
function file(config: ConfigFile): string {
  if (config.state === 'unknown') return 'Not known.';
  if (config.state === 'absent')
    return config.writable.ok ? 'You may make it.' : 'There is none, and you may not make it.';
  if (config.state === 'unreadable' && config.etag === null) return 'You may not read it.';
  return config.writable.ok ? 'You may read and write it.' : 'You may read it.';
}

/** Whether the daemon's socket is open to us by its group. */
const group = (member: boolean | null): string => {
  if (member === null) return 'There is no socket now.';
  return member
    ? 'You are in the group that owns its socket. That is as much as being root.'
    : 'You are not in the group that owns its socket.';
};

/** How changes and verbs come about. */
function change({ step, control }: Rights): string {
  if (step === 'unneeded') return 'Your own rights decide.';
  if (step === 'missing') return 'By hand only: Afloat’s package is not installed, so it cannot ask for a password.';
  switch (control) {
    case 'yes':
      return 'You may, without a password.';
    case 'no':
      return 'An administrator does not allow it.';
    case 'asks':
    case null:
      return 'An administrator’s password is asked for, at most once for each change.';
  }
}

/** Whether systemd lets us manage its units. */
const unit = (allowed: Rights['unit']): string => {
  switch (allowed) {
    case 'yes':
      return 'You may manage systemd’s units.';
    case 'no':
      return 'You may not manage systemd’s units.';
    case 'asks':
      return 'systemd’s units are managed after an administrator’s password.';
    case null:
      return 'Not known.';
  }
};

export const rights = {
  title: 'Your rights',
  titles: { file: 'Configuration file', group: 'Talking to the daemon', change: 'Changing it', unit: 'Its unit' },
  file,
  group,
  change,
  unit,
  byHand: 'An administrator would run:',
  copy: 'Copy',
  copied: 'Copied',
  look: 'Show as administrator…',
  seenAt: (time: string): string => `Read as administrator at ${time}.`,
  /** Beside the button that applies. */
  asks: 'Asks for an administrator’s password.',
  asksNamed: (keys: readonly string[]): string =>
    `Asks for an administrator’s password each time, for: ${keys.join(', ')}.`,
};
