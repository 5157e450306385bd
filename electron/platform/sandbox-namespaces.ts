// Namespaces for a sandbox daemon, and the dead-man switch that ends everything in them when their owner is gone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export type SandboxNamespaces = {
  /** A process that lives in them as long as they are held: `/proc/PID/ns` is the way in. */
  readonly pid: number;
  /** Kills all that lives in them, removes their control groups and the folder. Safe to call twice. */
  end(): Promise<void>;
};

/**
 * Inside. `/run` is a new one: shims listen below /run/containerd wherever the daemon has its roots, a system's containerd
 * would be taken instead of an own one, and a running systemd would be asked for control groups. `/etc` is a copy on
 * write, because 20.10 makes a key file there. The folder itself stays the one that everybody sees.
 */
const insideScript = `
set -e
ip link set lo up
exec 3<"$1"
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/etc/upper /run/etc/work
mount -t overlay -o lowerdir=/etc,upperdir=/run/etc/upper,workdir=/run/etc/work overlay /etc 2>/dev/null || true
case "$1" in /run/*) mkdir -p "$1"; mount --no-canonicalize --bind /proc/self/fd/3 "$1" ;; esac
mount -t tmpfs -o mode=711 tmpfs "$1/data"
exec 3<&-
echo ready $$
exec sleep 2147483647
`;

/**
 * Outside: holds the process inside, and waits for the end of its own input, which is a pipe from the owner and so ends
 * however the owner ends. Containers have namespaces of their own and are found by control group.
 */
const holderScript = `
trap '' HUP INT TERM
unshare --mount --net --propagation private -- sh -c "$3" sh "$1" &
inside=$!
exec >&-
cat >/dev/null
own=$(readlink /proc/$inside/ns/mnt)
round=0
while [ $round -lt 40 ]; do
  round=$((round + 1))
  found=
  # A frozen process does not die: a paused container, or one whose stop was interrupted.
  for state in /sys/fs/cgroup/freezer/"$2"/*/freezer.state; do [ -w "$state" ] && echo THAWED >"$state"; done
  for state in /sys/fs/cgroup/"$2"/*/cgroup.freeze; do [ -w "$state" ] && echo 0 >"$state"; done
  for procs in /sys/fs/cgroup/*/"$2"/*/cgroup.procs /sys/fs/cgroup/"$2"/*/cgroup.procs; do
    [ -r "$procs" ] && while read -r pid; do kill -KILL "$pid" 2>/dev/null && found=1; done <"$procs"
  done
  links=$(ls -l /proc/[0-9]*/ns/mnt 2>/dev/null)
  while read -r link; do
    case "$link" in
      *"-> $own")
        pid=\${link#*/proc/}; pid=\${pid%%/*}
        [ "$pid" = $inside ] || { kill -KILL "$pid" 2>/dev/null && found=1; } ;;
    esac
  done <<LINKS
$links
LINKS
  [ -n "$found" ] || break
  sleep 0.03
done
kill -KILL $inside 2>/dev/null
wait $inside 2>/dev/null
# The kernel lets go of a group a moment after its last process.
round=0
while [ $round -lt 40 ] && [ -n "$(ls -d /sys/fs/cgroup/*/"$2" /sys/fs/cgroup/"$2" 2>/dev/null)" ]; do
  round=$((round + 1))
  find /sys/fs/cgroup/*/"$2" /sys/fs/cgroup/"$2" -depth -type d -exec rmdir {} + 2>/dev/null || sleep 0.03
done
rm -rf "$1"
`;

/**
 * Makes a network and a mount namespace. `folder` is real (no links) and has a folder `data`, which becomes a file system
 * in memory inside; `group` is the control group below which the daemon puts its containers. Resolves with the system's
 * own words where that is not possible; the folder is gone then.
 */
export async function openNamespaces(
  folder: string,
  group: string,
  env: NodeJS.ProcessEnv,
): Promise<SandboxNamespaces | { readonly lines: readonly string[] }> {
  const holder = spawn('sh', ['-c', holderScript, 'sh', folder, group, insideScript], {
    env,
    // Ctrl-C in the owner's terminal is the owner's to answer.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exited = once(holder, 'exit');
  let said = '';
  let errors = '';
  holder.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4_000)));
  const ready = new Promise<number | null>((resolve) => {
    holder.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const pid = /^ready (\d+)$/m.exec(said)?.[1];
      if (pid !== undefined) resolve(Number(pid));
    });
    // Only the process inside holds this pipe: it ends when that one does.
    holder.stdout.on('close', () => resolve(null));
  });
  async function end(): Promise<void> {
    holder.stdin.end();
    await exited;
  }
  const pid = await ready;
  if (pid !== null) return { pid, end };
  await end();
  return { lines: errors.split('\n').filter((line) => line !== '') };
}
