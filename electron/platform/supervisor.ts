// Tells whether somebody will start a daemon again behind our back: then nothing of ours may stop it.
import { ancestorsOf, dockerdProcesses, type ProcessView } from './processes.ts';

/** Programs that start again what they started. */
const restarting =
  /^(runsv|s6-supervise|supervisord|supervise|monit|circusd|god|supervise-daemon|daemon|immortal|dinit|finit|systemd)$/;
/** First processes of containers: they end with what they started, and the container with them. */
const containerInits = /^(tini|dumb-init|docker-init|catatonit|containerd-shim|conmon)$/;

/** A look at its parents: a supervisor is one of the two above it, with at most a shell in between. */
export function supervisorOf(daemon: ProcessView): ProcessView | null {
  const [parent, grandparent] = ancestorsOf(daemon);
  const supervises = (one: ProcessView | undefined): boolean => {
    if (one === undefined || one.pid === process.pid) return false;
    if (restarting.test(one.name)) return one.pid !== 1 || one.name !== 'systemd';
    // As pid 1 such a program also adopts what was left alone; then it was not told to run the daemon.
    return containerInits.test(one.name) && one.arguments.some((word) => /(^|\/)dockerd$/.test(word));
  };
  return [parent, grandparent].find(supervises) ?? null;
}

/** A program that waits for its child, and perhaps starts it again: a script with a loop, for example. */
export const hasParentThatWaits = ({ parent }: ProcessView): boolean => parent > 1 && parent !== process.pid;

/** Watches for so many ms whether another dockerd with the same arguments appears; resolves with it, or null. */
export async function comesBack(gone: ProcessView, watchMs: number): Promise<ProcessView | null> {
  const until = Date.now() + watchMs;
  const same = (one: ProcessView): boolean =>
    one.pid !== gone.pid && one.arguments.slice(1).join('\0') === gone.arguments.slice(1).join('\0');
  for (;;) {
    const back = dockerdProcesses().find(same);
    if (back || Date.now() >= until) return back ?? null;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
