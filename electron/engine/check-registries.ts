// Registries, mirrors and proxies, and the addresses of name servers and search domains.
import { isJsonObject } from '../contract/json.ts';
import { fault, isOld, items, since, type Context, type Unplaced } from './check-context.ts';
import { urlParts, type UrlParts } from './go-values.ts';
import { parseAddress, parseRange } from './ip-range.ts';
import type { Hurt, ValueFault } from '../contract/check-kinds.ts';

export const registryFindings = (context: Context): readonly Unplaced[] => [
  ...each(context, 'registry-mirrors', (text) => mirror(text, context)),
  ...each(context, 'insecure-registries', (text) => registry(text, context)),
  ...(since(context, '28.1')
    ? []
    : each(context, 'allow-nondistributable-artifacts', (text) => artifacts(text, context))),
  ...each(context, 'dns', (text) => (isNameServer(text, context) ? null : ['not-an-ip', 'always'])),
  ...proxies(context),
  ...each(context, 'dns-search', (text) => (isDomain(text) ? null : ['not-a-domain', 'always'])),
];

/** The oldest takes spaces around it, the others take an empty one (measured on 20.10, 26.1, 28.5). */
const isNameServer = (text: string, context: Context): boolean =>
  isOld(context) ? parseAddress(text.trim()) !== null : text === '' || parseAddress(text) !== null;

type Verdict = readonly [ValueFault, Hurt] | null;

/** Before 28.1, which does nothing with it any more. */
function artifacts(text: string, context: Context): Verdict {
  return text.includes('://') ? ['url-scheme', 'start'] : registry(text, context);
}

const each = (context: Context, key: string, judge: (text: string) => Verdict): readonly Unplaced[] =>
  items(context, key).flatMap(([text, index]) => {
    const verdict = judge(text);
    return verdict === null ? [] : [fault([key, String(index)], text, ...verdict)];
  });

/** Looked at when the file is read by 28.5, and by older ones at every start and reload (measured on all three). */
function mirror(text: string, context: Context): Verdict {
  const hurts: Hurt = 'always';
  const parts = urlParts(text);
  // Without two slashes, older ones take the rest for something else than a host (measured on 20.10 and 26.1).
  const odd = isOld(context) ? /^https?:(?!\/)\S+$/i : /^https?:(?!\/\/)\S+$/i;
  if (parts === null && !since(context, '28.0') && odd.test(text)) return ['not-a-url', 'nothing'];
  if (parts === null) return ['not-a-url', hurts];
  if (!['http', 'https'].includes(parts.scheme)) return ['url-scheme', hurts];
  if ((parts.query ?? '') !== '' || (parts.fragment ?? '') !== '') return ['url-with-query', hurts];
  if (parts.user !== null) return ['url-with-user', hurts];
  if (isOld(context) && parts.path !== '' && parts.path !== '/') return ['url-with-path', hurts];
  // Docker takes it, and never finds a registry there.
  return isReachable(parts) ? null : ['not-a-url', 'nothing'];
}

/** Whether its host can be the name or the address of anything, and its port a port. */
const isReachable = ({ host, port, path }: UrlParts): boolean =>
  (parseAddress(host) !== null || isHostName(host)) && Number(port ?? 0) <= 65_535 && !/\s/.test(path);

/** Letters of all scripts, because names of domains may have them; four numbers are an address or nothing. */
const isHostName = (text: string): boolean =>
  /^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_-]*)(?:\.[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*)*\.?$/u.test(text) &&
  !/^\d+(?:\.\d+){3}$/.test(text);

/** As Go's client takes a proxy, with or without a scheme; with one that it cannot read every pull fails [source]. */
function proxies({ values }: Context): readonly Unplaced[] {
  const given = values['proxies'];
  return ['http-proxy', 'https-proxy'].flatMap((name): readonly Unplaced[] => {
    const text = given !== undefined && isJsonObject(given) ? given[name] : undefined;
    if (typeof text !== 'string' || text === '') return [];
    const readable = urlParts(text.includes('://') ? text : `http://${text}`);
    return readable === null ? [fault(['proxies', name], text, 'not-a-url', 'nothing')] : [];
  });
}

/** A host with or without a port, or a range of addresses. */
function registry(text: string, context: Context): Verdict {
  const hasScheme = /^https?:\/\//i.test(text);
  const name = text.replace(/^https?:\/\//i, '');
  if (/^[^/]+\/\d+$/.test(name) && parseRange(name) !== null)
    return hasScheme ? ['scheme-is-dropped', 'nothing'] : null;
  if (parseAddress(name) !== null) return null;
  const host = registryHost.exec(name);
  if (name.startsWith('-') || name.endsWith('-') || name.includes('/')) return ['not-a-registry', 'always'];
  if (host === null) return ['not-a-registry', 'always'];
  const port = host[2];
  if (isOld(context) && name.startsWith('[') && port === undefined) return ['not-a-registry', 'always'];
  if (port !== undefined && Number(port) > 65_535) return ['not-a-registry', 'always'];
  return hasScheme ? ['scheme-is-dropped', 'nothing'] : null;
}

const registryHost =
  /^(\[[0-9a-fA-F:]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*)(?::(\d+))?$/;

/** As dockerd's own pattern for search domains; a single dot means none. */
const isDomain = (text: string): boolean =>
  text.trim() === '.' ||
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*\.?\s*$/.test(
    text.trim(),
  );
