// Texts as Go's readers take them, by which dockerd and its drivers read what stands in a configuration.

/** As go-units takes a size since its 0.5: any number that strconv.ParseFloat reads, and a unit (measured on 28.5). */
export function isSize(text: string): boolean {
  const [, number = ''] = /^(.*[\d.]) ?(?:[kmgtp](?:i?b)?|b)?$/i.exec(text) ?? [];
  const isNumber = /^\+?(?:\d+(?:_\d+)*\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(number);
  // Larger than the largest number is no number to Go, and infinite here.
  return isNumber && Number.isFinite(Number(number.replaceAll('_', '')));
}

/** As go-units took a size before its 0.5: digits, perhaps a fraction, and a unit (measured on 20.10 and 26.1). */
export const isPlainSize = (text: string): boolean => /^\d+(?:\.\d+)? ?[kmgtp]?i?b?$/i.test(text);

/** As strconv.ParseBool takes it. */
export const isBoolean = (text: string): boolean => isTrue(text) || /^(?:0|f|F|FALSE|false|False)$/.test(text);
export const isTrue = (text: string): boolean => /^(?:1|t|T|TRUE|true|True)$/.test(text);

/** As time.ParseDuration takes it. */
export const isDuration = (text: string): boolean =>
  /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.test(text);

/** As the API's filters take a moment: so long ago, seconds since 1970, or a date. */
export const isMoment = (text: string): boolean =>
  isDuration(text) || /^\d+(?:\.\d+)?$/.test(text) || /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?$/.test(text);

const milliseconds: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** How long a duration is, in milliseconds; null where it is none. */
export function durationMs(text: string): number | null {
  if (!isDuration(text)) return null;
  const parts = [...text.replaceAll(/[µμ]s/g, 'us').matchAll(/(\d*\.?\d*)(ns|us|ms|s|m|h)/g)];
  const sum = parts.reduce((all, [, count, unit = '']) => all + Number(count) * (milliseconds[unit] ?? 0), 0);
  return text.startsWith('-') ? -sum : sum;
}

/** As strconv.Atoi takes it. */
export const isInteger = (text: string): boolean => /^[+-]?\d+$/.test(text);

/** Where a URL leads, as net/url takes it apart; null where it cannot be read. */
export type UrlParts = {
  readonly scheme: string;
  readonly user: string | null;
  /** Without the brackets of an address. */
  readonly host: string;
  /** Null where there is no colon; it may be empty. */
  readonly port: string | null;
  readonly path: string;
  readonly query: string | null;
  readonly fragment: string | null;
};

export function urlParts(text: string): UrlParts | null {
  // Control characters, and percent signs that stand for nothing.
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(text) || /%(?![0-9a-fA-F]{2})/.test(text)) return null;
  const match = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(text);
  if (match === null) return null;
  const [, scheme = '', authority = '', path = '', query = null, fragment = null] = match;
  const at = authority.lastIndexOf('@');
  const place = hostAndPort.exec(authority.slice(at + 1));
  const user = at === -1 ? null : authority.slice(0, at);
  // In a host, only what is no ASCII may stand as a number, and the percent sign itself.
  if (/%(?!25|[89a-fA-F])/.test(authority.slice(at + 1))) return null;
  if (place === null || (user !== null && !/^[\w.~:!$&'()*+,;=%@-]*$/.test(user))) return null;
  const [, bracketed, portOfIt, host, portOfHost, bare = ''] = place;
  const found = { host: bracketed ?? host ?? bare, port: portOfIt ?? portOfHost ?? null };
  return { scheme: scheme.toLowerCase(), user, ...found, path, query, fragment };
}

/** `[address]:port`, `host:port` with whatever colons in front of the last one, or a host alone. */
const hostAndPort =
  /^(?:\[([0-9a-zA-Z:.%]+)\](?::(\d*))?|([\w.~!$&'()*+,;=:<>"%\u0080-\uffff-]*):(\d*)|([\w.~!$&'()*+,;=<>"%\u0080-\uffff-]*))$/;
