// The loop that owns the connection, on real sockets: it never wakes, sees every end at once, and comes back by itself.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Container } from '../../electron/contract/snapshot.ts';
import { createApi } from '../../electron/engine/api.ts';
import { keepConnected, type ConnectionLimits, type ProcessSigns } from '../../electron/engine/connection.ts';
import type { ReloadEvent } from '../../electron/engine/daemon.ts';
import { createHttp } from '../../electron/engine/http.ts';
import { parseEndpoint } from '../../electron/engine/endpoint.ts';
import type { Link } from '../../electron/engine/status.ts';
import { createFakeDaemon, info, inspected, listed, ping, silent, type Script } from '../fakes/fake-daemon.ts';
import { afterwards, shortFolder } from './open-sandbox.ts';

/** Paces that a test can wait for, and patience that no busy machine uses up. */
const quick: ConnectionLimits = {
  pingEveryMs: 20,
  pingLimitMs: 20_000,
  startPatienceMs: 60_000,
  comingMs: 20_000,
  quietCheckMs: 60_000,
  firstRetryMs: 40,
  lastRetryMs: 60_000,
};

/** For daemons that shall be found to hang: an answer that a busy machine has late would be too late. */
const impatient = { pingLimitMs: 150, startPatienceMs: 600 } as const;

/** A process that is there or not, as the test says. */
function createProcess(runs: boolean) {
  const watchers = new Set<() => void>();
  const waiting = new Set<() => void>();
  const signs: ProcessSigns = {
    runs: () => Promise.resolve(state.runs),
    gone: () => (state.runs ? new Promise((resolve) => waiting.add(resolve)) : Promise.resolve()),
    watchForStart(coming) {
      watchers.add(coming);
      return () => void watchers.delete(coming);
    },
  };
  const state = {
    runs,
    signs,
    /** Something says that a daemon is coming, truly or not. */
    hint: () => [...watchers].forEach((coming) => coming()),
    begin(): void {
      state.runs = true;
      state.hint();
    },
    end(): void {
      state.runs = false;
      for (const resolve of waiting) resolve();
      waiting.clear();
    },
    watched: () => watchers.size > 0,
  };
  return state;
}

/** A loop on a fake daemon, with everything it reports. */
function open(options: { script?: Script; runs?: boolean; local?: boolean; limits?: Partial<ConnectionLimits> } = {}) {
  const socketPath = join(shortFolder(), 'd.sock');
  const daemon = createFakeDaemon(socketPath, options.script);
  const process = createProcess(options.runs ?? true);
  const links: Link[] = [];
  const lists: (readonly Container[])[] = [];
  const reloads: ReloadEvent[] = [];
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((listener) => listener());
  const kinds = (): readonly string[] => links.map(({ kind }) => kind).filter((kind, i, all) => kind !== all[i - 1]);

  function connect(signs = process.signs) {
    const endpoint = parseEndpoint(socketPath);
    if (!endpoint.ok) throw new Error(socketPath);
    const http = createHttp(endpoint.value, { dial: null, tls: null, onEnding: () => connection.hangUp() });
    const api = createApi(http, socketPath);
    const report = {
      link: (link: Link) => (links.push(link), tell()),
      containers: (list: readonly Container[]) => (lists.push(list), tell()),
      signaled: () => undefined,
      reloaded: (event: ReloadEvent) => (reloads.push(event), tell()),
    };
    const connection = keepConnected(api, options.local === false ? null : signs, report, {
      ...quick,
      ...options.limits,
    });
    afterwards(() => connection.close());
    return connection;
  }
  afterwards(() => daemon.stop());

  /** Resolves as soon as this holds; after every report and every few ms for what is not reported. */
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        clearInterval(timer);
        listeners.delete(look);
        resolve();
      };
      const timer = setInterval(look, 5);
      listeners.add(look);
      look();
    });
  const last = () => links.at(-1)?.kind;
  return { daemon, process, links, lists, reloads, kinds, connect, until, last };
}

