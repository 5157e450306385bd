// Does some scenarios of the survival matrix again for real: the daemon, the crew and the code of today, not the kept results.
import { describe, expect, test } from 'vitest';
import { programsFor } from './real-daemon.ts';
import { runScenario } from '../truth/survival-run.ts';
import { scenarios, versions } from '../truth/survival-scenarios.ts';
import { isFalseHope, isUntold, judge } from '../truth/survival-table.ts';

/** One of each kind of end, with what becomes of a container that has nothing special about it. */
const again = [
  ['on, restart', 'keeps-running'],
  ['off, crash, on in the file, start', 'keeps-running'],
  ['off, on by hand, restart by us', 'keeps-running'],
  ['off, on by hand, restart by others', 'stops'],
  ['on, off by hand, restart', 'stops'],
  ['pending data-root', 'hidden'],
  ['change containerd-namespace', 'lost'],
  ['no userland proxy, restart', 'keeps-running'],
] as const;

describe.each(again)('%s', (id, usual) => {
  test.concurrent.each(versions)('on %s', async (version) => {
    const scenario = scenarios.find((one) => one.id === id);
    if (!scenario) throw new Error(`no scenario '${id}'`);
    const judged = judge(await runScenario(scenario, version, programsFor));
    expect(judged).toHaveLength(12);
    expect(judged.find(({ container }) => container === 'always')).toMatchObject({ verdict: usual, truth: usual });
    expect(judged.filter(isFalseHope)).toEqual([]);
    expect(judged.filter(isUntold)).toEqual([]);
  });
});
