// Takes out of texts and values what is nobody's business: passwords, tokens, credentials in addresses, the home folder,
// names of hosts. It rather takes too much: what is left has to be safe to show to strangers.
import type { Json } from '../contract/json.ts';

export type Redaction = {
  /** Free text, such as lines of a log. */
  text(text: string): string;
  /** A value of a configuration; `key` is the name that it has there. */
  json(value: Json, key?: string): Json;
  /** Arguments of a program, where one may name what the next one is. */
  words(words: readonly string[]): readonly string[];
};

export type Known = {
  readonly home: string;
  /** Login name; null where it tells nothing, such as that of root. */
  readonly user: string | null;
  /** Names of this computer and of others that are known from elsewhere. */
  readonly hosts: readonly string[];
  /** Whatever is looked through for secrets and hosts first, so that they are found again in every text. */
  readonly values: readonly Json[];
};

const gone = '***';

/** Names whose values are secrets. `authorization-plugins` holds names of plugins. */
const secret =
  'pass(?:word|wd|phrase)?|pwd|secret|token|credential|api[-_.]?key|access[-_.]?key|private[-_.]?key|auth(?!ori[sz]ation-plugin)|signature|cookie|session';
const secretName = new RegExp(secret, 'i');
/** `name=value` and `name: value`, the name in quotes or not. */
const assignment = new RegExp(
  `([\\w.-]{0,64}(?:${secret}|\\bsig)[\\w.-]{0,64}\\\\?["']?\\s{0,8}[:=]\\s{0,8})(?:\\\\?"(?:\\\\.|[^"\\\\])*\\\\?"?|'[^']*'?|[^\\s,;&"']+)`,
  'gi',
);
const wholeAssignment = new RegExp(`([\\w.-]{0,64}(?:${secret}|\\bsig)[\\w.-]{0,64}\\s{0,8}[:=]\\s{0,8}).+`, 'is');
const scheme = /\b(bearer|basic|digest|negotiate)\s+[\w+/=.~-]{6,}/gi;
const marked =
  /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?|\bAKIA[0-9A-Z]{12,}|\bgh[pousr]_\w{16,}|\bgithub_pat_\w+|\bglpat-[\w-]+|\bdckr_(?:pat|oat)_[\w-]+|\bxox[abprs]-[\w-]+|\bSWMTKN-[\w-]+|\bsk-[\w-]{16,}/g;
