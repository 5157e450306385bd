// Measures and enlarges the pipes that containers write their output into, without ever taking a byte out of them.
import { readdirSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import type { LeftRunning, PipeReport, StreamReading } from '../engine/ports.ts';
import { readText } from './processes.ts';
import { run } from './run.ts';

/** Node has neither fcntl nor ioctl. Debian's perl-base, which is always there, has both. */
const perl = '/usr/bin/perl';
const limitMs = 10_000;

/**
 * For every line `key TAB path TAB size` (size empty: only look) it answers `key TAB bytes TAB capacity TAB writable`,
 * or `key TAB ! TAB errno`. What stands at the path is first only held (010000000, O_PATH), which opens nothing: a device
 * that somebody puts there would do something as soon as it is opened. If it is a pipe, that very pipe is opened, for both
 * ends and without waiting, so that it is neither blocked nor ended; nothing is read or written. 1031 and 1032 set and get the size of a pipe, 0x541B counts what waits in it (x86, ARM).
 */
const script = `
use Fcntl;
while (my $line = <STDIN>) {
  chomp $line;
  my ($key, $path, $want) = split /\\t/, $line, 3;
  my ($held, $pipe);
  unless (sysopen($held, $path, 010000000) and -p $held
    and sysopen($pipe, '/proc/self/fd/' . fileno($held), O_RDWR | O_NONBLOCK) and -p $pipe) { print "$key\\t!\\t", $! + 0, "\\n"; next }
  if ($want) {
    my $limit = $want;
    $limit /= 2 while $limit > 65536 and not fcntl($pipe, 1031, $limit + 0);
  }
  my $capacity = fcntl($pipe, 1032, 0);
  my $count = pack('i', 0);
  my $counted = ioctl($pipe, 0x541B, $count);
  my $ready = '';
  vec($ready, fileno($pipe), 1) = 1;
  my $writable = select(undef, $ready, undef, 0);
  if ($capacity and $counted) { print join("\\t", $key, unpack('i', $count), $capacity, $writable > 0 ? 1 : 0), "\\n" }
  else { print "$key\\t!\\t", $! + 0, "\\n" }
  close $pipe;
  close $held;
}
`;

/** A pipe to look at: of which container and stream, and which of the two that its output passes. */
type Place = {
  readonly id: string;
  readonly stream: 'stdout' | 'stderr';
  readonly part: 'container' | 'log';
  readonly path: string;
};

/**
 * One process for all containers. With `enlargeTo`, every pipe that is smaller is made that large first, or as large as
 * the kernel lets us (half as much, and so on): root without CAP_SYS_RESOURCE is held to pipe-max-size.
 */
export async function measurePipes(left: readonly LeftRunning[], enlargeTo: number | null): Promise<PipeReport> {
  const places: Place[] = [];
  for (const one of left) {
    const found = placesOf(one);
    if (found === null) return { kind: 'not-measured', why: 'no-rights' };
    places.push(...found);
  }
  if (places.length === 0) return { kind: 'measured', streams: [] };
  const sizes = enlargeTo === null ? null : await ask(places, null);
  if (sizes !== null && 'kind' in sizes) return sizes;
  const wanted = (at: number): number | null =>
    sizes !== null && enlargeTo !== null && (sizes.get(at)?.capacity ?? enlargeTo) < enlargeTo ? enlargeTo : null;
  const seen = await ask(places, wanted);
  return 'kind' in seen ? seen : { kind: 'measured', streams: streamsOf(places, seen) };
}

type Seen = { readonly bytes: number; readonly capacity: number; readonly writable: boolean };

async function ask(
  places: readonly Place[],
  wanted: ((at: number) => number | null) | null,
): Promise<ReadonlyMap<number, Seen> | Extract<PipeReport, { kind: 'not-measured' }>> {
  const input = places.map(({ path }, at) => `${at}\t${path}\t${wanted?.(at) ?? ''}\n`).join('');
  const told = await run(perl, ['-e', script], { timeoutMs: limitMs, env: { LC_ALL: 'C' }, input });
  if (told.code === 127 || told.code === 126) return { kind: 'not-measured', why: 'no-program' };
  if (told.code !== 0) return { kind: 'not-measured', why: 'failed' };
  const seen = new Map<number, Seen>();
  for (const line of told.stdout.split('\n')) {
    const [at, bytes, capacity, writable] = line.split('\t');
    if (bytes === undefined || bytes === '!') continue;
    seen.set(Number(at), { bytes: Number(bytes), capacity: Number(capacity), writable: writable === '1' });
  }
  return seen;
}

/** Null where the descriptors of the shim may not be looked at. */
function placesOf({ container, shimPid }: LeftRunning): readonly Place[] | null {
  const links = linksOf(shimPid);
  // A shim that has just ended is no question of rights.
  if (links === null) return readText(`/proc/${shimPid}/stat`) === null ? [] : null;
  const { id, pid } = container;
  return (['stdout', 'stderr'] as const).flatMap((stream): readonly Place[] => {
    const names = [`${id}-${stream}`, `init-${stream}`];
    const log = [...links].find(([, target]) => names.includes(basename(target)))?.[0];
    if (log === undefined) return [];
    const own = linkAt(`/proc/${pid}/fd/${stream === 'stdout' ? 1 : 2}`);
    const end = own?.startsWith('pipe:') ? [...links].find(([, target]) => target === own)?.[0] : undefined;
    return [
      { id, stream, part: 'log', path: `/proc/${shimPid}/fd/${log}` },
      ...(end === undefined ? [] : [{ id, stream, part: 'container' as const, path: `/proc/${shimPid}/fd/${end}` }]),
    ];
  });
}

/** What output passes: the container's own pipe, from which the shim copies into the one that the daemon reads. */
function streamsOf(places: readonly Place[], seen: ReadonlyMap<number, Seen>): readonly StreamReading[] {
  const streams = new Map<string, StreamReading>();
  places.forEach(({ id, stream, part }, at) => {
    const one = seen.get(at);
    if (one === undefined) return;
    const key = `${id} ${stream}`;
    const before = streams.get(key);
    streams.set(key, {
      id,
      stream,
      bytes: (before?.bytes ?? 0) + one.bytes,
      capacity: (before?.capacity ?? 0) + one.capacity,
      // A writer sleeps when the first pipe is full; of a terminal only the last one can be seen.
      full: part === 'container' ? !one.writable : (before?.full ?? !one.writable),
      terminal: part === 'container' ? false : (before?.terminal ?? true),
    });
  });
  return [...streams.values()];
}

function linksOf(pid: number): ReadonlyMap<string, string> | null {
  let names: readonly string[];
  try {
    names = readdirSync(`/proc/${pid}/fd`);
  } catch {
    // Another user's process, or one that has ended.
    return null;
  }
  return new Map(names.flatMap((name) => [[name, linkAt(`/proc/${pid}/fd/${name}`) ?? ''] as const]));
}

function linkAt(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    // Closed meanwhile, or not ours to look at.
    return null;
  }
}

/** The largest pipe that an ordinary process may ask for, in bytes; null where there is no such limit. */
export function pipeMaxSize(): number | null {
  const size = Number(readText('/proc/sys/fs/pipe-max-size')?.trim());
  return size > 0 ? size : null;
}
