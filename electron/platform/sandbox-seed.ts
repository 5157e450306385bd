// Gives a sandbox daemon a small image and a few containers, through its Engine API.
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { tarOf, type TarEntry } from './tar.ts';

const image = 'afloat/sandbox:1';
const limitMs = 30_000;

/** What a seeded container runs and publishes. */
export type Seed = {
  readonly name: string;
  readonly command: readonly string[];
  /** Inner port that is published on any free port. */
  readonly publish?: number;
  /** Further fields of the API's HostConfig and of its body. */
  readonly hostConfig?: Readonly<Record<string, unknown>>;
  readonly config?: Readonly<Record<string, unknown>>;
};

/** A web server, something that writes logs, and something that only waits. */
export const usualSeeds: readonly Seed[] = [
  { name: 'web', command: ['httpd', '-f', '-p', '80', '-h', '/www'], publish: 80 },
  { name: 'worker', command: ['sh', '-c', 'i=0; while :; do echo tick $i; i=$((i+1)); sleep 1; done'] },
  { name: 'db', command: ['sleep', '2147483647'] },
];

/** Makes the image where it is missing and starts the containers. Throws with the daemon's words where it refuses. */
export async function seed(socketPath: string, busybox: string, seeds: readonly Seed[]): Promise<void> {
  await importImage(socketPath, imageOf(busybox));
  for (const { name, command, publish, hostConfig = {}, config = {} } of seeds) {
    const port = `${publish}/tcp`;
    const body = {
      ...config,
      Image: image,
      Cmd: command,
      ...(publish ? { ExposedPorts: { [port]: {} } } : {}),
      // A shell as first process ignores SIGTERM, which would make every stop of it take ten seconds.
      HostConfig: { Init: false, ...(publish ? { PortBindings: { [port]: [{ HostPort: '' }] } } : {}), ...hostConfig },
      StopSignal: 'SIGKILL',
    };
    const created = await send(
      socketPath,
      'POST',
      `/containers/create?name=${name}`,
      Buffer.from(JSON.stringify(body)),
    );
    const { Id: id } = JSON.parse(created) as { Id: string };
    await send(socketPath, 'POST', `/containers/${id}/start`, Buffer.alloc(0));
  }
}

/**
 * A daemon that answers before it has read everything closes the connection, and its words are lost with it (seen twice in
 * some two hundred first imports, by EPIPE): it is asked once more, which changes nothing where it had taken the image.
 */
async function importImage(socketPath: string, archive: Buffer): Promise<void> {
  const ask = () => send(socketPath, 'POST', '/images/create?fromSrc=-&repo=afloat/sandbox&tag=1', archive);
  await ask().catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'ECONNRESET') return ask();
    throw error;
  });
}

const applets = ['sh', 'sleep', 'cat', 'echo', 'httpd', 'nc', 'ls', 'ps', 'wget', 'top', 'dd', 'true', 'nslookup'];

function imageOf(busybox: string): Buffer {
  const entries: TarEntry[] = [
    ...['bin/', 'etc/', 'tmp/', 'www/'].map((name): TarEntry => ({ kind: 'folder', name })),
    { kind: 'file', name: 'bin/busybox', bytes: readFileSync(busybox), mode: 0o755 },
    { kind: 'file', name: 'www/index.html', bytes: Buffer.from('afloat\n'), mode: 0o644 },
    ...applets.map((name): TarEntry => ({ kind: 'link', name: `bin/${name}`, target: 'busybox' })),
  ];
  return tarOf(entries);
}

/** One request to the Engine API; resolves with the body, throws on anything but success. */
export function send(socketPath: string, method: string, path: string, body: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const type = path.startsWith('/images/create') ? 'application/x-tar' : 'application/json';
    const headers = { 'Content-Type': type, 'Content-Length': body.length };
    const call = request({ socketPath, method, path, headers, agent: false, timeout: limitMs }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        const { statusCode = 0 } = answer;
        if (statusCode >= 200 && statusCode < 400) resolve(text);
        else reject(new Error(`${method} ${path}: ${statusCode} ${text.trim()}`));
      });
    });
    call.on('timeout', () => call.destroy(new Error(`${method} ${path}: no answer within ${limitMs} ms`)));
    call.on('error', reject);
    call.end(body);
  });
}
