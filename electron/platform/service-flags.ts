// The flags that a stopped daemon would be started with: from its unit and environment files, or the script's settings.
import { readText } from './processes.ts';
import type { UnitView } from './systemd.ts';

/** From `ExecStart`, with variables of the unit and of its files put in their place; a file's count more, as in systemd. */
export function flagsOfUnit({ execStart, environment, environmentFiles }: UnitView): readonly string[] {
  const texts = [words(environment).join('\n'), ...environmentFiles.map((path) => readText(path) ?? '')];
  const variables = new Map(texts.flatMap((text) => [...variablesIn(text)]));
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
