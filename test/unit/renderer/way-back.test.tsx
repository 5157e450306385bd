// A daemon that does not start: the version that worked is offered first, asks only where it harms somebody, or says why not.
import { describe, expect, test } from 'vitest';
import { fireEvent } from '@testing-library/react';
import type { WayBack } from '@contract/history.ts';
import type { Plan } from '@contract/plan.ts';
import { fail, ok, type Result } from '@contract/problem.ts';
import type { PlaceName } from '@contract/ipc.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { CONFIG_PATH, outcome, planned, snapshotIn, START, verdict, workedVersion } from '../../fakes/snapshot.ts';
import { act, open, screen } from './render.tsx';

const { id } = workedVersion();
const back = (over: Partial<Plan> = {}, saves: number | null = null): WayBack => ({
  version: workedVersion(),
  plan: planned({ verb: 'start', effect: 'none', text: { before: '{,}', after: '{}' }, etag: 'broken', ...over }),
  saves,
});
const broken: Snapshot['config'] = {
  state: 'unreadable',
  path: CONFIG_PATH,
  etag: 'broken',
  text: '{,}',
  problem: { kind: 'config.invalid', path: CONFIG_PATH, fault: 'syntax', place: { line: 1, column: 2 }, detail: '' },
  writable: { ok: true },
};
const left = [{ id: 'w', name: 'web', pid: 7 }];

async function openWith(answer: Result<WayBack>, more: Partial<Snapshot> = {}, place: PlaceName = 'status') {
  const page = open(place, snapshotIn('stopped'), { options: false });
  page.fake.answer('engine.way-back', () => answer);
  page.fake.answer('engine.go-back', () => ok(outcome({ verb: 'start' })));
  const failed = snapshotIn('failed', { config: broken, ...more });
  await page.does(() => page.fake.publish({ engine: failed.engine, config: failed.config, ...more }));
  return page;
}
const button = (name: string) => screen.queryByRole('button', { name });
const click = (name: string) => act(async () => void fireEvent.click(screen.getByRole('button', { name })));

test('one click puts it back, with the file that was shown', async () => {
  const { fake } = await openWith(ok(back()));
  expect(screen.getByText(/^The daemon ran with the version that nano wrote on Nov 22, 2026, 14:02\./)).toBeTruthy();
  expect(button('Put it back and start')?.className).toContain('primary');
  expect(button('Go to line 1')?.className).not.toContain('primary');
  await click('Put it back and start');
  expect(fake.inputs('engine.go-back')).toEqual([{ id, etag: 'broken', accept: [] }]);
});

test('it is not asked for while nothing says that the file is at fault', async () => {
  const { fake, does } = open('status', snapshotIn('stopped'), { options: false });
  await does(() => fake.publish({}));
  expect(fake.inputs('engine.way-back')).toEqual([]);
});

test('who would stop is named before, and taken as shown', async () => {
  const { fake, does } = await openWith(ok(back({ containers: [verdict('web', 'stops')], needs: ['stops'] })));
  await does(() => screen.getByRole('button', { name: 'Put it back and start' }).click());
  expect(fake.inputs('engine.go-back')).toEqual([]);
  expect(screen.getByRole('dialog', { name: 'Put that version back and start?' }).textContent).toContain('web');
  await click('Put back and start and stop 1 container');
  expect(fake.inputs('engine.go-back')).toMatchObject([{ id, etag: 'broken', accept: ['stops'] }]);
});

describe('a crash of a daemon that had read its file once more', () => {
  const config = snapshotIn('running').config;
  const reloaded = `time="2026-11-22T13:00:00Z" level=info msg="Got signal to reload configuration, reloading from: ${CONFIG_PATH}"`;
  const crashed = (log: readonly string[]) => ({ config, engine: { state: 'failed', since: START, log } as const });

  test('is no fault of the file: who still runs is saved first', async () => {
    const page = await openWith(ok(back()));
    const rescue = { containers: left, etag: 'e', text: null, blocked: null };
    await page.does(() => page.fake.publish({ ...crashed([reloaded]), rescue }));
    expect(button('Save them and start')?.className).toContain('primary');
    expect(button('Put it back and start')?.className).not.toContain('primary');
  });
  test('leads to its start', async () => {
    const page = await openWith(ok(back()));
    await page.does(() => page.fake.publish(crashed([reloaded])));
    expect(button('Start daemon')?.className).toContain('primary');
    expect(button('Put it back and start')?.className).not.toContain('primary');
  });
  test('is another thing than a start that failed', async () => {
    const page = await openWith(ok(back()));
    const log = [reloaded, 'failed to start daemon: Error initializing network controller'];
    await page.does(() => page.fake.publish(crashed(log)));
    expect(button('Put it back and start')?.className).toContain('primary');
    expect(button('Start daemon')?.className).not.toContain('primary');
  });
});

describe('containers that can be saved', () => {
  const rescue = { containers: left, etag: 'broken', text: null, blocked: null };
  test('are saved by the way back, where no start with this file could', async () => {
    await openWith(ok(back({}, 4)), { rescue });
    expect(screen.queryByText(/next start of the daemon would stop it/)).toBeNull();
    expect(screen.getByText(/Live restore is on for this start alone/)).toBeTruthy();
  });
  test('keep running by themselves with a version that has live restore on', async () => {
    await openWith(ok(back({ containers: [verdict('web'), verdict('db')], needs: [] })), { rescue });
    expect(screen.getByText(/wrote on .*\. All 2 containers keep running\.$/)).toBeTruthy();
  });
  test('are told by their number where not all of them are', async () => {
    const containers = [verdict('web'), verdict('db', 'interrupted'), verdict('old', 'hidden')];
    await openWith(ok(back({ containers, needs: ['hides'] }, 2)), { rescue });
    expect(screen.getByText(/for this start alone: 2 of 3 containers keep running/)).toBeTruthy();
  });
  test('come first, where the way back would stop them', async () => {
    await openWith(ok(back({ needs: ['stops'] })), { rescue });
    expect(screen.getByText(/next start of the daemon would stop it/)).toBeTruthy();
    expect(button('Put it back and start')?.className).not.toContain('primary');
  });
});

test('who has no right to write gets the command for both', async () => {
  const blocked = { kind: 'config.not-writable', path: CONFIG_PATH, block: 'denied' } as const;
  await openWith(ok(back({ blocked })));
  expect(button('Put it back and start')).toBeNull();
  const write = `printf %s '{}' | sudo tee ${CONFIG_PATH} >/dev/null`;
  expect(screen.getByText(`${write} && sudo systemctl start docker.service`)).toBeTruthy();
});

test('where no version is known it says so, and leads to what is wrong', async () => {
  const findings: Snapshot['findings'] = [
    {
      severity: 'error',
      path: ['labls'],
      place: { line: 2, column: 3 },
      about: { kind: 'unknown-key', key: 'labls', suggestion: 'labels' },
      fix: [{ path: ['labls'], remove: true }],
    },
  ];
  await openWith(fail({ kind: 'way-back.unknown' }), { findings });
  expect(screen.getByText(/^No version of the file is known that worked\..*listed below/)).toBeTruthy();
  expect(button('Fix')).toBeTruthy();
});

test('Daemon offers it too, but not beside the text that is put right there', async () => {
  const { store } = await openWith(ok(back()), {}, 'daemon/advanced');
  expect(button('Put it back and start')).toBeTruthy();
  await act(async () => store.setState({ place: 'daemon/json' }));
  expect(button('Put it back and start')).toBeNull();
});
