// The results against `check`, as tables for the documentation: one line for each version.
import type { Machine } from '../../electron/engine/machine.ts';
import { versions } from '../integration/real-daemon.ts';
import { compare, confusionOf, type Compared } from './replay.ts';
import { readResults } from './results.ts';

/** Lines of Markdown: first what starts, then what a reload takes. */
export function configTables(folder: string, machine: Machine): readonly string[] {
  const all = versions.flatMap((version) => {
    const results = readResults(folder, version);
    return results === null ? [] : [{ head: results.head, compared: compare(results, machine) }];
  });
  const rows = (what: 'start' | 'reload'): readonly string[] =>
    all.map(({ head, compared }) => row(head.dockerd, head.date, compared[what]));
  return [...rows('start'), ...rows('reload')];
}

function row(dockerd: string, date: string, compared: readonly Compared[]): string {
  const { right, needless, falseHope, refused } = confusionOf(compared);
  return `| ${[dockerd, date, compared.length, right, needless, falseHope, refused].join(' | ')} |`;
}
