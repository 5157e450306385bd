// Logs across an outage on real daemons: what is late, what is lost, who had to wait, and what the audit says of it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LogFate } from '@contract/audit.ts';
import type { Engine } from '../../electron/engine/engine.ts';
import { createHttp } from '../../electron/engine/http.ts';
import { withoutFrames } from '../../electron/engine/log-frames.ts';
import { afterwards, openEngine, until, versions } from './open-sandbox.ts';

/** A line with a number each 50 ms, until a file tells it to end. */
const counter = ['sh', '-c', 'i=0; while [ ! -e /tmp/end ]; do i=$((i+1)); echo "$i"; sleep 0.05; done; echo bye'];
/** 1 000 lines of 100 bytes a second: more than a pipe holds for two seconds. */
const pad = 'x'.repeat(88);
const busy = `i=0; while :; do n=0; while [ $n -lt 100 ]; do i=$((i+1)); n=$((n+1)); echo "$i ${pad}"; done; sleep 0.1; done`;
const log = (driver: string) => ({ hostConfig: { LogConfig: { Type: driver, Config: {} } } });
const seeds = [
  { name: 'counter', command: counter, ...log('json-file') },
  { name: 'local', command: counter, ...log('local') },
  { name: 'busy', command: ['sh', '-c', busy], ...log('json-file') },
  { name: 'ends', command: counter, ...log('json-file') },
  { name: 'silent', command: ['sleep', '3600'], ...log('json-file') },
  { name: 'unlogged', command: counter, ...log('none') },
];

const pidOf = (engine: Engine, name: string): number =>
  engine.get().containers?.list.find((one) => one.name === name)?.pid ?? 0;

test.each(versions)('%s: down for as long as a pipe takes to fill', async (version) => {
  const { engine, sandbox } = await openEngine(version, { config: '{"live-restore":true}', seeds });
  const ending = pidOf(engine, 'ends');
  expect((await engine.act('stop', { accept: [] })).result).toBe('applied');
  engine.attend(true);
  writeFileSync(join('/proc', String(ending), 'root', 'tmp', 'end'), '');
  await until(engine, ({ outage }) => outage?.pressure === 'blocked');
  const outcome = await engine.act('start', { accept: [] });
  expect(outcome).toMatchObject({ result: 'applied' });

  const fates = new Map<string, LogFate>((outcome.audit?.logs ?? []).map(({ name, log: fate }) => [name, fate]));
  expect([...fates.keys()].toSorted()).toEqual(['busy', 'counter', 'ends', 'local', 'silent']);
  expect(fates.get('silent')).toEqual({ kind: 'none' });
  for (const name of ['counter', 'local']) expect(fates.get(name)).toMatchObject({ kind: 'delayed', heldUp: false });
  expect(fates.get('busy')).toMatchObject({ kind: 'delayed', heldUp: true });
  expect(fates.get('ends')).toMatchObject({ kind: 'lost' });
  const away = outcome.finishedAt - outcome.startedAt;
  for (const [name, fate] of fates) if ('ms' in fate && name !== 'ends') expect(fate.ms).toBeGreaterThan(away / 4);

  // What the audit says is so: every number is there, and the last words of the one that ended are not.
  const http = createHttp({ kind: 'unix', path: sandbox.socketPath }, { dial: null, tls: null });
  afterwards(() => http.close());
  const read = async (name: string): Promise<string> => {
    const answer = await http.get(`/containers/${name}/logs?stdout=1`, { limitMs: 5_000, encoding: 'latin1' });
    return answer.ok ? withoutFrames(Buffer.from(answer.text, 'latin1')) : '';
  };
  for (const name of ['counter', 'local', 'busy']) {
    const numbers = [...(await read(name)).matchAll(/^(\d+)/gm)].map(([, digits]) => Number(digits));
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  }
  expect(await read('ends')).not.toContain('bye');
});

test.each(versions)('%s: a restart of ours', async (version) => {
  const { engine } = await openEngine(version, { config: '{"live-restore":true}', seeds: seeds.slice(0, 2) });
  const outcome = await engine.act('restart', { accept: [] });
  expect(outcome.audit?.logs.map(({ log: fate }) => fate.kind)).toEqual(['delayed', 'delayed']);
});

test('without live restore the daemon reads those that it stops to their end', async () => {
  const { engine } = await openEngine('28.5', { seeds: seeds.slice(0, 1) });
  const outcome = await engine.act('restart', { accept: ['stops'] });
  expect(outcome.audit).toMatchObject({
    containers: [{ name: 'counter' }],
    logs: [{ name: 'counter', log: { kind: 'none' } }],
  });
});
