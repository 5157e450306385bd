// Where a daemon's API listens: reads the text of DOCKER_HOST, a context or a flag into its parts.
import { fail, ok, type Result } from '../contract/problem.ts';

/** An address of the Engine API, taken apart. */
export type Endpoint =
  | { readonly kind: 'unix'; readonly path: string }
  /** A Windows pipe, as the path that opens it. */
  | { readonly kind: 'npipe'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly tls: boolean }
  /** Reached by a program (`ssh`); its parts are read where that program is started. */
  | { readonly kind: 'ssh'; readonly url: string };

/** The endpoint of a daemon that nobody configured, on Linux and macOS. */
export const defaultEndpoint = 'unix:///var/run/docker.sock';

const plainPort = 2375;
const tlsPort = 2376;

/**
 * Reads an endpoint as the docker command line does: `unix:///path` (`unix:/path` and a bare absolute path too),
 * `npipe:////./pipe/name`, `tcp://host:port`, `http(s)://`, `host:port`, `ssh://user@host`. Fails with
 * `endpoint.invalid`; a relative socket path is invalid here because it would mean another daemon in every folder.
 */
export function parseEndpoint(text: string): Result<Endpoint> {
  const trimmed = text.trim();
  const [, scheme = '', rest = ''] = /^(unix|npipe|tcp|https?|ssh):(?:\/\/)?(.*)$/i.exec(trimmed) ?? [];
  const endpoint = trimmed.startsWith('/') ? unixSocket(trimmed) : byScheme(scheme.toLowerCase(), rest, trimmed);
  return endpoint ? ok(endpoint) : fail({ kind: 'endpoint.invalid', endpoint: text });
}

/**
 * An endpoint that was written in any of the accepted ways, in the one that everything else compares and cuts up: a
 * socket's address whole. Other addresses stay as they were written.
 */
export function endpointText(text: string): string {
  const parsed = parseEndpoint(text);
  return parsed.ok && parsed.value.kind === 'unix' ? `unix://${parsed.value.path}` : text.trim();
}

function byScheme(scheme: string, rest: string, text: string): Endpoint | null {
  switch (scheme) {
    case 'unix':
      return unixSocket(rest === '' ? '/var/run/docker.sock' : rest);
    case 'npipe':
      return rest === '' ? { kind: 'npipe', path: '//./pipe/docker_engine' } : { kind: 'npipe', path: rest };
    case 'tcp':
    case 'http':
      return tcp(rest, false);
    case 'https':
      return tcp(rest, true);
    case 'ssh':
      return ssh(rest);
    default:
      return text.includes(':') && !text.includes('://') ? tcp(text, false) : null;
  }
}

const unixSocket = (path: string): Endpoint | null =>
  path.startsWith('/') && !path.includes('\0') ? { kind: 'unix', path } : null;

function tcp(authority: string, tls: boolean): Endpoint | null {
  const url = urlOf(`http://${authority}`);
  if (!url || url.hostname === '' || url.username !== '' || url.pathname !== '/' || url.search !== '') return null;
  // Port 80 is left out of a parsed http URL, so that it is read from the text.
  const given = /:(\d+)\/?$/.exec(authority)?.[1];
  const port = given === undefined ? (tls ? tlsPort : plainPort) : Number(given);
  return { kind: 'tcp', host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port, tls };
}

function ssh(rest: string): Endpoint | null {
  const url = urlOf(`ssh://${rest}`);
  // A name that begins with a dash would be read as an option by ssh; docker refuses passwords in the address too.
  const safe = url !== null && url.hostname !== '' && !url.hostname.startsWith('-') && !url.username.startsWith('-');
  // The path of a socket there is read by that machine's shell.
  const plain = url !== null && url.password === '' && url.search === '' && /^[\w./-]*$/.test(url.pathname);
  return safe && plain ? { kind: 'ssh', url: `ssh://${rest}` } : null;
}

function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    // The constructor's only way to say that this is no address.
    return null;
  }
}

/** True where the API is reached over a file or pipe of this computer. */
export const isLocal = (endpoint: Endpoint): boolean => endpoint.kind === 'unix' || endpoint.kind === 'npipe';
