// Whose daemon it is, and where it keeps its things where nothing else is said (moby cmd/dockerd/config_unix.go).
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Identification } from '../engine/ports.ts';
import type { ProcessView } from './processes.ts';
import { runtimeFolder } from './systemd.ts';

type Owned = Pick<Identification, 'uid' | 'usual'>;

/** Of the system's daemon, and of one of which nothing is known. */
export const ofRoot: Owned = {
  uid: 0,
  usual: {
    execRoot: '/var/run/docker',
    dataRoot: '/var/lib/docker',
    containerd: '/run/containerd/containerd.sock',
  },
};

/** A rootless one looks into the folders of its user, also for a containerd that is not its own. */
function ofUser(uid: number, runtime: string, home: string, data: string | undefined): Owned {
  return {
    uid,
    usual: {
      execRoot: join(runtime, 'docker'),
      dataRoot: join(data || join(home, '.local', 'share'), 'docker'),
      containerd: join(runtime, 'containerd', 'containerd.sock'),
    },
  };
}

/** Of a process; in a user namespace it is root, but we see it with its user's id. */
export function ownedBy({ uids: [uid = 0], environment }: Pick<ProcessView, 'uids' | 'environment'>): Owned {
  if (uid === 0) return ofRoot;
  const { XDG_RUNTIME_DIR: runtime, XDG_DATA_HOME: data, HOME: home } = environment ?? {};
  return ofUser(uid, runtime || `/run/user/${uid}`, home ?? '/', data);
}

/** Of a unit of our own user's, before it runs. */
export const ownedByUs = (): Owned =>
  ofUser(process.getuid?.() ?? 0, runtimeFolder(), homedir(), process.env['XDG_DATA_HOME']);
