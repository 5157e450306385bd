// Takes this process out of its user's session where no systemd did so, so that a logout does not end it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hasSystemd } from './systemd.ts';

/** Into the topmost control group of every hierarchy that keeps sessions. Where there is none, there is nothing to leave. */
export function leaveSession(): void {
  if (hasSystemd()) return;
  for (const line of readFileSync('/proc/self/cgroup', 'utf8').split('\n')) {
    const [, kinds = '', path = ''] = line.split(':');
    if (!/session|user/.test(path)) continue;
    const name = kinds.replace(/^name=/, '');
    const top = [name === '' ? '/sys/fs/cgroup' : `/sys/fs/cgroup/${name}`, '/sys/fs/cgroup/unified']
      .map((folder) => `${folder}/cgroup.procs`)
      .find(existsSync);
    try {
      if (top !== undefined) writeFileSync(top, '0');
    } catch {
      // A hierarchy that nobody may move in: the session's end may then end us, and the journal tells of it.
    }
  }
}
