// Registries and mirrors, and the addresses of name servers and search domains.
import { fault, isOld, items, since, type Context, type Unplaced } from './check-context.ts';
import { parseAddress, parseRange } from './ip-range.ts';
import type { Hurt, ValueFault } from '../contract/check-kinds.ts';

export const registryFindings = (context: Context): readonly Unplaced[] => [
  ...each(context, 'registry-mirrors', (text) => mirror(text, context)),
  ...each(context, 'insecure-registries', registry),
  ...(since(context, '28.1') ? [] : each(context, 'allow-nondistributable-artifacts', artifacts)),
  ...each(context, 'dns', (text) =>
    (text === '' && !isOld(context)) || parseAddress(text) !== null ? null : ['not-an-ip', 'always'],
  ),
  ...each(context, 'dns-search', (text) => (isDomain(text) ? null : ['not-a-domain', 'always'])),
];

type Verdict = readonly [ValueFault, Hurt] | null;

/** Before 28.1, which does nothing with it any more. */
function artifacts(text: string): Verdict {
  return text.includes('://') ? ['url-scheme', 'start'] : registry(text);
}

const each = (context: Context, key: string, judge: (text: string) => Verdict): readonly Unplaced[] =>
  items(context, key).flatMap(([text, index]) => {
    const verdict = judge(text);
    return verdict === null ? [] : [fault([key, String(index)], text, ...verdict)];
  });

/** Looked at when the file is read by 28.5, and by older ones at every start and reload (measured on all three). */
function mirror(text: string, context: Context): Verdict {
  const hurts: Hurt = 'always';
  const match = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/.exec(text);
  // Without a host, older ones take the rest for a path (measured on 26.1).
  if (match === null && !since(context, '28.0') && !isOld(context) && /^https?:\/[^/]/i.test(text))
    return ['not-a-url', 'nothing'];
  if (match === null) return ['not-a-url', hurts];
  const [, scheme = '', authority = '', path = '', query, fragment] = match;
  if (!/^https?$/i.test(scheme)) return ['url-scheme', hurts];
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  if (!/^(?:\[[0-9a-fA-F:.]+\]|[^\s:[\]]*)(?::\d*)?$/.test(host)) return ['not-a-url', hurts];
  if (/\s/.test(text)) return ['not-a-url', hurts];
  if ((query !== undefined && query !== '?') || fragment !== undefined) return ['url-with-query', hurts];
  if (at !== -1) return ['url-with-user', hurts];
  if (isOld(context) && path !== '' && path !== '/') return ['url-with-path', hurts];
  return null;
}

/** A host with or without a port, or a range of addresses. */
function registry(text: string): Verdict {
  const hasScheme = /^https?:\/\//i.test(text);
  const name = text.replace(/^https?:\/\//i, '');
  if (/^[^/]+\/\d+$/.test(name) && parseRange(name) !== null)
    return hasScheme ? ['scheme-is-dropped', 'nothing'] : null;
  if (parseAddress(name) !== null) return null;
  const host = /^(\[[0-9a-fA-F:]+\]|[a-zA-Z0-9.-]+)(?::(\d+))?$/.exec(name);
  if (name.startsWith('-') || name.endsWith('-') || name.includes('/')) return ['not-a-registry', 'always'];
  if (host === null) return ['not-a-registry', 'always'];
  const port = host[2];
  if (port !== undefined && Number(port) > 65_535) return ['not-a-registry', 'always'];
  return hasScheme ? ['scheme-is-dropped', 'nothing'] : null;
}

/** As dockerd's own pattern for search domains; a single dot means none. */
const isDomain = (text: string): boolean =>
  text.trim() === '.' ||
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*\.?\s*$/.test(
    text.trim(),
  );
