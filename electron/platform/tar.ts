// Makes the small archive that becomes the sandbox's image.

/** One entry: a file with its bytes, a folder, or a link. */
export type TarEntry =
  | { readonly kind: 'folder'; readonly name: string }
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Uint8Array; readonly mode: number }
  | { readonly kind: 'link'; readonly name: string; readonly target: string };

const block = 512;

/** A POSIX (ustar) archive; names up to 100 bytes. */
export const tarOf = (entries: readonly TarEntry[]): Buffer =>
  Buffer.concat([...entries.flatMap(entryBytes), Buffer.alloc(2 * block)]);

function entryBytes(entry: TarEntry): readonly Buffer[] {
  const bytes = entry.kind === 'file' ? Buffer.from(entry.bytes) : Buffer.alloc(0);
  const padding = Buffer.alloc((block - (bytes.length % block)) % block);
  return [header(entry, bytes.length), bytes, padding];
}

function header(entry: TarEntry, size: number): Buffer {
  const type = { file: '0', link: '2', folder: '5' }[entry.kind];
  const mode = entry.kind === 'file' ? entry.mode : 0o755;
  const buffer = Buffer.alloc(block);
  const put = (text: string, at: number): number => buffer.write(text, at, 'latin1');
  const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;
  put(entry.name, 0);
  put(octal(mode, 8), 100);
  put(octal(0, 8), 108);
  put(octal(0, 8), 116);
  put(octal(size, 12), 124);
  put(octal(0, 12), 136);
  put(' '.repeat(8), 148);
  put(type, 156);
  if (entry.kind === 'link') put(entry.target, 157);
  put('ustar\0', 257);
  put('00', 263);
  const sum = buffer.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return buffer;
}
