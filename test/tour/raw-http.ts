// Asks a Docker daemon by hand: plain text over its Unix socket, sharing no code with the app.
import { connect, type Socket } from 'node:net';

/** HTTP/1.0, so that the daemon neither keeps the connection nor cuts its answer into chunks. */
const questionFor = (path: string): string => `GET ${path} HTTP/1.0\r\nHost: docker\r\n\r\n`;

/** The body of the answer, or null where there is none, or none with status 200, within the limit. */
export function ask(socketPath: string, path: string, limitMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    let text = '';
    const limit = setTimeout(() => end(null), limitMs);
    const end = (answer: string | null): void => {
      clearTimeout(limit);
      socket.destroy();
      resolve(answer);
    };
    socket.setEncoding('utf8');
    socket.on('connect', () => socket.write(questionFor(path)));
    socket.on('data', (part: string) => (text += part));
    // A daemon that is down is one of the answers that are looked for.
    socket.on('error', () => end(null));
    socket.on('close', () => end(bodyOf(text)));
  });
}

/** Calls back with each line of an endless answer; `ended` is called once when it breaks off. */
export function follow(socketPath: string, path: string, onLine: (line: string) => void, ended: () => void): Socket {
  const socket = connect(socketPath);
  let rest = '';
  let inBody = false;
  socket.setEncoding('utf8');
  socket.on('connect', () => socket.write(questionFor(path)));
  socket.on('data', (part: string) => {
    rest += part;
    if (!inBody) {
      const headEnd = rest.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      rest = rest.slice(headEnd + 4);
      inBody = true;
    }
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') onLine(line);
  });
  socket.on('error', () => undefined);
  socket.on('close', ended);
  return socket;
}

function bodyOf(text: string): string | null {
  const headEnd = text.indexOf('\r\n\r\n');
  return headEnd >= 0 && /^HTTP\/1\.[01] 200 /.test(text) ? text.slice(headEnd + 4) : null;
}
