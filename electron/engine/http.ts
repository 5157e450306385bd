// Requests to the Engine API over a socket: every one bounded in time and size, on one kept connection.
import { Agent, request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Duplex } from 'node:stream';
import type { Endpoint } from './endpoint.ts';
import type { TlsMaterial } from './tls-files.ts';

/** Why a request got no answer. */
export type HttpFailure =
  /** Nothing listens there, or nothing there took the connection within the limit. */
  | 'refused'
  /** The socket is not ours to open. */
  | 'denied'
  /** It took the connection, and nothing came within the limit. */
  | 'timeout'
  /** The certificates of both sides do not fit each other, or ours cannot be read. */
  | 'tls'
  /** The connection broke, or what came was no HTTP. */
  | 'broken'
  /** More than the limit came. */
  | 'too-large';

export type HttpAnswer =
  | {
      readonly ok: true;
      readonly status: number;
      readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
      readonly text: string;
    }
  | { readonly ok: false; readonly failure: HttpFailure };

/** An open answer that goes on until somebody closes it. */
export type HttpStream = {
  /** Resolves when the daemon hangs up or `close` was called. */
  readonly ended: Promise<void>;
  close(): void;
};

export type HttpLimits = {
  readonly limitMs: number;
  readonly maxBytes?: number;
  /** UTF-8 where not given; `latin1` keeps every byte of an answer that is not only text. */
  readonly encoding?: 'utf8' | 'latin1';
};

export type Http = {
  get(path: string, limits: HttpLimits): Promise<HttpAnswer>;
  /** Without a body. */
  post(path: string, limits: HttpLimits): Promise<HttpAnswer>;
  /** Resolves when the headers are there, which the daemon sends at once. */
  stream(
    path: string,
    limitMs: number,
    onText: (text: string) => void,
  ): Promise<
    { readonly ok: true; readonly stream: HttpStream } | { readonly ok: false; readonly failure: HttpFailure }
  >;
  /** Ends what waits for an answer as `broken`. A stream that is open is its owner's to close. */
  close(): void;
};

const usualMaxBytes = 64 * 1024 * 1024;
/** As many idle as busy: one that is closed is then always closed by the daemon, never to keep a bound. */
const keptSockets = 4;
const keepAliveProbeMs = 30_000;

