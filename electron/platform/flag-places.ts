// Where each flag of a unit stands: the file and line that an administrator would have to change.
import { readText } from './processes.ts';
import type { UnitView } from './systemd.ts';

/** By the flag's name with its dashes: `/etc/systemd/system/docker.service.d/override.conf:3`. */
export type FlagPlaces = Readonly<Record<string, string>>;

type Line = { readonly file: string; readonly number: number; readonly text: string };

/**
 * From the files that systemd has read: the last `ExecStart` counts, before it variables of the unit, and before those
 * the ones of its environment files. A flag that stands nowhere is left out.
 */
export function flagPlacesOfUnit(view: UnitView): FlagPlaces {
  const files = [view.fragment, ...view.dropIns].filter((path) => path !== '').map(linesOf);
  const starts = (lines: readonly Line[]): readonly Line[] => withContinuations(lines, /^\s*ExecStart=\s*\S/);
  const inForce = files.map(starts).findLast((lines) => lines.length > 0) ?? [];
  const variables = files.flatMap((lines) => withContinuations(lines, /^\s*Environment=/));
  return placesIn([...variables, ...view.environmentFiles.flatMap(linesOf), ...inForce]);
}

/** From the settings of an init script. */
export const flagPlacesOfFile = (path: string): FlagPlaces => placesIn(linesOf(path));

const linesOf = (file: string): readonly Line[] =>
  (readText(file) ?? '')
    .split('\n')
    .map((text, index) => ({ file, number: index + 1, text }))
    .filter(({ text }) => !/^\s*[#;]/.test(text));

/** Lines that begin like this, with those that they go on in behind a backslash. */
function withContinuations(lines: readonly Line[], begin: RegExp): readonly Line[] {
  const found: Line[] = [];
  let goesOn = false;
  for (const line of lines) {
    const taken: boolean = goesOn || begin.test(line.text);
    if (taken) found.push(line);
    goesOn = taken && line.text.trimEnd().endsWith('\\');
  }
  return found;
}

/** The last place of each counts. */
const placesIn = (lines: readonly Line[]): FlagPlaces =>
  Object.fromEntries(
    lines.flatMap(({ file, number, text }) =>
      [...text.matchAll(/(?<=^|[\s"'=])(--[a-z][\w-]*|-[A-Za-z](?![\w-]))/g)].map(
        ([flag]) => [flag, `${file}:${number}`] as const,
      ),
    ),
  );
