// The connection to real daemons of every version: what it hears, what it is spared, and how it sees ends and silence.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Container } from '../../electron/contract/snapshot.ts';
import { createApi, type Api } from '../../electron/engine/api.ts';
import { keepConnected, type Connection, type ProcessSigns } from '../../electron/engine/connection.ts';
import type { ReloadEvent } from '../../electron/engine/daemon.ts';
import { createHttp } from '../../electron/engine/http.ts';
import { reloadReceipt } from '../../electron/engine/reload-receipt.ts';
import type { Link } from '../../electron/engine/status.ts';
import { isAlive, startRealDaemon, versions, type RealDaemon } from './real-daemon.ts';

const apiVersions = { '20.10': '1.41', '26.1': '1.45', '28.5': '1.51' };
const second = 1_000_000_000;
const healthy = { Healthcheck: { Test: ['CMD', 'true'], Interval: second, Timeout: second, Retries: 1 } };

describe.each(versions)('dockerd %s', (version) => {
  let daemon: RealDaemon;
  let api: Api;
  let connection: Connection;
  const links: Link[] = [];
  const reloads: ReloadEvent[] = [];
  let list: readonly Container[] = [];
  const looks = new Set<() => void>();

  /** Resolves once it holds, looked at whenever something was told; else says what was known. */
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => {
        looks.delete(look);
        reject(new Error(`Never so: ${String(holds)}; link ${last()}; containers ${JSON.stringify(list)}`));
      }, 30_000);
      const look = (): void => {
        if (!holds()) return;
        clearTimeout(giveUp);
        looks.delete(look);
        resolve();
      };
      looks.add(look);
      look();
    });
  const told = (): void => looks.forEach((look) => look());
  const last = () => links.at(-1)?.kind;
  const named = (name: string): Container | undefined => list.find((one) => one.name === name);

  beforeAll(async () => {
    daemon = await startRealDaemon({ version, manager: 'bare-process', config: '{"live-restore": true}\n' });
    const signs: ProcessSigns = {
      runs: () => Promise.resolve(daemon.pid() !== null),
      async gone() {
        while (daemon.pid() !== null) await new Promise((resolve) => setTimeout(resolve, 10));
      },
      watchForStart(coming) {
        const timer = setInterval(() => (daemon.pid() === null ? undefined : coming()), 10);
        return () => clearInterval(timer);
      },
    };
    const http = createHttp(
      { kind: 'unix', path: daemon.socketPath },
      { dial: null, tls: null, onEnding: () => connection.hangUp() },
    );
    api = createApi(http, daemon.endpoint);
    connection = keepConnected(api, signs, {
      link: (link) => (links.push(link), told()),
      containers: (now) => ((list = now), told()),
      signaled: () => undefined,
      reloaded: (event) => (reloads.push(event), told()),
    });
    await until(() => last() === 'up');
  });

  afterAll(async () => {
    connection?.close();
    await daemon?.dispose();
  });

  test('speaks the newest version that both know, and its facts are whole', () => {
    const link = links.at(-1);
    expect(link).toMatchObject({
      kind: 'up',
      facts: {
        version: expect.stringContaining(version),
        apiVersion: apiVersions[version],
        osType: 'linux',
        dockerRootDir: `${daemon.folder}/data`,
        liveRestore: true,
        rootless: false,
        swarm: { state: 'inactive', role: null, quorum: null },
      },
    });
    if (link?.kind !== 'up') throw new Error('not up');
    expect([link.facts.id, link.facts.storageDriver, link.facts.operatingSystem]).not.toContain('');
  });

  test('a container’s life is followed, and its health checks cost no event', async () => {
    const actions: string[] = [];
    const connections: string[] = [];
    const stream = await api.events(({ type, action }) => {
      // Those of its network come beside them, in another order on each version.
      (type === 'network' ? connections : actions).push(action);
      told();
    });
    if (!stream.ok) throw new Error('no events');
    const pid = await daemon.runContainer({ name: 'one', command: ['sleep', '1000'], publish: 80, config: healthy });
    await until(() => named('one')?.pid === pid && named('one')?.health === 'healthy');
    expect(isAlive(pid)).toBe(true);
    expect(named('one')).toMatchObject({
      state: 'running',
      healthCheck: true,
      image: expect.stringContaining('afloat'),
    });
    expect(named('one')?.ports.some((port) => port.endsWith('->80/tcp'))).toBe(true);
    await daemon.api('POST', '/containers/one/pause');
    await until(() => named('one')?.state === 'paused');
    await daemon.api('POST', '/containers/one/unpause');
    await until(() => named('one')?.state === 'running');
    await daemon.api('POST', '/containers/one/rename?name=two');
    await until(() => named('two') !== undefined);
    await daemon.api('POST', '/containers/two/kill');
    await until(() => named('two')?.state === 'exited');
    expect(named('two')).toMatchObject({ pid: 0, exitCode: 137 });
    await daemon.api('DELETE', '/containers/two');
    await until(() => list.length === 0);
    // Each stream gets its events in its own time.
    await until(() => actions.includes('destroy'));
    stream.value.close();
    // Each once: dockerd 20.10 tells of a pause and its end a second time when containerd's word of them comes late.
    expect([...new Set(actions)]).toEqual([
      'create',
      'start',
      'health_status: healthy',
      'pause',
      'unpause',
      'rename',
      'kill',
      'die',
      'destroy',
    ]);
    // Its network tells of it, too: what it is connected to is followed.
    expect(new Set(connections)).toEqual(new Set(['connect', 'disconnect']));
  });

  test('a reload sent as soon as the daemon answered is never missed', async () => {
    for (let i = 0; i < 5; i += 1) {
      const listening = await reloadReceipt(api);
      if (!listening.ok) throw new Error('not listening');
      const receipt = listening.value;
      const before = reloads.length;
      process.kill(daemon.pid() ?? 0, 'SIGHUP');
      const event = await receipt.wait(5_000);
      receipt.close();
      expect(event).toMatchObject({
        timeNano: expect.stringMatching(/^\d{19}$/),
        attributes: { 'live-restore': 'true' },
      });
      await until(() => reloads.length > before);
      expect(reloads.at(-1)).toEqual(event);
    }
  });

  test('stopped in its tracks it hangs, and is up again as soon as it goes on', async () => {
    const pid = daemon.pid() ?? 0;
    process.kill(pid, 'SIGSTOP');
    // A nudge while something is being asked already is not one more question.
    const nudging = setInterval(() => connection.nudge(), 200);
    await until(() => last() === 'hanging');
    clearInterval(nudging);
    process.kill(pid, 'SIGCONT');
    await until(() => last() === 'up');
  });

  test('killed it is seen at once; with the next one its containers are the same processes', async () => {
    const pid = await daemon.runContainer({ name: 'kept', command: ['sleep', '1000'] });
    await until(() => named('kept')?.pid === pid);
    const seen = until(() => last() !== 'up');
    process.kill(daemon.pid() ?? 0, 'SIGKILL');
    await seen;
    await until(() => last() === 'down');
    list = [];
    await daemon.kill('SIGKILL');
    await daemon.start();
    await until(() => last() === 'up');
    expect(named('kept')?.pid).toBe(pid);
  });
});
