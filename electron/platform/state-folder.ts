// Where journal, backups, history and locks are kept.
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Root's own, which the privileged step writes to whoever asks. */
export const rootStateFolder = '/var/lib/afloat';

/** Of whoever runs this process: root's own folder for root, the user's state folder otherwise. */
export function usualStateFolder(): string {
  if (process.getuid?.() === 0) return rootStateFolder;
  return join(process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'afloat');
}
