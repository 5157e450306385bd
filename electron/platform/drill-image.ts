// Makes the image of the rehearsal: one program of a few hundred bytes that counts aloud, so that nothing is downloaded.
import { tarOf } from './tar.ts';

/** Its path in the image. */
const program = 'drill';

/**
 * Writes a line with the next number of eight digits, sleeps 20 ms, and so on for ever. Machine code of, for x86-64:
 *
 *     push '\n'; push "00000000"; push 20000000; push 0
 *     again: write(1, rsp + 16, 9); rcx = rsp + 23
 *     count: if (++*rcx == '9' + 1) { *rcx-- = '0'; goto count }
 *     nanosleep(rsp, NULL); goto again
 *
 * and the same for arm64 (which was assembled, but not run).
 */
const code: Readonly<Record<string, { readonly machine: number; readonly text: string }>> = {
  x64: {
    machine: 62,
    text:
      '6a0a48b830303030303030305068002d31016a00bf01000000488d742410ba09000000b8010000000f05488d4c2417fe0180393a7508c601' +
      '3048ffc9ebf14889e731f6b8230000000f05ebc8',
  },
  arm64: {
    machine: 183,
    text:
      'ffc300d1090686d20906a6f20906c6f20906e6f2e90300f94a018052ea230039ff0b00f90ba085d22b26a0f2eb0f00f9200080d2e1030091' +
      '220180d2080880d2010000d4ec1f00918d014039ad0500118d010039bfe90071a10000540d0680528d0100398c0500d1f8ffff17e0430091' +
      '010080d2a80c80d2010000d4edffff17',
  },
};

/** The archive to import, and what to run; null on a processor that it was not written for. */
export function drillImage(architecture: string): { readonly archive: Uint8Array; readonly command: string } | null {
  const found = code[architecture];
  if (!found) return null;
  const bytes = elfOf(found.machine, Buffer.from(found.text, 'hex'));
  return { archive: tarOf([{ kind: 'file', name: program, bytes, mode: 0o755 }]), command: `/${program}` };
}

const headers = 64 + 56;
const base = 0x400000n;
/** The largest page that arm64 has. */
const page = 0x10000n;

/** The smallest file that Linux runs: one head, one segment that may be read and run. */
function elfOf(machine: number, text: Uint8Array): Buffer {
  const file = Buffer.alloc(headers + text.length);
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  file.writeUInt16LE(2, 16); // a program
  file.writeUInt16LE(machine, 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(base + BigInt(headers), 24); // where it begins
  file.writeBigUInt64LE(64n, 32); // its segments stand behind this head
  file.writeUInt16LE(64, 52);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(1, 56);
  file.writeUInt32LE(1, 64); // to be loaded
  file.writeUInt32LE(5, 68); // read and run
  file.writeBigUInt64LE(base, 80);
  file.writeBigUInt64LE(base, 88);
  file.writeBigUInt64LE(BigInt(file.length), 96);
  file.writeBigUInt64LE(BigInt(file.length), 104);
  file.writeBigUInt64LE(page, 112);
  file.set(text, headers);
  return file;
}
