// A process that calls itself a containerd shim, with a child that stands for its container; and whatever lies in its folder.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

export type ShimProcess = {
  readonly pid: number;
  /** The first process of its container. */
  readonly child: number;
  /** In which it runs. */
  readonly folder: string;
  /** Resolves when nothing of it is left. */
  end(): Promise<void>;
};

type Options = {
  readonly id: string;
  readonly address: string;
  readonly uid?: number;
  /** How its program is really called: the name of a shim is only a link to it then. */
  readonly program?: string;
  /** It has forked a copy of itself, which goes on as such. */
  readonly beside?: boolean;
};

const shimName = 'containerd-shim-runc-v2';

/** Started as it would be by a containerd at this address. `parent`: a folder that anybody may enter. */
export async function shimProcess(
  parent: string,
  { id, address, uid = process.getuid?.() ?? 0, program = shimName, beside = false }: Options,
): Promise<ShimProcess> {
  const folder = mkdtempSync(join(parent, 's-'));
  chmodSync(folder, 0o777);
  copyFileSync('/bin/sh', join(folder, program));
  chmodSync(join(folder, program), 0o755);
  if (program !== shimName) symlinkSync(program, join(folder, shimName));
  const flags = ['-namespace', 'moby', '-id', id, '-address', address];
  const child: ChildProcess = spawn(
    join(folder, shimName),
    ['-c', `sleep 600 & echo $!; ${beside ? '(sleep 600; :) & ' : ''}wait`, ...flags],
    {
      cwd: folder,
      uid,
      gid: uid,
      stdio: ['ignore', 'pipe', 'inherit'],
      // A group of its own, so that all of it is ended.
      detached: true,
    },
  );
  const [line] = child.stdout === null ? [''] : ((await once(child.stdout, 'data')) as [Buffer]);
  const sleeper = Number(line.toString());
  // Between fork and exec it is a second one of its parent.
  while (readFileSync(`/proc/${sleeper}/comm`, 'utf8').trim() !== 'sleep')
    await new Promise((resolve) => setTimeout(resolve, 5));
  return {
    pid: child.pid ?? 0,
    child: sleeper,
    folder,
    async end() {
      const ended = once(child, 'exit');
      process.kill(-(child.pid ?? 0), 'SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
