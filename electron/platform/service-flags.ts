// The flags that a stopped daemon would be started with: from its unit and environment files, or the script's settings.
import { readText } from './processes.ts';
import type { UnitView } from './systemd.ts';

/** From `ExecStart`, with variables of the unit's environment files put in their place. */
export function flagsOfUnit({ execStart, environmentFiles }: UnitView): readonly string[] {
  const variables = new Map(environmentFiles.flatMap((path) => [...variablesIn(readText(path) ?? '')]));
  return words(execStart)
    .slice(1)
    .flatMap((word) => {
      const name = /^\$\{?(\w+)\}?$/.exec(word)?.[1];
      return name === undefined ? [word] : words(variables.get(name) ?? '');
    });
}

/** From `DOCKER_OPTS` of `/etc/default/docker`. */
export const flagsOfScript = (): readonly string[] =>
  words(variablesIn(readText('/etc/default/docker') ?? '').get('DOCKER_OPTS') ?? '');

/** Assignments in a file of shell variables; the last one of a name counts. */
function variablesIn(text: string): ReadonlyMap<string, string> {
  const rows = text.split('\n').map((line) => /^\s*(?:export\s+)?(\w+)=(.*)$/.exec(line));
  return new Map(
    rows.flatMap((row) => (row?.[1] === undefined ? [] : [[row[1], unquoted((row[2] ?? '').trim())] as const])),
  );
}

const unquoted = (text: string): string => /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;

/** Words by white space; quotes hold a word together. */
const words = (text: string): readonly string[] =>
  [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