/** Makes requests possible; connects to nothing yet. `dial` opens a stream where plain sockets do not reach (ssh). */
export function createHttp(
  endpoint: Endpoint,
  options: {
    readonly dial: (() => Duplex) | null;
    readonly tls: TlsMaterial | null;
    /**
     * The daemon closed an idle connection, or told with an answer that it closes a busy one: the first things that it
     * does when it is told to end (Go's net/http Server.Shutdown).
     */
    readonly onEnding?: () => void;
  },
): Http {
  const tls = endpoint.kind === 'tcp' && (endpoint.tls || options.tls !== null);
  const kept = { keepAlive: true, maxSockets: keptSockets, maxFreeSockets: keptSockets };
  const secureContext = tls ? contextOf(options.tls) : null;
  const isUnusable = tls && secureContext === null;
  const secrets = secureContext ? { secureContext, rejectUnauthorized: !options.tls?.skipVerify } : {};
  const agent = tls ? new TlsAgent({ ...kept, ...secrets }) : new Agent(kept);
  const { dial, onEnding = () => undefined } = options;
  const watched = new WeakSet<Duplex>();
  const idle = new WeakSet<Duplex>();
  const unanswered = new Set<() => void>();
  let closed = false;
  agent.on('free', (socket: Duplex) => {
    idle.add(socket);
    if (watched.has(socket)) return;
    watched.add(socket);
    // One that we broke off ourselves, because no answer came, is not idle.
    socket.once('close', () => (closed || !idle.has(socket) ? undefined : onEnding()));
  });
  if (dial) Object.assign(agent, { createConnection: () => dial() });

  const open = (path: string, own: boolean, method: 'GET' | 'POST' = 'GET'): ClientRequest => {
    const where =
      endpoint.kind === 'tcp'
        ? { host: endpoint.host, port: endpoint.port }
        : endpoint.kind === 'ssh'
          ? { host: 'docker' }
          : { socketPath: endpoint.path };
    // The stream has a connection of its own, closed with it: it would block the kept one for ever.
    // (An agent, even a fresh one, would keep `createConnection` of a request from being used.)
    const via = !own ? { agent } : dial ? { createConnection: () => dial() } : { agent: false as const };
    return (tls ? tlsRequest : plainRequest)({
      ...where,
      ...via,
      ...(tls ? secrets : {}),
      path,
      method,
      // Over TCP the name is the one that the daemon's certificate is checked against.
      ...(endpoint.kind === 'tcp' ? {} : { headers: { Host: 'docker' } }),
    });
  };

  const ask =
    (method: 'GET' | 'POST'): Http['get'] =>
    (path, { limitMs, maxBytes = usualMaxBytes, encoding = 'utf8' }) =>
      new Promise((resolve) => {
        if (isUnusable) return resolve({ ok: false, failure: 'tls' });
        const request = open(path, false, method);
        request.on('socket', (socket) => void idle.delete(socket));
        const limit = setTimeout(() => settle({ ok: false, failure: failureAtLimit(request) }), limitMs);
        const breakOff = (): void => settle({ ok: false, failure: 'broken' });
        unanswered.add(breakOff);
        const settle = (answer: HttpAnswer): void => {
          clearTimeout(limit);
          unanswered.delete(breakOff);
          resolve(answer);
          if (!answer.ok) request.destroy();
        };
        request.on('error', (error) => settle({ ok: false, failure: failureOf(error) }));
        request.on('response', (response) => {
          const parts: Buffer[] = [];
          let size = 0;
          response.on('data', (part: Buffer) => {
            size += part.length;
            if (size > maxBytes) settle({ ok: false, failure: 'too-large' });
            else parts.push(part);
          });
          response.on('error', breakOff);
          response.on('end', () => {
            const { statusCode = 0, headers } = response;
            settle({ ok: true, status: statusCode, headers, text: Buffer.concat(parts).toString(encoding) });
            if (!closed && headers.connection?.toLowerCase() === 'close') onEnding();
          });
        });
        request.end();
      });

  return {
    get: ask('GET'),
    post: ask('POST'),
    stream: (path, limitMs, onText) =>
      new Promise((resolve) => {
        if (isUnusable) return resolve({ ok: false, failure: 'tls' });
        const request = open(path, true);
        // Another machine that goes away without a word is noticed by the kernel.
        request.setSocketKeepAlive(true, keepAliveProbeMs);
        const limit = setTimeout(() => refuse(failureAtLimit(request)), limitMs);
        const breakOff = (): void => refuse('broken');
        unanswered.add(breakOff);
        const refuse = (failure: HttpFailure): void => {
          clearTimeout(limit);
          unanswered.delete(breakOff);
          request.destroy();
          resolve({ ok: false, failure });
        };
        request.on('error', (error) => refuse(failureOf(error)));
        request.on('response', (response) => {
          clearTimeout(limit);
          unanswered.delete(breakOff);
          if (response.statusCode !== 200) return refuse('broken');
          resolve({ ok: true, stream: streamOf(request, response, onText) });
        });
        request.end();
      }),
    close() {
      closed = true;
      for (const breakOff of unanswered) breakOff();
      agent.destroy();
    },
  };
}

/** A machine that is off, or behind a wall that drops what comes, says nothing to a connection either. */
const failureAtLimit = ({ socket }: ClientRequest): HttpFailure => (socket?.connecting ? 'refused' : 'timeout');

function streamOf(request: ClientRequest, response: IncomingMessage, onText: (text: string) => void): HttpStream {
  const ended = new Promise<void>((resolve) => {
    response.once('close', resolve);
    response.once('error', () => resolve());
    // A request that breaks after its headers tells it here too; without a listener that would be thrown.
    request.on('error', () => resolve());
  });
  // The decoder of the stream keeps a character that is split between two parts together.
  response.setEncoding('utf8');
  response.on('data', onText);
  return { ended, close: () => void request.destroy() };
}

/** Null where what the files hold is no authority, certificate or key, or these do not belong together. */
function contextOf(material: TlsMaterial | null): SecureContext | null {
  const { ca, cert, key } = material ?? {};
  try {
    return createSecureContext({ ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) });
  } catch {
    // OpenSSL's own words name neither the file nor what to do.
    return null;
  }
}

/** Codes of OpenSSL's alerts and of the check of a certificate (nodejs.org/api/tls.html, X509 certificate error codes). */
const tlsFailure =
  /^ERR_(SSL|TLS|OSSL)_|CERT|^UNABLE_TO_|^(INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/;

function failureOf(error: Error): HttpFailure {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (tlsFailure.test(code)) return 'tls';
  switch (code) {
    case 'ENOENT':
    case 'ECONNREFUSED':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENOTFOUND':
    case 'ENOTSOCK':
      return 'refused';
    case 'EACCES':
    case 'EPERM':
      return 'denied';
    case 'ETIMEDOUT':
    // The queue of a Unix socket is full: nobody takes connections out of it.
    case 'EAGAIN':
      return 'timeout';
    default:
      return 'broken';
  }
}
