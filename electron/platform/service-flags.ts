// The flags that a daemon would be started with: from its unit and environment files, or the script's settings.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
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

/** The script of Docker's setup tool hands its words on to dockerd. */
const rootlessScript = 'dockerd-rootless.sh';

/**
 * Those of the next start of a daemon that runs this program: systemd has read its unit, and reads environment files
 * again at every start. Null where they cannot be told: somebody's own script may add what it likes, and a file that is
 * not ours to read may hold anything.
 */
export function nextFlagsOfUnit(view: UnitView, executable: string | null): readonly string[] | null {
  const program = basename(view.program ?? '');
  const isDockerd = program === rootlessScript || (/^dockerd\b/.test(program) && isNamed(program, executable));
  const isHidden = (path: string): boolean => /[*?[]/.test(path) || (readText(path) === null && existsSync(path));
  return isDockerd && !view.environmentFiles.some(isHidden) ? flagsOfUnit(view) : null;
}

/** A script by the name of dockerd runs another program. */
const isNamed = (program: string, executable: string | null): boolean =>
  executable === null ? program === 'dockerd' : basename(executable) === program;

/** The same of an init script; what its shell would make of a variable is not told. */
export function nextFlagsOfScript(): readonly string[] | null {
  const text = readText('/etc/default/docker');
  return text === null || /[$`]/.test(variablesIn(text).get('DOCKER_OPTS') ?? '') ? null : flagsOfScript();
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
