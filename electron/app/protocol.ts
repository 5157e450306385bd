// Serves the page from `app://afloat/`: a fixed table of files in memory, nothing else, with a strict policy.
import type { Protocol } from 'electron';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { Language } from '../contract/messages/language.ts';

/** The page's own scheme and where it lives. */
export const SCHEME = 'app';
export const ORIGIN = `${SCHEME}://afloat`;
export const PAGE = `${ORIGIN}/`;

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const headers: Readonly<Record<string, string>> = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** What can be served: path in the address to bytes and type. */
export type FileTable = ReadonlyMap<string, { readonly bytes: Buffer; readonly type: string }>;

export type Answer = {
  readonly status: 200 | 404;
  readonly bytes: Buffer;
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** Reads the built page. Files of kinds that a page does not need (source maps) are left out. */
export function readFileTable(folder: string): FileTable {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && types[extname(entry.name)] !== undefined)
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const address = `/${relative(folder, path).split(sep).join('/')}`;
      return [address, { bytes: readFileSync(path), type: types[extname(path)] ?? '' }] as const;
    });
  return new Map(entries);
}

const nothing = Buffer.alloc(0);

/** The page is built once for each language, so that it opens with its sentences and without those of the others. */
const pages: Readonly<Record<Language, string>> = { en: '/index.html', ja: '/ja.html' };

/** What to answer to a request. Looks the path up as it stands: there is no file system that it could lead to. */
export function answerFor(table: FileTable, address: string, method: string, language: Language = 'en'): Answer {
  const url = URL.canParse(address) ? new URL(address) : null;
  const path = url?.pathname === '/' ? pages[language] : url?.pathname;
  const ours = url !== null && `${url.protocol}//${url.host}` === ORIGIN && method === 'GET';
  const file = ours && path !== undefined ? table.get(path) : undefined;
  if (file === undefined) return { status: 404, bytes: nothing, type: 'text/plain', headers };
  return { status: 200, bytes: file.bytes, type: file.type, headers };
}

/** To be called before the app is ready. */
export function declareScheme(protocol: Protocol): void {
  const privileges = { standard: true, secure: true, codeCache: true, supportFetchAPI: false };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/**
 * Answers requests from the table.
 *
 * `registerBufferProtocol` rather than `protocol.handle`: from process start to first contentful paint a bare page took
 * 305 ms with it and 340 ms with `handle` (medians of 9 interleaved runs on 33.2.1, without a GPU), because `handle`
 * goes through `Request`, `Response` and streams in JavaScript. It is marked deprecated and still there in 45; once it
 * is gone, `handle` with `answerFor` takes its place.
 */
export function serve(protocol: Protocol, table: FileTable, language: () => Language): void {
  protocol.registerBufferProtocol(SCHEME, (request, respond) => {
    const answer = answerFor(table, request.url, request.method, language());
    respond({
      statusCode: answer.status,
      data: answer.bytes,
      mimeType: answer.type,
      charset: 'utf-8',
      headers: { ...answer.headers },
    });
  });
}
