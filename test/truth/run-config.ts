// Has every configuration of the corpus judged by real daemons of a version, and keeps what they say; takes up where it ended.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { dirname, join } from 'node:path';
import { programsFor, type Version } from '../integration/real-daemon.ts';
import { hashOf, type Case } from './case.ts';
import { partFor, seed } from './corpus.ts';
import { judgeReload, judgeStart } from './judge.ts';
import { add, begin, readResults } from './results.ts';
import { openLane, prepareSwarm } from './world.ts';

type Task = { readonly one: Case; readonly what: 'start' | 'reload' };

export type RunOptions = {
  readonly folder: string;
  /** So many daemons at once. */
  readonly lanes: number;
  /** Judges anew what is known. */
  readonly fresh: boolean;
  readonly say: (line: string) => void;
};

/** Of the version that `dockerd` says it is; null where it says none. */
export const versionOf = (dockerd: string): string | null =>
  /version ([^\s,]+)/.exec(execFileSync(dockerd, ['--version'], { encoding: 'utf8' }))?.[1] ?? null;

/** Where containerd lies, beside the engines. */
export function containerdProgram(): string {
  const engines = JSON.parse(readFileSync(process.env['AFLOAT_ENGINES'] ?? '', 'utf8')) as { containerd: string };
  return join(dirname(engines.containerd), 'containerd');
}

/** False where it was told to stop before the end. */
export async function judgeConfigs(version: Version, options: RunOptions): Promise<boolean> {
  const { folder, lanes, say } = options;
  const programs = programsFor(version);
  const dockerd = versionOf(programs.dockerd) ?? '';
  const known = options.fresh ? null : readResults(folder, version);
  if (known === null || known.head.seed !== seed || known.head.dockerd !== dockerd) {
    const date = new Date().toISOString().slice(0, 10);
    begin(folder, version, { seed, dockerd, kernel: release(), date });
  }
  const done = readResults(folder, version)?.judged ?? [];
  const started = new Set(done.flatMap(({ hash, starts }) => (starts === undefined ? [] : [hash])));
  const reloaded = new Set(done.flatMap(({ hash, reloads }) => (reloads === undefined ? [] : [hash])));
  const part = partFor(version);
  const tasks: Task[] = [
    ...part.filter((one) => !started.has(hashOf(one))).map((one): Task => ({ one, what: 'start' })),
    ...part.filter((one) => one.reload && !reloaded.has(hashOf(one))).map((one): Task => ({ one, what: 'reload' })),
  ];
  say(`dockerd ${dockerd}: ${part.length} configurations, ${tasks.length} verdicts to get`);
  const began = Date.now();
  const total = tasks.length;
  async function work(): Promise<void> {
    if (tasks.length === 0) return;
    const lane = await openLane(programs, containerdProgram());
    try {
      await prepareSwarm(lane);
      for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
        const hash = hashOf(task.one);
        if (task.what === 'start') {
          const { starts, said } = await judgeStart(lane, task.one);
          add(folder, version, { hash, starts, ...(said === undefined ? {} : { said }) });
        } else {
          const { takes, said } = await judgeReload(lane, task.one);
          add(folder, version, { hash, reloads: takes, ...(said === undefined ? {} : { said }) });
        }
        const count = total - tasks.length;
        if (count % 100 === 0) say(`${count} of ${total}, ${Math.round((Date.now() - began) / 1000)} s`);
      }
    } finally {
      await lane.close();
    }
  }
  // What was begun is finished, so that nothing is left and the next run goes on from there.
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    tasks.splice(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  await Promise.all(Array.from({ length: lanes }, work));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
  return !stopped;
}
