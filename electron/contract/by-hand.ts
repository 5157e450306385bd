// The commands that an administrator would run in our place, exactly as they can be pasted into a shell.
import type { Verb } from './ipc.ts';
import type { Plan } from './plan.ts';
import type { Rescue } from './outage.ts';
import type { WriteBlock } from './problem.ts';
import { lacksRights, type Rights } from './rights.ts';
import type { Target } from './snapshot.ts';

type Where = Pick<Target, 'manager' | 'unit' | 'pid' | 'configPath'>;

/** In single quotes nothing means anything to a shell but the quote itself. */
export const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** For a verb; null where nobody but the daemon's own program can do it. */
export function verbByHand(verb: Verb, { manager, unit, pid }: Where): string | null {
  switch (manager) {
    case 'systemd': {
      const name = quoted(unit ?? 'docker.service');
      if (verb === 'stop') return `sudo systemctl stop ${name} ${name.replace(/\.service$/, '.socket')}`;
      // Good restarts count against the limit of starts, three a minute.
      const reset = verb === 'restart' ? `sudo systemctl reset-failed ${name} && ` : '';
      return `${reset}sudo systemctl ${verb} ${name}`;
    }
    case 'systemd-user':
      return `systemctl --user ${verb} ${quoted(unit ?? 'docker.service')}`;
    case 'init-script':
      // The script has no reload.
      return verb === 'reload' ? hangUp(pid) : `sudo ${quoted(unit ?? '/etc/init.d/docker')} ${verb}`;
    case 'bare-process':
      return verb === 'reload' ? hangUp(pid) : null;
    case 'sandbox':
    case 'docker-desktop':
    case 'windows-service':
    case 'none':
      return null;
  }
}

/**
 * Saves who outlived the daemon: the start follows only if the text was written. Null where more than rights is missing,
 * or nobody but the daemon's own program can start it.
 */
export function rescueByHand({ text, blocked }: Pick<Rescue, 'text' | 'blocked'>, where: Where): string | null {
  if (!lacksRights(blocked)) return null;
  const write = changeByHand({ text, effect: 'none' }, where);
  const start = verbByHand('start', where);
  if (write === null || start === null) return null;
  return `${write} && ${start}`;
}

export type FileMark = Extract<WriteBlock, 'immutable' | 'append-only'>;

/** A mark of the file system is what keeps the file from being written. */
export const isMark = (block: WriteBlock): block is FileMark => block === 'immutable' || block === 'append-only';

/** Takes the mark from the file and from its folder: one of them has it, and which one is not told. */
export const unmarkByHand = (mark: FileMark, path: string): string =>
  `sudo chattr -${mark === 'immutable' ? 'i' : 'a'} ${quoted(path.slice(0, path.lastIndexOf('/')) || '/')} ${quoted(path)}`;

/** For who may not talk to the daemon: the group that Docker's packages give its socket to; null where it is no other's. */
export const joinByHand = ({ endpoint }: Pick<Target, 'endpoint'>, { step, group }: Rights): string | null =>
  endpoint.startsWith('unix://') && step !== 'unneeded' && group === false ? 'sudo usermod -aG docker "$USER"' : null;

const hangUp = (pid: number | null): string | null => (pid === null ? null : `sudo kill -HUP ${pid}`);

/** For a change of the file: writes the text that the plan shows over the old one, then tells the daemon. */
export function changeByHand({ text, effect }: Pick<Plan, 'text' | 'effect'>, where: Where): string | null {
  const path = where.configPath;
  if (text === null || path === null) return null;
  // `tee` writes into the file that is there, so that its owner and mode stay.
  const write = `printf %s ${quoted(text.after)} | sudo tee ${quoted(path)} >/dev/null`;
  const verbs: readonly Verb[] = {
    none: [],
    reload: ['reload' as const],
    restart: ['restart' as const],
    'reload-then-restart': ['reload' as const, 'restart' as const],
  }[effect];
  const tell = verbs.map((verb) => verbByHand(verb, where));
  return tell.includes(null) ? null : [write, ...tell].join(' && ');
}
