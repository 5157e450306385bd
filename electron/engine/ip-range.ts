// IP addresses and ranges as Go's net package reads them, which is how dockerd reads them.
import { isIPv4, isIPv6 } from 'node:net';

export type Address = { readonly bits: 32 | 128; readonly number: bigint };

/** An address with its prefix: `10.20.0.5/16`. */
export type Range = {
  readonly address: Address;
  readonly prefix: number;
  /** The lowest and the highest address of the network. */
  readonly first: bigint;
  readonly last: bigint;
};

/** Null for what is no address: zones, leading zeros and blanks are not taken. */
export function parseAddress(text: string): Address | null {
  if (isIPv4(text)) {
    const parts = text.split('.');
    if (parts.some((part) => part.length > 1 && part.startsWith('0'))) return null;
    return { bits: 32, number: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
  }
  return isIPv6(text) && !text.includes('%') ? { bits: 128, number: numberOf(text) } : null;
}

function numberOf(text: string): bigint {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const hex = (high: string | undefined, low: string | undefined): string =>
    (Number(high) * 256 + Number(low)).toString(16);
  const plain = dotted ? `${dotted[1]}${hex(dotted[2], dotted[3])}:${hex(dotted[4], dotted[5])}` : text;
  const [left = '', right] = plain.split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const before = groups(left);
  const after = right === undefined ? [] : groups(right);
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

/** `10.0.0.5/16`; null for what is none. */
export function parseRange(text: string): Range | null {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  const address = match ? parseAddress(match[1] ?? '') : null;
  const prefix = Number(match?.[2]);
  if (address === null || prefix > address.bits || /^0\d/.test(match?.[2] ?? '')) return null;
  const size = 1n << BigInt(address.bits - prefix);
  const first = address.number - (address.number % size);
  return { address, prefix, first, last: first + size - 1n };
}

export const contains = (range: Range, address: Address): boolean =>
  range.address.bits === address.bits && range.first <= address.number && address.number <= range.last;

/** True where the whole of one range lies in another. */
export const holds = (outer: Range, inner: Range): boolean =>
  outer.address.bits === inner.address.bits && outer.first <= inner.first && inner.last <= outer.last;

export const overlap = (a: Range, b: Range): boolean =>
  a.address.bits === b.address.bits && a.first <= b.last && b.first <= a.last;
