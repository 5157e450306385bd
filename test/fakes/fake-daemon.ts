// An Engine API server that does as it is told: answers, is silent, breaks off or drips, and counts who came.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { once } from 'node:events';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** What a path without its version answers; a document is sent as JSON. */
export type Script = { readonly [path: string]: Answer | object };

export type FakeDaemon = {
  readonly socketPath: string;
  /** Connections since it was made, over all starts. */
  connections(): number;
  /** Connections that are open now. */
  open(): number;
  /** Paths with their query that were asked for, in order. */
  readonly asked: readonly string[];
  /** Replaces what these paths answer from now on. */
  script(more: Script): void;
  /** Sends a line to everybody who listens to events. */
  event(event: object): void;
  /** Sends these bytes to everybody who listens to events. */
  raw(part: Buffer | string): void;
  listeners(): number;
  start(): Promise<void>;
  /** Ends like a process that is killed: every connection is cut and the socket goes away. */
  stop(): Promise<void>;
};

export const info = (more: object = {}): object => ({
  ID: 'fake-id',
  Name: 'fake',
  ServerVersion: '28.5.2',
  OSType: 'linux',
  OperatingSystem: 'Debian GNU/Linux 12 (bookworm)',
  SecurityOptions: ['name=seccomp,profile=builtin', 'name=cgroupns'],
  DockerRootDir: '/var/lib/docker',
  Driver: 'overlay2',
  LiveRestoreEnabled: false,
  Debug: false,
  Warnings: null,
  Swarm: { LocalNodeState: 'inactive', ControlAvailable: false },
  ...more,
});

export const listed = (id: string, more: object = {}): object => ({
  Id: id,
  Names: [`/${id}`],
  Image: 'busybox',
  State: 'running',
  Status: 'Up 2 minutes',
  Ports: [],
  ...more,
});

export const inspected = (id: string, pid: number, state: object = {}): object => ({
  Id: id,
  Name: `/${id}`,
  State: { Status: 'running', Pid: pid, StartedAt: '2026-01-02T03:04:05.6Z', ExitCode: 0, ...state },
  Config: { Image: 'busybox' },
  HostConfig: { RestartPolicy: { Name: 'always' }, AutoRemove: false },
  NetworkSettings: { Ports: { '80/tcp': [{ HostIp: '::', HostPort: '8080' }], '81/tcp': null } },
});

export const ping: Answer = (_request, response) =>
  void response.writeHead(200, { 'Api-Version': '1.51', 'Content-Type': 'text/plain' }).end('OK');

/** Takes the request and never answers. */
export const silent: Answer = () => undefined;

/** Makes a server that is not listening yet. */
export function createFakeDaemon(socketPath: string, first: Script = {}): FakeDaemon {
  let connections = 0;
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const streams = new Set<ServerResponse>();
  let answers: Script = { '/_ping': ping, '/info': info(), '/containers/json': [], '/events': streamTo, ...first };
  let server: Server | null = null;

  function streamTo(_request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders();
    streams.add(response);
    response.once('close', () => streams.delete(response));
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? '';
    asked.push(url);
    const scripted = answers[url.replace(/^\/v[\d.]+/, '').replace(/\?.*$/, '')];
    if (typeof scripted === 'function') scripted(request, response);
    else if (scripted) response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(scripted));
    else response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"message":"no such thing"}');
  }

  const raw = (part: Buffer | string): void => {
    for (const stream of streams) stream.write(part);
  };
  return {
    socketPath,
    connections: () => connections,
    open: () => sockets.size,
    asked,
    script: (more) => void (answers = { ...answers, ...more }),
    event: (event) => raw(`${JSON.stringify(event)}\n`),
    raw,
    listeners: () => streams.size,
    async start() {
      const made = createServer(answer);
      made.keepAliveTimeout = 0;
      made.on('connection', (socket) => {
        connections += 1;
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
      });
      server = made;
      made.listen(socketPath);
      await once(made, 'listening');
    },
    async stop() {
      const ending = server;
      server = null;
      if (!ending) return;
      const closed = once(ending, 'close');
      ending.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
