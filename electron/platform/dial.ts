// Opens a stream to a daemon that plain sockets do not reach: over ssh, as the docker command line does.
import { spawn } from 'node:child_process';
import { Duplex, PassThrough, type Readable, type Writable } from 'node:stream';

/** How to open a stream to an endpoint; null where sockets do. Each stream is one ssh, ended with it. */
export function createDial(endpoint: string): (() => Duplex) | null {
  if (!endpoint.startsWith('ssh://')) return null;
  const url = new URL(endpoint);
  const port = url.port === '' ? [] : ['-p', url.port];
  const user = url.username === '' ? [] : ['-l', decodeURIComponent(url.username)];
  // The other side's shell reads the path; `parseEndpoint` lets only plain ones through.
  const socket = url.pathname.length > 1 ? ['--host', `unix://${url.pathname}`] : [];
  // Behind `--` nothing is an option, whatever the host is called; nobody is asked for a password behind a window.
  const args = [
    '-o',
    'BatchMode=yes',
    '-o',
    'ConnectTimeout=10',
    ...user,
    ...port,
    '--',
    url.hostname.replace(/^\[(.*)\]$/, '$1'),
    'docker',
    ...socket,
    'system',
    'dial-stdio',
  ];
  return () => {
    const child = spawn('ssh', args, { stdio: ['pipe', 'pipe', 'ignore'] });
    // Without a descriptor left there are no pipes; why not, is told below.
    const pipes = child as { readonly stdin?: Writable; readonly stdout?: Readable };
    const stream = Duplex.from({
      writable: pipes.stdin ?? new PassThrough(),
      readable: pipes.stdout ?? new PassThrough(),
    });
    // A missing ssh is told as a broken stream, which the connection takes for an unreachable daemon.
    child.on('error', (error) => stream.destroy(error));
    stream.on('close', () => child.kill());
    stream.on('error', () => child.kill());
    // http asks for these of every socket.
    return Object.assign(stream, {
      setTimeout: () => stream,
      setNoDelay: () => stream,
      setKeepAlive: () => stream,
      ref: () => stream,
      unref: () => stream,
    });
  };
}
