// The throw-away container of a rehearsal on the daemon: made, looked at, and removed with everything that belongs to it.
import { request } from 'node:http';
import { isJsonObject, type Json } from '../contract/json.ts';
import { withoutFrames } from './log-frames.ts';
import { stillRuns, type ProcessIdentity } from './process-identity.ts';

/** On the container; its value names the process that rehearses, so that what a dead one left is known. */
const label = 'app.afloat.drill';
const repository = 'afloat-drill';
const limitMs = 20_000;

export type DrillContainer = { readonly id: string; readonly pid: number; readonly startedAt: string };

export type DrillDaemon = {
  /** Makes and starts it. Throws with the daemon's words where it refuses. */
  start(image: { readonly archive: Uint8Array; readonly command: string }): Promise<string>;
  /** Null where the daemon does not know it; pid 0 where it does not run. */
  look(id: string): Promise<DrillContainer | null>;
  /** The numbers that it has counted so far, as logged. */
  counted(id: string): Promise<readonly number[]>;
  /** Removes ours, and those of processes that are gone. Failing to remove one does not keep the others. */
  clean(): Promise<void>;
};

/** `socketPath`: of a daemon that is proven to be ours to change. */
export function createDrillDaemon(socketPath: string, owner: ProcessIdentity): DrillDaemon {
  const tag = `${owner.pid}-${owner.startTicks}`;
  const ask = async (method: string, path: string, body: Uint8Array | object | null = null): Promise<string> =>
    (await send(socketPath, method, path, body)).toString('utf8');
  return {
    async start({ archive, command }) {
      await ask('POST', `/images/create?fromSrc=-&repo=${repository}&tag=${tag}`, archive);
      const made = await ask('POST', `/containers/create?name=${repository}-${tag}`, {
        Image: `${repository}:${tag}`,
        Cmd: [command],
        Labels: { [label]: tag },
        NetworkDisabled: true,
        // Where the restart stops it, nobody waits ten seconds for a program that does not listen.
        StopSignal: 'SIGKILL',
        // Whatever the daemon's own driver is, this one can be read back.
        HostConfig: { NetworkMode: 'none', LogConfig: { Type: 'json-file', Config: {} } },
      });
      const { Id: id } = JSON.parse(made) as { Id: string };
      await ask('POST', `/containers/${id}/start`);
      return id;
    },
    async look(id) {
      const text = await ask('GET', `/containers/${id}/json`).catch(notFound);
      if (text === null) return null;
      const { State: state } = JSON.parse(text) as { State: { Pid: number; StartedAt: string } };
      return { id, pid: state.Pid, startedAt: state.StartedAt };
    },
    async counted(id) {
      const bytes = await send(socketPath, 'GET', `/containers/${id}/logs?stdout=1`, null);
      return [...withoutFrames(bytes).matchAll(/^(\d{8})$/gm)].map(([, digits]) => Number(digits));
    },
    async clean() {
      const filter = encodeURIComponent(JSON.stringify({ label: [label] }));
      for (const container of listOf(await ask('GET', `/containers/json?all=1&filters=${filter}`))) {
        const labels = container['Labels'];
        const owned = isJsonObject(labels) ? labels[label] : null;
        if (typeof owned === 'string' && (await isOver(owned, tag)))
          await ask('DELETE', `/containers/${textOf(container['Id'])}?force=1&v=1`).catch(notFound);
      }
      const reference = encodeURIComponent(JSON.stringify({ reference: [repository] }));
      for (const image of listOf(await ask('GET', `/images/json?filters=${reference}`))) {
        for (const name of Array.isArray(image['RepoTags']) ? image['RepoTags'] : []) {
          const owned = textOf(name).split(':').at(-1) ?? '';
          if (await isOver(owned, tag)) await ask('DELETE', `/images/${textOf(name)}`).catch(notFound);
        }
      }
    },
  };
}

/** Ours, which we are done with, or that of a process that has ended. */
async function isOver(owned: string, own: string): Promise<boolean> {
  if (owned === own) return true;
  const [pid = '', startTicks = ''] = owned.split('-');
  return /^\d+$/.test(pid) && !(await stillRuns({ pid: Number(pid), startTicks }));
}

const listOf = (text: string) => {
  const list = JSON.parse(text) as Json;
  return (Array.isArray(list) ? list : []).filter((one: Json) => isJsonObject(one));
};
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** Gone is what was wanted, or an answer by itself; everything else is a failure. */
function notFound(error: unknown): null {
  if (error instanceof Error && /^404\b/.test(error.message)) return null;
  throw error;
}

/** One request; throws `status words` on anything but success. */
function send(socketPath: string, method: string, path: string, body: Uint8Array | object | null): Promise<Buffer> {
  const isArchive = body instanceof Uint8Array;
  const bytes = isArchive ? body : Buffer.from(body === null ? '' : JSON.stringify(body));
  const headers = {
    Host: 'docker',
    'Content-Type': isArchive ? 'application/x-tar' : 'application/json',
    'Content-Length': bytes.length,
  };
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, method, path, headers, agent: false, timeout: limitMs }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const bytes = Buffer.concat(parts);
        const { statusCode = 0 } = answer;
        if (statusCode >= 200 && statusCode < 400) resolve(bytes);
        else reject(new Error(`${statusCode} ${bytes.toString('utf8').trim()}`));
      });
    });
    call.on('timeout', () => call.destroy(new Error(`no answer within ${limitMs} ms`)));
    call.on('error', reject);
    call.end(bytes);
  });
}