const pem = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** In front of a host: everything up to the last @, also where the password holds what it should not. */
const credentials = /:\/\/[^\s"'<>]*@|:\/\/[^\s/:@"']*:(?!\d+(?:[\s/"',]|$))(?:\\.|[^\n"'\\])*@/g;
const address = /\b([a-z][a-z\d+.-]*):\/\/(?:\*\*\*@)?(\[[\da-f:.]+\]|[^\s/:?#"'<>,;)\]}|]+)/gi;
const nowhere = /^(?:unix|fd|npipe|file|app|look)$/i;
const everybodys =
  /^(?:localhost|127\.[\d.]+|\[::1?\]|0\.0\.0\.0|host-\d+|\*+|(?:[\w-]+\.)*docker\.(?:io|com)|github\.com)$/i;
/** Keys that hold hosts without a scheme in front. */
const hostKeys =
  /^(?:insecure-registries|registry-mirrors|hosts|dns|dns-search|allow-nondistributable-artifacts|no-proxy)$/i;

/** Longer ones tell nothing, and are no food for patterns: only a little is looked at, and less is shown. */
const longest = 4000;
const shownOfLong = 200;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

export function createRedaction(known: Known): Redaction {
  const secrets = new Set<string>();
  const hosts = new Map<string, string>();

  function noteHost(name: string): void {
    const host = name.toLowerCase();
    if (host.length < 3 || everybodys.test(host) || hosts.has(host)) return;
    hosts.set(host, `host-${hosts.size + 1}`);
  }

  /** In every form in which it may be written down again. A short one would be found everywhere. */
  function noteSecret(text: string): void {
    if (text.length < 4) return;
    for (const form of [text, encoded(text), decoded(text), JSON.stringify(text).slice(1, -1)])
      if (form.length >= 4) secrets.add(form);
  }

  function learnText(text: string): void {
    for (const [whole] of text.matchAll(/:\/\/.*@/gs)) {
      const before = whole.slice(3, -1);
      noteSecret(before);
      noteSecret(before.slice(before.indexOf(':') + 1));
    }
    for (const [, name = '', host = ''] of text.replaceAll(/:\/\/.*@/gs, `://`).matchAll(address))
      if (!nowhere.test(name)) noteHost(host);
  }

  function learn(value: Json, key: string): void {
    if (typeof value === 'string') {
      // It is shown with its beginning only, and said again by nobody.
      if (value.length > longest) return;
      if (secretName.test(key)) noteSecret(value);
      learnText(value);
      const named = wholeAssignment.exec(value)?.[1];
      if (named !== undefined) noteSecret(value.slice(value.indexOf(named) + named.length));
      if (hostKeys.test(key)) for (const part of value.split(',')) noteHost(bareHost(part));
    } else if (Array.isArray(value)) for (const one of value) learn(one, key);
    else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) learn(inner, secretName.test(key) ? key : name);
  }

  for (const host of known.hosts) {
    noteHost(host);
    // The name of a computer is in its full name, and is used alone.
    if (!/^[\d.]+$/.test(host) && host.includes('.')) noteHost(host.split('.')[0] ?? '');
  }
  for (const value of known.values) learn(value, '');

  function withoutSecrets(text: string): string {
    let left = text;
    for (const one of [...secrets].toSorted((a, b) => b.length - a.length)) left = left.replaceAll(one, gone);
    return left;
  }

  const text = (before: string): string => before.replaceAll(pem, gone).split('\n').map(line).join('\n');

  function line(before: string): string {
    if (before.length <= longest) return short(before);
    const start = before.slice(0, longest);
    // Where a secret may have begun, its end is not in sight.
    const left = /:\/\//.test(start) || secretName.test(start) ? gone : short(start).slice(0, shownOfLong);
    return `${left}… (${before.length})`;
  }

  function short(before: string): string {
    let left = withoutSecrets(before)
      .replaceAll(credentials, `://${gone}@`)
      .replaceAll(scheme, `$1 ${gone}`)
      .replaceAll(assignment, `$1${gone}`)
      .replaceAll(marked, gone);
    for (const [, name = '', host = ''] of left.matchAll(address)) if (!nowhere.test(name)) noteHost(host);
    for (const [name, instead] of [...hosts].toSorted(([a], [b]) => b.length - a.length))
      left = left.replaceAll(new RegExp(`(?<![\\w.-])${escaped(name)}(?![\\w-])`, 'gi'), instead);
    if (known.home.length > 1) left = left.replaceAll(known.home, '~');
    left = left.replaceAll(/(?<=\/(?:home|Users)\/)[^/\s"':]+/g, gone);
    if (known.user !== null && known.user.length > 2)
      left = left.replaceAll(new RegExp(`(?<![\\w-])${escaped(known.user)}(?![\\w-])`, 'g'), gone);
    return left;
  }

  /** A value stands alone: what begins as a secret goes on to its end. */
  const value = (before: string): string =>
    before.length > longest
      ? line(before.replaceAll('\n', ' '))
      : text(before.replaceAll(/:\/\/.*@/gs, `://${gone}@`).replace(wholeAssignment, `$1${gone}`));

  function json(before: Json, key = ''): Json {
    if (secretName.test(key) && before !== null && typeof before !== 'boolean') return gone;
    if (typeof before === 'string') return value(before);
    if (Array.isArray(before)) return before.map((one) => json(one, key));
    if (typeof before !== 'object' || before === null) return before;
    return Object.fromEntries(Object.entries(before).map(([name, inner]) => [text(name), json(inner, name)]));
  }

  return {
    text,
    json,
    words: (words) =>
      words.map((word, at) => {
        const before = words[at - 1] ?? '';
        return before.startsWith('-') && !before.includes('=') && secretName.test(before) && !word.startsWith('-')
          ? gone
          : value(word);
      }),
  };
}

/** The host of `registry.lan:5000`, `https://mirror.lan/path` or `tcp://10.0.0.7:2376`. */
const bareHost = (text: string): string =>
  text
    .trim()
    .replace(/^[a-z][a-z\d+.-]*:\/\//i, '')
    .replace(/^.*@/s, '')
    .replace(/[:/?#].*$/s, '');

function encoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half a sign: it cannot stand in an address.
    return text;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // It was not encoded.
    return text;
  }
}
