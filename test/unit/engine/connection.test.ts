// The loop that owns the connection goes on whatever the system refuses it for a moment.
import { expect, test } from 'vitest';
import type { Api } from '../../../electron/engine/api.ts';
import { keepConnected, type ConnectionLimits, type ProcessSigns } from '../../../electron/engine/connection.ts';
import type { Link } from '../../../electron/engine/status.ts';
import { ok } from '../../../electron/contract/problem.ts';
import { facts } from '../../fakes/snapshot.ts';

const quick: ConnectionLimits = {
  pingEveryMs: 5,
  pingLimitMs: 50,
  startPatienceMs: 100,
  comingMs: 50,
  quietCheckMs: 20,
  firstRetryMs: 5,
  lastRetryMs: 20,
};
const noProcess = (): Error => Object.assign(new Error('spawn systemctl EAGAIN'), { errno: -11, code: 'EAGAIN' });

/** A daemon that is up, and somebody whose questions fail as often as the test says. */
function open(signs: Partial<ProcessSigns>, more: Partial<Api> = {}) {
  const links: Link[] = [];
  const waiting = new Set<() => void>();
  const process: ProcessSigns = {
    runs: () => Promise.resolve(true),
    gone: () => Promise.resolve(),
    watchForStart: () => () => undefined,
    ...signs,
  };
  const api = {
    ping: () => Promise.resolve({ kind: 'ok', apiVersion: '1.51' }),
    negotiate: () => Promise.resolve(ok('1.51')),
    events: () => Promise.resolve(ok({ ended: new Promise(() => undefined), close: () => undefined })),
    facts: () => Promise.resolve(ok(facts())),
    containers: () => Promise.resolve(ok([])),
    close: () => undefined,
    ...more,
  } as unknown as Api;
  const report = {
    link(link: Link) {
      links.push(link);
      for (const look of waiting) look();
    },
    containers: () => undefined,
    signaled: () => undefined,
    reloaded: () => undefined,
  };
  const connection = keepConnected(api, process, report, quick);
  const until = (kind: Link['kind']): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => (links.at(-1)?.kind === kind ? resolve() : undefined);
      waiting.add(look);
      look();
    });
  return { connection, links, until };
}

test('a look for its process that fails is made again', async () => {
  let failures = 3;
  const { connection, until } = open({
    runs: () => (failures-- > 0 ? Promise.reject(noProcess()) : Promise.resolve(true)),
  });
  await until('up');
  connection.close();
});

test('so is one that fails while nothing runs, and a watch that cannot be set up', async () => {
  let looks = 0;
  let watches = 0;
  const { connection, until } = open({
    runs() {
      looks += 1;
      if (looks === 2) return Promise.reject(noProcess());
      return Promise.resolve(looks > 6);
    },
    watchForStart(coming) {
      watches += 1;
      if (watches === 2) throw noProcess();
      setTimeout(coming, 5);
      return () => undefined;
    },
  });
  await until('up');
  connection.close();
});

test('what fails while it is up is told as lost to whoever listens, and found again', async () => {
  let asked = 0;
  const { connection, links, until } = open(
    {},
    {
      facts() {
        asked += 1;
        return asked === 2 ? Promise.reject(noProcess()) : Promise.resolve(ok(facts()));
      },
    },
  );
  const heard: unknown[] = [];
  connection.onReload((event) => heard.push(event));
  await until('up');
  await until('coming');
  await until('up');
  expect(heard).toEqual(['gone']);
  expect(links.map(({ kind }) => kind).slice(0, 3)).toEqual(['up', 'coming', 'up']);
  connection.close();
});
