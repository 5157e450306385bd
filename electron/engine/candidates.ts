// Which daemons there are to choose from: the docker command line's own order, from files and variables alone.
import { ok, type Problem } from '../contract/problem.ts';
import type { Candidate } from '../contract/snapshot.ts';
import { createContexts, type ContextEndpoint } from './contexts.ts';
import { defaultEndpoint, endpointText, parseEndpoint } from './endpoint.ts';
import { tlsFilesIn, type TlsFiles } from './tls-files.ts';

/** What finding daemons may look at. Nothing of it connects to anything. */
export type Files = {
  readonly exists: (path: string) => boolean;
  /** The text of a file; null where it cannot be read. */
  readonly read: (path: string) => string | null;
  /** Names in a folder; empty where it cannot be read. */
  readonly list: (path: string) => readonly string[];
  /** The path without links; the path itself where that cannot be told. */
  readonly realPath: (path: string) => string;
};

export type Surroundings = {
  /** `--host` and `--context`, null where not given. */
  readonly host: string | null;
  readonly context: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** null where the system has no user numbers. */
  readonly uid: number | null;
  /** Where a daemon listens that nobody configured. */
  readonly usual?: string;
  readonly files: Files;
};

/** What was found. The first candidate is the one to take. */
export type Found = {
  readonly candidates: readonly Candidate[];
  /** TLS material of endpoints that need it, by endpoint. */
  readonly tls: ReadonlyMap<string, TlsFiles>;
  /** Why the wish could not be followed; then no candidate stands for it and none may be taken unasked. */
  readonly problem: Problem | null;
};

type Wish = { readonly candidate: Candidate; readonly tls: TlsFiles | null };

/**
 * Finds the daemons in docker's own order: `--host` or `--context`, DOCKER_HOST, DOCKER_CONTEXT, `currentContext` of
 * config.json, then the usual socket, rootless ones and the other contexts. What was asked for stays first even where
 * nothing listens there, so that its absence is told instead of another daemon being taken in silence. Of two names
 * for one socket the first stays. Problems: `context.unknown`, `endpoint.invalid`, `usage`.
 */
export function findCandidates(around: Surroundings): Found {
  const { files, env, uid } = around;
  const contexts = createContexts(files, env['DOCKER_CONFIG'] || `${around.home}/.docker`);
  const usual: Candidate = { endpoint: around.usual ?? defaultEndpoint, source: 'default', context: null };
  const wished = wishOf(around, contexts.current(), (name) => contexts.named(name));
  const problem = wished && !wished.ok ? wished.problem : null;

  const runtimeFolders = [env['XDG_RUNTIME_DIR'], uid === null ? undefined : `/run/user/${uid}`];
  const rootless = runtimeFolders
    .flatMap((folder) => (folder ? [`${folder}/docker.sock`] : []))
    .filter(files.exists)
    .map((path): Candidate => ({ endpoint: `unix://${path}`, source: 'rootless', context: null }));
  // An ordinary user without the system's daemon, but with one of their own, means that one.
  const usualIsThere = uid === 0 || isThere(usual.endpoint, files);
  const others = contexts.all().map(fromContext);
  const found: readonly Wish[] = [
    ...(wished?.ok ? [wished.value] : []),
    ...(usualIsThere ? [usual, ...rootless] : [...rootless, usual]).map((candidate) => ({ candidate, tls: null })),
    ...others.filter(({ candidate }) => isThere(candidate.endpoint, files)),
  ];
  const unique = found.filter(
    ({ candidate }, i) => found.findIndex((other) => place(other.candidate, files) === place(candidate, files)) === i,
  );
  return {
    candidates: unique.map(({ candidate }) => candidate),
    tls: new Map(unique.flatMap(({ candidate, tls }) => (tls ? [[candidate.endpoint, tls] as const] : []))),
    problem,
  };
}

/** What the user asked for by flag, variable or configuration; null where nothing was asked for. */
function wishOf(
  { host, context, env, home }: Surroundings,
  current: string | null,
  named: (name: string) => ReturnType<ReturnType<typeof createContexts>['named']>,
) {
  // docker refuses both together as well.
  if (host !== null && context !== null) {
    return { ok: false, problem: { kind: 'usage', detail: '--host, --context' } } as const;
  }
  const variable = env['DOCKER_HOST'] || null;
  const byAddress = (text: string, source: Candidate['source']) => {
    const parsed = parseEndpoint(text);
    if (!parsed.ok) return parsed;
    const tls = parsed.value.kind === 'tcp' ? tlsFromEnvironment(env, home) : null;
    return ok<Wish>({ candidate: { endpoint: endpointText(text), source, context: null }, tls });
  };
  if (host !== null) return byAddress(host, 'flag');
  const name = context ?? (variable === null ? env['DOCKER_CONTEXT'] || current : null);
  // The context named "default" is no context: it stands for DOCKER_HOST, or for the usual socket.
  if (name === null || name === 'default') return variable === null ? null : byAddress(variable, 'environment');
  const found = named(name);
  if (!found.ok) return found;
  const wish = fromContext(found.value);
  return ok(context === null ? wish : { ...wish, candidate: { ...wish.candidate, source: 'flag' as const } });
}

const fromContext = (context: ContextEndpoint): Wish => ({
  candidate: { endpoint: context.endpoint, source: 'context', context: context.name },
  tls: context.tls,
});

/** docker's variables: any value of DOCKER_TLS_VERIFY means TLS with checks, DOCKER_TLS without. */
function tlsFromEnvironment(env: Surroundings['env'], home: string): TlsFiles | null {
  const verify = Boolean(env['DOCKER_TLS_VERIFY']);
  if (!verify && !env['DOCKER_TLS']) return null;
  return tlsFilesIn(env['DOCKER_CERT_PATH'] || env['DOCKER_CONFIG'] || `${home}/.docker`, !verify);
}

/** True where a socket file exists; addresses elsewhere cannot be told without connecting and count as there. */
function isThere(endpoint: string, files: Files): boolean {
  const parsed = parseEndpoint(endpoint);
  return parsed.ok && (parsed.value.kind !== 'unix' || files.exists(parsed.value.path));
}

/** The same text for two names of one socket. */
function place({ endpoint }: Candidate, files: Files): string {
  const parsed = parseEndpoint(endpoint);
  return parsed.ok && parsed.value.kind === 'unix' ? `unix://${files.realPath(parsed.value.path)}` : endpoint;
}
