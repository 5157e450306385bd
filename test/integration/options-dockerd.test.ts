// What is told of options against daemons that run: what `/info` really says, before and after a reload that is missing.
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { OptionTruth } from '../../electron/contract/option-truth.ts';
import type { Engine } from '../../electron/engine/engine.ts';
import { openEngine, versions } from './open-sandbox.ts';

/** The truth of one option, as soon as it is as wanted. */
const until = (engine: Engine, key: string, holds: (truth: OptionTruth) => boolean): Promise<OptionTruth> =>
  new Promise((resolve) => {
    let stop = (): void => undefined;
    stop = engine.watch(({ options }) => {
      const truth = options.find((one) => one.key === key);
      if (truth === undefined || !holds(truth)) return;
      queueMicrotask(() => stop());
      resolve(truth);
    });
  });

describe.each(versions)('%s', (version) => {
  test('file, flag and daemon are told apart, and what waits is named', async () => {
    const { sandbox, engine } = await openEngine(version, {
      config: JSON.stringify({
        'live-restore': true,
        labels: ['a=1'],
        'registry-mirrors': ['https://mirror.example'],
        mtu: 1400,
      }),
      flags: ['--max-concurrent-downloads=4'],
      seeds: [],
    });
    const of = (key: string) => until(engine, key, ({ running }) => running !== null);
    expect(await of('live-restore')).toMatchObject({ value: true, source: 'file', running: true, pending: null });
    expect(await of('labels')).toMatchObject({ value: ['a=1'], running: ['a=1'], pending: null });
    expect(await of('registry-mirrors')).toMatchObject({ running: ['https://mirror.example'], pending: null });
    expect(await of('log-driver')).toMatchObject({ running: 'json-file', pending: null });
    const { options } = engine.get();
    expect(options.find(({ key }) => key === 'mtu')).toMatchObject({ value: 1400, source: 'file', running: null });
    expect(options.find(({ key }) => key === 'max-concurrent-downloads')).toMatchObject({
      value: 4,
      source: 'flag',
      running: null,
    });
    writeFileSync(sandbox.configPath, JSON.stringify({ 'live-restore': true, labels: ['b=2'] }));
    expect(await until(engine, 'labels', ({ pending }) => pending !== null)).toMatchObject({
      value: ['a=1'],
      source: 'running',
      file: ['b=2'],
      pending: ['b=2'],
    });
  });
});
