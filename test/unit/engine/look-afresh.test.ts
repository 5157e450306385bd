// When a look counts: once the daemon is followed again, and no restart policy is at work on those that are compared.
import { expect, test } from 'vitest';
import { noPolicy } from '../../../electron/contract/policy.ts';
import { ok } from '../../../electron/contract/problem.ts';
import type { Container } from '../../../electron/contract/snapshot.ts';
import { countsOf } from '../../../electron/engine/api.ts';
import { nothingSeen } from '../../../electron/engine/first-view.ts';
import { lookAfresh, type AfreshPorts } from '../../../electron/engine/look-afresh.ts';
import { createViewStore } from '../../../electron/engine/view.ts';
import { container, engineIn } from '../../fakes/snapshot.ts';

const candidate = { endpoint: 'unix:///x', source: 'default', context: null } as const;
const running = engineIn('running');
if (!('facts' in running)) throw new Error('down');
const { facts } = running;
const [web, between] = [container('web'), container('web', { state: 'restarting', pid: 0 })];
const ids = new Set([web.id]);

/** A daemon that is not followed yet and has this container. */
function daemonWith(first: Container) {
  const store = createViewStore({ ...nothingSeen([], candidate, null), link: { kind: 'coming' } });
  let now = first;
  let asked = 0;
  const manager = { unit: null, killMode: () => Promise.resolve(null) };
  const looking = lookAfresh({
    platform: { shims: () => [], stateFolder: '/nowhere' },
    candidate,
    store,
    api: {
      facts: () => Promise.resolve(ok(facts)),
      containers() {
        asked += 1;
        return Promise.resolve(ok([now]));
      },
    },
    outage: { look: () => Promise.resolve(null), went: () => null },
    begun: () => Promise.resolve(),
    identify: () => Promise.resolve({ pid: 1, configPath: null, manager }),
    identified: () => null,
    readFile: () => Promise.resolve({ config: { state: 'unknown' }, bytes: null, folderMissing: false }),
    policyFor: () => noPolicy,
    closed: () => false,
  } as unknown as AfreshPorts);
  return {
    asked: () => asked,
    follow: () => store.observe({ link: { kind: 'up', facts } }),
    becomes(next: Container) {
      now = next;
      store.observe({ containers: { list: [next], counts: countsOf([next]) } });
    },
    async states(limitMs: number): Promise<readonly string[] | null> {
      const found = await looking.gatherAtRest(ids, limitMs);
      return found.ok && 'facts' in found.value.engine ? found.value.containers.map(({ state }) => state) : null;
    },
  };
}

test('a daemon that is followed only a moment later is waited for', async () => {
  const daemon = daemonWith(web);
  setTimeout(daemon.follow, 50);
  expect(await daemon.states(10_000)).toEqual(['running']);
  expect(await daemonWith(web).states(1)).toBeNull();
});

test('one between two starts is looked at again when the daemon tells of it, and at the limit counts as it is', async () => {
  const daemon = daemonWith(between);
  daemon.follow();
  const states = daemon.states(10_000);
  await expect.poll(daemon.asked).toBe(1);
  daemon.becomes(web);
  expect(await states).toEqual(['running']);
  const never = daemonWith(between);
  never.follow();
  expect(await never.states(50)).toEqual(['restarting']);
});
