// What can be filled in for an option: the forms of values, and which texts are such a value.

/** What a line of text has to be. */
export type TextForm =
  | 'any'
  | 'ip'
  | 'cidr'
  | 'path'
  | 'mirror'
  | 'proxy'
  | 'registry'
  | 'endpoint'
  | 'address'
  | 'domain'
  | 'pair'
  | 'duration'
  | 'fwmark'
  | 'count'
  | 'api-version';

/** One part of an object. */
export type Column = {
  readonly name: string;
  readonly form: PlainForm;
  readonly example: string;
  /** Without it dockerd takes the object for none. */
  readonly needed?: true;
};

/** Forms that hold no others. */
export type PlainForm =
  | { readonly kind: 'switch' }
  | {
      readonly kind: 'number';
      readonly least: number;
      readonly most: number;
      readonly unit: 'seconds' | 'microseconds' | 'bytes' | null;
    }
  | { readonly kind: 'text'; readonly of: TextForm }
  /** The usual ones; a value that is none of them is shown and kept. */
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  /** Text such as `64M`. */
  | { readonly kind: 'size' }
  | { readonly kind: 'list'; readonly of: TextForm };

export type ValueForm =
  | PlainForm
  /** Names with a text each. */
  | { readonly kind: 'map' }
  /** Names with a map each. */
  | { readonly kind: 'maps' }
  /** One object with these parts. */
  | { readonly kind: 'fields'; readonly columns: readonly Column[] }
  /**
   * Several objects with these parts, as a list or, `named`, each under a name; `repeated` is the part that says the name
   * once more.
   */
  | {
      readonly kind: 'records';
      readonly named: { readonly example: string; readonly repeated: string | null } | null;
      readonly columns: readonly Column[];
    };

const octet = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const ipv4 = `${octet}(\\.${octet}){3}`;
const ipv4Only = new RegExp(`^${ipv4}$`);
const forms: Readonly<Record<TextForm, (text: string) => boolean>> = {
  any: () => true,
  ip: isAddress,
  cidr(text) {
    const [address = '', length = '', ...more] = text.split('/');
    const bits = address.includes(':') ? 128 : 32;
    return more.length === 0 && isAddress(address) && /^\d{1,3}$/.test(length) && Number(length) <= bits;
  },
  path: (text) =>
    text.startsWith('/') || /^[a-z]:[\\/]/i.test(text) || text.startsWith('~/') || text.startsWith('\\\\.\\'),
  mirror: (text) => /^https?:\/\/[^\s/?#]+[^\s?#]*$/.test(text),
  proxy: (text) => /^((https?|socks5h?):\/\/)?[^\s/]+\/?$/.test(text),
  registry: (text) => /^(?!-)[\w.-]+(:\d+)?$|^\[[0-9a-f:]+\](:\d+)?$|^[0-9a-f.:]+\/\d+$/i.test(text),
  endpoint: (text) => /^(unix|fd|npipe|tcp|vsock):\/\/\S*$/.test(text),
  address: (text) => /^(\[[0-9a-f:.]+\]|[\w.-]*):\d{1,5}$/i.test(text),
  domain: (text) => text === '.' || /^([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.?)+$/i.test(text),
  pair: (text) => /^[^=\s]+=.*$/.test(text),
  duration: (text) => /^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$|^\d+$/.test(text),
  fwmark: (text) => /^(0x[0-9a-f]{1,8}|\d{1,10})(\/(0x[0-9a-f]{1,8}|\d{1,10}))?$/i.test(text),
  count: (text) => /^[1-9]\d*$/.test(text),
  'api-version': (text) => /^1\.\d+$/.test(text),
};

/** IPv4, or IPv6 with at most one `::` and an IPv4 tail or a zone where wanted. */
function isAddress(text: string): boolean {
  if (ipv4Only.test(text)) return true;
  const plain = text.replace(/%[\w.-]+$/, '').replace(new RegExp(`(?<=:)${ipv4}$`), '0:0');
  const halves = plain.split('::');
  if (!plain.includes(':') || halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const enough = halves.length === 2 ? groups.length < 8 : groups.length === 8;
  return enough && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group));
}

/** Whether a text is of this form. */
export const isText = (of: TextForm, text: string): boolean => forms[of](text);

/** A size as dockerd reads it (go-units): a number, a unit by powers of 1024 or 1000, and at will `i` and `B`. */
export const isSize = (text: string): boolean => /^\d+(\.\d+)? ?[kmgtp]?i?b?$/i.test(text);