const passed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('looking must not touch', () => {
  test('nothing connects to a listening socket while no process runs, whatever hints come', async () => {
    const comingMs = 300;
    const { daemon, process, connect, until, last, kinds } = open({ runs: false, limits: { comingMs } });
    await daemon.start();
    const connection = connect();
    await until(() => last() === 'down' && process.watched());
    for (let i = 0; i < 5; i += 1) {
      process.hint();
      connection.nudge();
      await passed(30);
    }
    // Longer than a hint is believed.
    await passed(comingMs + 100);
    expect(daemon.connections()).toBe(0);
    expect(kinds()).toEqual(['down']);
    process.begin();
    await until(() => last() === 'up');
  });

  test('a process that comes a little after the hint is waited for', async () => {
    const { daemon, process, connect, until, last } = open({ runs: false });
    await daemon.start();
    connect();
    await until(() => process.watched());
    process.hint();
    await passed(100);
    expect(daemon.connections()).toBe(0);
    process.runs = true;
    await until(() => last() === 'up');
  });

  test('after the daemon hung up nothing connects until its process is gone', async () => {
    const { daemon, process, connect, until, last, kinds } = open();
    await daemon.start();
    connect();
    await until(() => last() === 'up');
    await daemon.stop();
    await until(() => last() === 'ending');
    // The socket of a unit listens on while the daemon ends.
    await daemon.start();
    const before = daemon.connections();
    await passed(200);
    expect(daemon.connections()).toBe(before);
    process.end();
    await until(() => last() === 'down');
    await passed(100);
    expect(daemon.connections()).toBe(before);
    process.begin();
    await until(() => last() === 'up');
    expect(kinds()).toEqual(['up', 'ending', 'down', 'up']);
  });

  test('while a verb holds it, it stays away; released, it does not wait for a process that stayed', async () => {
    const { daemon, connect, until, last } = open();
    await daemon.start();
    const connection = connect();
    await until(() => last() === 'up');
    const followAgain = connection.letGo();
    await until(() => last() === 'ending');
    const before = daemon.connections();
    connection.nudge();
    await passed(100);
    expect(daemon.connections()).toBe(before);
    followAgain();
    await until(() => last() === 'up');
  });

  test('an idle connection asks nothing', async () => {
    const { daemon, connect, until, last } = open();
    await daemon.start();
    connect();
    await until(() => last() === 'up');
    const asked = daemon.asked.length;
    await passed(500);
    expect(daemon.asked.length).toBe(asked);
  });
});

describe('starting', () => {
  test('a process whose socket is not there yet is asked in quick succession, and found at once', async () => {
    const { daemon, connect, until, last, kinds } = open();
    connect();
    await until(() => last() === 'coming');
    await passed(100);
    await daemon.start();
    const began = performance.now();
    await until(() => last() === 'up');
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(kinds()).toEqual(['coming', 'up']);
  });

  test('pings come one after another, never faster than their pace', async () => {
    const times: number[] = [];
    const busy = (_request: unknown, response: { writeHead(code: number): { end(): void } }): void => {
      times.push(performance.now());
      response.writeHead(503).end();
    };
    const { daemon, connect, until, last } = open({ script: { '/_ping': busy } });
    await daemon.start();
    connect();
    await until(() => times.length > 8);
    daemon.script({ '/_ping': ping });
    await until(() => last() === 'up');
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(quick.pingEveryMs - 3);
    expect(daemon.asked.filter((path) => path !== '/_ping').length).toBe(3);
  });

  test('a process that never answers is asked less and less often', async () => {
    const { connect, until, last, links } = open({ limits: { startPatienceMs: 100 } });
    connect();
    await until(() => last() === 'down');
    const before = links.length;
    await passed(600);
    // 40, 80, 160, 320 ms apart, where the quick pace would have made thirty.
    expect(links.length - before).toBeLessThan(6);
  });

  test('a daemon that was seen to come may take its time: starting, not hanging', async () => {
    const { daemon, process, connect, until, last, kinds } = open({
      runs: false,
      script: { '/_ping': silent },
      limits: { pingLimitMs: impatient.pingLimitMs },
    });
    await daemon.start();
    connect();
    await until(() => process.watched());
    process.begin();
    await passed(400);
    daemon.script({ '/_ping': ping });
    await until(() => last() === 'up');
    expect(kinds()).toEqual(['down', 'coming', 'up']);
  });

  test('given up while it starts: down again, without another connection', async () => {
    const { daemon, process, connect, until, last } = open();
    connect();
    await until(() => last() === 'coming');
    process.end();
    await until(() => last() === 'down');
    await daemon.start();
    await passed(100);
    expect(daemon.connections()).toBe(0);
  });
});

