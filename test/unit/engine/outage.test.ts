// Who can be saved before the next start, and who did not come back with the daemon.
import { describe, expect, test } from 'vitest';
import type { Access } from '@contract/snapshot.ts';
import { fallenSince, leftContainers, outageOf, rescueOf, stillFallen } from '../../../electron/engine/outage.ts';
import { nothingWatched } from '../../../electron/engine/outage-watch.ts';
import { CONFIG_PATH, configFile, container, engineIn, engineStates, facts, START } from '../../fakes/snapshot.ts';

const proven: Access = { kind: 'proven' };
const left = [container('web'), container('db')];
const signs = {
  engine: engineIn('failed'),
  left,
  watched: nothingWatched,
  pipeMaxSize: null,
  elevates: false,
  config: configFile({ debug: true }, { text: '{"debug": true}\n' }),
  flags: [],
  access: proven,
  lastFacts: facts({ liveRestore: false }),
};

describe('a rescue', () => {
  test('names everybody and the change of the file', () => {
    expect(rescueOf(signs)).toMatchObject({
      containers: [{ name: 'db' }, { name: 'web' }],
      text: { before: '{"debug": true}\n', after: '{"debug": true, "live-restore": true}\n' },
      blocked: null,
    });
  });

  test.each(engineStates)('is offered only while nothing runs and nothing comes: %s', (state) => {
    const down = state === 'stopped' || state === 'armed' || state === 'failed';
    expect(rescueOf({ ...signs, engine: engineIn(state) }) !== null).toBe(down);
    expect(outageOf({ ...signs, engine: engineIn(state) }) !== null).toBe(down);
  });

  test('has no file to begin with', () => {
    const config = { state: 'absent', path: CONFIG_PATH, writable: { ok: true } } as const;
    expect(rescueOf({ ...signs, config })).toMatchObject({ etag: null, text: { before: '' }, blocked: null });
  });

  test.each([
    ['nobody runs', { left: [] }],
    ['nobody has looked', { left: null }],
    ['the file keeps them', { config: configFile({ 'live-restore': true }) }],
    ['a flag decides', { flags: ['--live-restore=false'] }],
    [
      'a swarm node would not start',
      { lastFacts: facts({ swarm: { state: 'active', role: 'manager', quorum: null } }) },
    ],
    ['no start of a rootless daemon keeps anybody', { lastFacts: facts({ rootless: true }) }],
    ['Windows has no such option', { lastFacts: facts({ osType: 'windows' }) }],
  ])('is not offered where %s', (_, over) => {
    expect(rescueOf({ ...signs, ...over })).toBeNull();
  });

  test('is offered and says why it cannot be done from here', () => {
    const access: Access = { kind: 'read-only', reason: 'not-permitted', detail: '' };
    expect(rescueOf({ ...signs, access })?.blocked).toMatchObject({ kind: 'target.read-only' });
    const config = { ...signs.config, writable: { ok: false, block: 'denied' } } as typeof signs.config;
    expect(rescueOf({ ...signs, config })?.blocked).toMatchObject({ kind: 'config.not-writable', block: 'denied' });
  });
});

describe('containers without their daemon', () => {
  const found = (name: string, pid: number) => ({ container: container(name, { name: '', pid }), shimPid: 1 });

  test('have the name they had, else the one their files tell, else their id', () => {
    const known = [container('web', { state: 'paused', ports: ['0.0.0.0:80->80/tcp'] })];
    const [web, db] = leftContainers([found('web', 7), found('db', 8)], known);
    expect(web).toMatchObject({ name: 'web', pid: 7, state: 'paused', ports: ['0.0.0.0:80->80/tcp'] });
    expect(db?.name).toBe('db..........');
  });
});

describe('who ended with the daemon', () => {
  const ran = [
    container('db', { startedAt: '2026-11-21T09:30:02Z' }),
    container('web', { startedAt: '2026-11-21T09:30:01Z' }),
    container('old', { state: 'exited' }),
  ];
  const fallen = { at: START, containers: fallenSince(ran) };
  const ended = ran.map((one) => ({ ...one, state: 'exited' as const, exitCode: 137 }));

  test('is told in the order of the starts, with how it ended', () => {
    expect(stillFallen(fallen, ended)?.containers.map(({ name, exitCode }) => [name, exitCode])).toEqual([
      ['web', 137],
      ['db', 137],
    ]);
  });

  test('is not told of those that run again or were removed', () => {
    expect(stillFallen(fallen, [ended[0]!])?.containers.map(({ name }) => name)).toEqual(['db']);
    expect(stillFallen(fallen, ran)).toBeNull();
    expect(stillFallen(fallen, null)).toBeNull();
  });
});
