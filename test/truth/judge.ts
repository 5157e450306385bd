// Judges one configuration with a real daemon: does it start with it, and does a running one take it by SIGHUP?
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { Case } from './case.ts';
import { startIn, startLimitMs, type Lane, type World } from './world.ts';

export type Start = {
  readonly starts: boolean;
  /** Its last words, where it does not start. */ readonly said?: string;
};
export type Reload = { readonly takes: boolean; readonly said?: string };

const pollMs = 15;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pollMs));

/** Ready is who answers `/_ping`, or says in the log that it listens (on another socket); refusing is who ends. */
export async function judgeStart(lane: Lane, one: Case): Promise<Start> {
  const world = startIn(lane, one.bytes, one);
  try {
    return await untilReady(world);
  } finally {
    await world.end();
  }
}

async function untilReady(world: World): Promise<Start> {
  const until = Date.now() + startLimitMs;
  while (!world.ended()) {
    if (Date.now() > until) return { starts: false, said: `not ready: ${lastWords(world.log())}` };
    if ((await pings(world.inside('/run/docker.sock'))) || world.log().includes('API listen on')) {
      return world.ended() ? { starts: false, said: lastWords(world.log()) } : { starts: true };
    }
    await pause();
  }
  return { starts: false, said: lastWords(world.log()) };
}

/** Begins with an empty file, and gives the configuration afterwards. */
export async function judgeReload(lane: Lane, one: Case): Promise<Reload> {
  const world = startIn(lane, new TextEncoder().encode('{}'), { kind: one.kind });
  try {
    const started = await untilReady(world);
    if (!started.starts) throw new Error(`an empty configuration does not start: ${started.said}`);
    writeFileSync(world.inside('/etc/docker/daemon.json'), one.bytes);
    const before = world.log().length;
    process.kill(world.pid, 'SIGHUP');
    const until = Date.now() + startLimitMs;
    while (!world.ended() && Date.now() < until) {
      const said = world.log().slice(before);
      // 28.5 says that it reloaded even after it has said that it could not; a reload that works says no error at all.
      const refused = /level=error msg="?([^\n]*)/.exec(said)?.[1];
      if (refused !== undefined) return { takes: false, said: shortened(refused) };
      if (said.includes('Reloaded configuration')) return { takes: true };
      await pause();
    }
    return { takes: false, said: `ended: ${lastWords(world.log().slice(before))}` };
  } finally {
    await world.end();
  }
}

function pings(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const call = request({ socketPath, path: '/_ping', agent: false, timeout: 500 }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode === 200));
      answer.on('error', () => resolve(false));
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve(false));
    call.end();
  });
}

/** The last line that is no notice, without its time: why a daemon ended. */
function lastWords(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '' && !/level=(info|debug|trace)/.test(line));
  return shortened(lines.at(-1) ?? '');
}

const shortened = (line: string): string =>
  line
    .replace(/^time="[^"]*" (?:level=\w+ )?(?:msg=)?/, '')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, '')
    .slice(0, 240);