describe('hanging', () => {
  test('a daemon that takes connections and never answers hangs; its answer is seen at once', async () => {
    let answerNow = (): void => undefined;
    const late: Script[string] = (request, response) => {
      answerNow = () => ping(request, response);
    };
    const { daemon, connect, until, last, kinds } = open({ script: { '/_ping': late }, limits: impatient });
    await daemon.start();
    connect();
    await until(() => last() === 'hanging');
    await until(() => daemon.asked.length === 2);
    // One question waits; it is not asked again and again.
    await passed(500);
    expect(daemon.asked.length).toBe(2);
    daemon.script({ '/_ping': ping });
    answerNow();
    await until(() => last() === 'up');
    expect(kinds()).toEqual(['hanging', 'up']);
  });

  test('a connected daemon that falls silent hangs, is not taken for ending, and recovers', async () => {
    const { daemon, connect, until, last, kinds } = open({ limits: { ...impatient, quietCheckMs: 200 } });
    await daemon.start();
    connect();
    await until(() => last() === 'up');
    daemon.script({ '/_ping': silent });
    await until(() => last() === 'hanging');
    daemon.script({ '/_ping': ping });
    await until(() => last() === 'up');
    expect(kinds()).toEqual(['up', 'hanging', 'up']);
    expect(daemon.listeners()).toBe(1);
  });

  test('a daemon that hangs and is then killed is down', async () => {
    const { daemon, process, connect, until, last } = open({ script: { '/_ping': silent }, limits: impatient });
    await daemon.start();
    connect();
    await until(() => last() === 'hanging');
    process.end();
    await daemon.stop();
    await until(() => last() === 'down');
  });

  test('an answer that drips for ever ends at the limit', async () => {
    const drip: Script[string] = (_request, response) => {
      response.writeHead(200, { 'Api-Version': '1.51' });
      const timer = setInterval(() => response.write('O'), 20);
      response.once('close', () => clearInterval(timer));
    };
    const { daemon, connect, until, last } = open({ script: { '/_ping': drip }, limits: impatient });
    await daemon.start();
    connect();
    await until(() => last() === 'hanging');
  });
});

