// Which IPv4 networks this computer reaches by a route of its own, Docker's own bridges left out.
import { readFileSync } from 'node:fs';

/** Null where the kernel's table cannot be read. */
export function networksHere(): readonly string[] | null {
  try {
    return networksIn(readFileSync('/proc/net/route', 'utf8'));
  } catch (error) {
    // Another system, or a hidden /proc: nothing is known then.
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

const ofDocker = /^(docker\d*|docker_gwbridge|br-[0-9a-f]{12}|veth.*)$/;

/** The networks in the text of /proc/net/route, whose numbers are hexadecimal with the lowest byte first. */
export function networksIn(table: string): readonly string[] {
  return table
    .split('\n')
    .slice(1)
    .flatMap((line): readonly string[] => {
      const [name, destination, , , , , , mask] = line.trim().split(/\s+/);
      if (name === undefined || destination === undefined || mask === undefined || ofDocker.test(name)) return [];
      const prefix = Number.parseInt(mask, 16).toString(2).replaceAll('0', '').length;
      const bytes = (destination.match(/../g) ?? []).toReversed().map((byte) => Number.parseInt(byte, 16));
      return [`${bytes.join('.')}/${prefix}`];
    });
}
