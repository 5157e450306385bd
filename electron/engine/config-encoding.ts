// Bytes to text and back, by the rules with which dockerd decodes its configuration file.
import { isUtf8 } from 'node:buffer';
import type { Place, TextFault } from '../contract/problem.ts';
import { placeAt } from './text-place.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** A text without its byte order mark, and what is needed to write it again. */
export type DecodedText = { readonly text: string; readonly encoding: Encoding; readonly bom: boolean };

export type DecodingFault = {
  readonly fault: Extract<TextFault, 'encoding' | 'byte-order-mark'>;
  readonly place: Place;
  readonly detail: string;
};

const marks: readonly { readonly encoding: Encoding; readonly bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

/**
 * Decodes as dockerd does: UTF-8, and with a byte order mark also UTF-16. 20.10 (`allowMark` false) knows no marks
 * (measured on 20.10, 26.1, 28.5). Malformed bytes are a fault even where 20.10 reads over them: what is replaced in
 * reading cannot be written back.
 */
export function decode(bytes: Uint8Array, allowMark: boolean): DecodedText | DecodingFault {
  const mark = marks.find((candidate) => candidate.bytes.every((byte, index) => bytes[index] === byte));
  if (mark && !allowMark) return { fault: 'byte-order-mark', place: { line: 1, column: 1 }, detail: mark.encoding };
  const encoding = mark?.encoding ?? 'utf-8';
  const skipped = mark?.bytes.length ?? 0;
  const body = Buffer.from(bytes.buffer, bytes.byteOffset + skipped, bytes.byteLength - skipped);
  if (encoding === 'utf-8') {
    const text = body.toString('utf8');
    return isUtf8(body) ? { text, encoding, bom: skipped > 0 } : malformedUtf8(body, text, skipped);
  }
  const text = (encoding === 'utf-16be' ? swapped(body) : body).toString('utf16le');
  const lone = body.length % 2 === 0 ? text.search(/\p{Surrogate}/u) : text.length;
  if (lone === -1) return { text, encoding, bom: true };
  return { fault: 'encoding', place: placeAt(text, lone), detail: `${encoding}, offset ${skipped + lone * 2}` };
}

/** The bytes of a text in the encoding, and with the mark, of another. */
export function encode(text: string, { encoding, bom }: Pick<DecodedText, 'encoding' | 'bom'>): Uint8Array {
  const body = encoding === 'utf-8' ? Buffer.from(text, 'utf8') : Buffer.from(text, 'utf16le');
  const mark = bom ? (marks.find((candidate) => candidate.encoding === encoding)?.bytes ?? []) : [];
  return Buffer.concat([Buffer.from(mark), encoding === 'utf-16be' ? body.swap16() : body]);
}

/** The last byte is dropped where the number of bytes is odd; that is a fault in any case. */
const swapped = (body: Buffer): Buffer => Buffer.from(body.subarray(0, body.length & ~1)).swap16();

/** Finds the first byte that was replaced in decoding: a replacement character that does not stand in the bytes. */
function malformedUtf8(body: Buffer, text: string, skipped: number): DecodingFault {
  let at = text.indexOf('\ufffd');
  let offset = Buffer.byteLength(text.slice(0, at));
  while (body[offset] === 0xef && body[offset + 1] === 0xbf && body[offset + 2] === 0xbd) {
    const next = text.indexOf('\ufffd', at + 1);
    offset += Buffer.byteLength(text.slice(at, next));
    at = next;
  }
  const byte = (body[offset] ?? 0).toString(16).padStart(2, '0');
  return { fault: 'encoding', place: placeAt(text, at), detail: `0x${byte}, offset ${skipped + offset}` };
}