describe('while it is up', () => {
  test('the end of the event stream is told within 50 ms, and the world is read again afterwards', async () => {
    const world: Script = { '/containers/json': [listed('a')], '/containers/a/json': inspected('a', 11) };
    const { daemon, process, connect, until, last, lists, links } = open({ script: world });
    await daemon.start();
    connect();
    await until(() => last() === 'up');
    const began = performance.now();
    const stopped = daemon.stop();
    await until(() => last() === 'ending');
    expect(performance.now() - began).toBeLessThan(3_000);
    await stopped;
    process.end();
    daemon.script({ '/info': info({ LiveRestoreEnabled: true }), '/containers/a/json': inspected('a', 22) });
    await daemon.start();
    process.begin();
    await until(() => last() === 'up');
    expect(lists.at(-1)?.[0]?.pid).toBe(22);
    expect(links.at(-1)).toMatchObject({ kind: 'up', facts: { liveRestore: true } });
  });

  test('a reload is told with its own time to the last digit, and the facts follow', async () => {
    const { daemon, connect, until, last, links, reloads } = open();
    await daemon.start();
    const connection = connect();
    const heard: (ReloadEvent | 'gone')[] = [];
    connection.onReload((event) => heard.push(event));
    await until(() => last() === 'up');
    daemon.script({ '/info': info({ LiveRestoreEnabled: true }) });
    daemon.raw(
      '{"Type":"daemon","Action":"reload","Actor":{"ID":"x","Attributes":{"live-restore":"true","odd":7,"label":"\\"timeNano\\":5"}},"timeNano":1764000000123456789}\n',
    );
    await until(() => links.some((link) => link.kind === 'up' && link.facts.liveRestore));
    const event = {
      timeNano: '1764000000123456789',
      attributes: { 'live-restore': 'true', label: '"timeNano":5' },
    };
    expect(reloads).toEqual([event]);
    expect(heard).toEqual([event]);
  });

  test('what happened to a container between listening and reading is not missed', async () => {
    const { daemon, connect, until, lists } = open({ script: { '/containers/a/json': inspected('a', 11) } });
    daemon.script({
      '/containers/json': (_request, response) => {
        daemon.event({ Type: 'container', Action: 'start', Actor: { ID: 'a' } });
        response.end('[]');
      },
    });
    await daemon.start();
    connect();
    await until(() => lists.at(-1)?.[0]?.pid === 11);
    expect(lists[0]).toEqual([]);
  });

  test('events arrive split anywhere, within characters too; nonsense between them does no harm', async () => {
    const { daemon, connect, until, last, reloads } = open();
    await daemon.start();
    connect();
    await until(() => last() === 'up');
    const event = { Type: 'daemon', Action: 'reload', Actor: { ID: 'x', Attributes: { labels: '["größe=ひ𝄞"]' } } };
    const bytes = Buffer.from(`not json\n[1]\n{"Type":5}\n\n${JSON.stringify(event)}\n`);
    for (const byte of bytes) {
      daemon.raw(Buffer.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => reloads.length === 1);
    expect(reloads[0]?.attributes['labels']).toBe('["größe=ひ𝄞"]');
    expect(last()).toBe('up');
  });

  test('answers that are none lead to less and less frequent attempts, never to a storm', async () => {
    const nonsense: Script[string] = (_request, response) => void response.end('<html>');
    const { daemon, connect, until, links } = open({ script: { '/info': nonsense } });
    await daemon.start();
    connect();
    await until(() => links.length > 0);
    await passed(600);
    expect(daemon.asked.filter((path) => path.includes('/info')).length).toBeLessThan(6);
    daemon.script({ '/info': info() });
    await until(() => links.at(-1)?.kind === 'up');
  });

  test('killed while it answers, it is ending, and nothing of that answer is told', async () => {
    const { daemon, process, connect, until, last, kinds } = open();
    const half: Script[string] = (_request, response) => {
      response.writeHead(200, { 'Content-Length': 1_000 }).write('{"ID":"half');
      setTimeout(() => void daemon.stop(), 20);
    };
    daemon.script({ '/info': half });
    await daemon.start();
    connect();
    await until(() => last() === 'ending' || last() === 'coming');
    process.end();
    await until(() => last() === 'down');
    expect(kinds()).not.toContain('up');
  });
});

describe('a daemon elsewhere', () => {
  test('is asked again by itself, each time later, and at once when somebody looks', async () => {
    const { daemon, connect, until, last, links } = open({ local: false });
    const connection = connect();
    await until(() => links.length >= 2);
    expect(links.at(-1)).toEqual({ kind: 'down', unreached: 'refused' });
    await daemon.start();
    connection.nudge();
    await until(() => last() === 'up');
  });

  test('is told as one that is not reached also where it breaks off in the middle', async () => {
    const cut: Script[string] = (request) => request.socket.destroy();
    const { daemon, connect, until, last, links } = open({ local: false, script: { '/info': cut } });
    const broken = { kind: 'down', unreached: 'broken' };
    await daemon.start();
    const connection = connect();
    await until(() => links.length > 0);
    expect(links[0]).toEqual(broken);
    daemon.script({ '/info': info() });
    connection.nudge();
    await until(() => last() === 'up');
    const before = links.length;
    await daemon.stop();
    await until(() => links.length > before);
    expect(links[before]).toEqual(broken);
  });

  test('is not taken for ending when an idle connection is closed on the way', async () => {
    const { daemon, connect, until, last, kinds } = open({ local: false });
    await daemon.start();
    const connection = connect();
    await until(() => last() === 'up');
    connection.hangUp();
    await passed(50);
    expect(kinds()).toEqual(['up']);
  });
});

describe('after the end', () => {
  test.each(['/version', '/events'])('%s, which it cut off, is not told as a daemon that is away', async (path) => {
    // Only a daemon that knows more than we do is asked what it knows at least.
    const newer: Script[string] = (_request, response) => response.writeHead(200, { 'Api-Version': '1.99' }).end('OK');
    const { daemon, process, connect, until, links } = open({ script: { '/_ping': newer, [path]: silent } });
    await daemon.start();
    const connection = connect();
    await until(() => daemon.asked.some((asked) => asked.includes(path)));
    connection.close();
    await until(() => daemon.open() === 0);
    await passed(50);
    expect(links).toEqual([]);
    expect(process.watched()).toBe(false);
  });

  test('a process that is looked for just then is neither told nor waited for', async () => {
    const { process, connect, links } = open();
    let answer = (_runs: boolean): void => undefined;
    const looked = new Promise<boolean>((resolve) => (answer = resolve));
    const connection = connect({ ...process.signs, runs: () => looked });
    connection.close();
    answer(false);
    await passed(50);
    expect(links).toEqual([]);
    expect(process.watched()).toBe(false);
  });

  test('nothing is asked and nothing is told any more', async () => {
    const { daemon, connect, until, last, links } = open();
    await daemon.start();
    const connection = connect();
    await until(() => last() === 'up');
    connection.close();
    await until(() => daemon.listeners() === 0);
    const [asked, told] = [daemon.asked.length, links.length];
    await passed(150);
    expect([daemon.asked.length, links.length]).toEqual([asked, told]);
  });
});
