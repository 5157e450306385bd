// The machine of the corpus as the program's own gatherer sees it from inside; kept in machine.json for the replay.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../../electron/engine/machine.ts';
import { pathsIn } from '../../electron/engine/machine.ts';
import { readConfigText } from '../../electron/engine/config-text.ts';
import { machineFacts } from '../../electron/platform/machine.ts';
import { corpus } from './corpus.ts';
import { enter, type Lane } from './world.ts';

const dataRoot = '/var/lib/docker';

/** Every path that any configuration of the corpus names. */
function allPaths(): readonly string[] {
  const all = corpus.flatMap(({ bytes }) => {
    const read = readConfigText(bytes, '', null);
    return read.ok ? pathsIn(read.value.values) : [];
  });
  return [...new Set(all)].toSorted();
}

/** Inside: prints what it sees. */
export async function printMachine(): Promise<void> {
  process.stdout.write(`${JSON.stringify(await machineFacts(allPaths(), { pid: null, dataRoot }), null, 2)}\n`);
}

/** Outside: runs this same program inside. */
export async function recordMachine(lane: Lane, program: readonly string[]): Promise<Machine> {
  const world = enter(lane, 'plain', program);
  await world.exit;
  const said = world.log();
  await world.end();
  return JSON.parse(said) as Machine;
}

export const readMachine = (folder: string): Machine =>
  JSON.parse(readFileSync(join(folder, 'machine.json'), 'utf8')) as Machine;
