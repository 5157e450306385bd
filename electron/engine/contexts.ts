// Docker contexts as the docker command line keeps them: config.json and one meta.json a context.
import { createHash } from 'node:crypto';
import { isJsonObject, type Json } from '../contract/json.ts';
import { fail, ok, type Result } from '../contract/problem.ts';
import type { Files } from './candidates.ts';
import { endpointText, parseEndpoint } from './endpoint.ts';
import { tlsFilesIn, type TlsFiles } from './tls-files.ts';

/** A named endpoint. */
export type ContextEndpoint = {
  readonly name: string;
  readonly endpoint: string;
  /** null where it has neither certificates nor a wish about checking them. */
  readonly tls: TlsFiles | null;
};

export type Contexts = {
  /** The context chosen with `docker context use`; null where none is. */
  current(): string | null;
  /** A context by name; fails with `context.unknown` (also where its file cannot be used). */
  named(name: string): Result<ContextEndpoint>;
  /** Every context that can be used, by name; broken ones are left out. */
  all(): readonly ContextEndpoint[];
};

/** Reads the contexts in docker's configuration folder; a context's folder is the SHA-256 of its name. */
export function createContexts(files: Files, folder: string): Contexts {
  const metaFile = (id: string): string => `${folder}/contexts/meta/${id}/meta.json`;

  const load = (id: string): ContextEndpoint | null => {
    const meta = parsed(files.read(metaFile(id)));
    const name = field(meta, 'Name');
    const docker = field(field(meta, 'Endpoints'), 'docker');
    const endpoint = field(docker, 'Host');
    if (typeof name !== 'string' || typeof endpoint !== 'string' || !parseEndpoint(endpoint).ok) return null;
    if (idOf(name) !== id) return null;
    const skipVerify = field(docker, 'SkipTLSVerify') === true;
    const tlsFolder = `${folder}/contexts/tls/${id}/docker`;
    const needsTls = skipVerify || files.list(tlsFolder).length > 0;
    return { name, endpoint: endpointText(endpoint), tls: needsTls ? tlsFilesIn(tlsFolder, skipVerify) : null };
  };

  return {
    current() {
      const name = field(parsed(files.read(`${folder}/config.json`)), 'currentContext');
      return typeof name === 'string' && name !== '' ? name : null;
    },
    named(name) {
      const context = load(idOf(name));
      return context ? ok(context) : fail({ kind: 'context.unknown', name, path: metaFile(idOf(name)) });
    },
    all() {
      return files
        .list(`${folder}/contexts/meta`)
        .flatMap((id) => load(id) ?? [])
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

const idOf = (name: string): string => createHash('sha256').update(name).digest('hex');

const field = (value: Json | undefined, key: string): Json | undefined =>
  isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

function parsed(text: string | null): Json | undefined {
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    // A broken file counts as none: docker's own files are not ours to judge, and `named` tells of what is missing.
    return undefined;
  }
}
