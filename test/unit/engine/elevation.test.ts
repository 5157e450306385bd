// Where the user's own rights end: what is asked for, with which authority, and what takes the place of what he may not see.
import { describe, expect, test } from 'vitest';
import type { Change } from '@contract/change.ts';
import type { Consent } from '@contract/plan.ts';
import type { PrivilegedRequest, StatusDocument } from '@contract/privileged.ts';
import { fail, ok, type Problem } from '@contract/problem.ts';
import type { Authorized } from '../../../electron/engine/authority.ts';
import { circumstancesOf, prepareChange } from '../../../electron/engine/gather.ts';
import { applyAsRoot } from '../../../electron/engine/elevation.ts';
import type { Gathered } from '../../../electron/engine/gather.ts';
import { taken, withLooked } from '../../../electron/engine/looked.ts';
import { createSteps } from '../../../electron/engine/steps.ts';
import type { Observed, ViewStore } from '../../../electron/engine/view.ts';
import { rootsPlaces } from '../../fakes/circumstances.ts';
import { gatheredWith } from '../../fakes/gathered.ts';
import { configFile, container, facts, outcome, snapshot, START } from '../../fakes/snapshot.ts';

const path = '/etc/docker/daemon.json';
const denied = { kind: 'config.unreadable', path, cause: 'denied' } as const;
const hidden = {
  state: 'unreadable',
  path,
  etag: null,
  text: null,
  problem: denied,
  writable: { ok: false, block: 'denied' },
} as const;
const set = (key: string, value: string | number | boolean | object): Change => ({
  kind: 'patch',
  patch: [{ path: [key], set: value as never }],
});

function gathered(over: Partial<Gathered> = {}): Gathered {
  const config = configFile({ 'live-restore': true });
  const seen = config.state === 'read' ? { ...config, writable: { ok: false, block: 'denied' } as const } : config;
  return gatheredWith({
    state: {
      config: seen,
      bytes: new TextEncoder().encode(seen.state === 'read' ? seen.text : ''),
      folderMissing: false,
    },
    step: 'installed',
    ...over,
  });
}

async function ask(change: Change, now: Gathered, etag: string | null, consent: Consent = { accept: [] }) {
  const asked: { request: PrivilegedRequest; by: Authorized }[] = [];
  const elevation = {
    rights: () => Promise.reject(new Error('not asked')),
    leftBehind: () => Promise.resolve(null),
    carryOut(request: PrivilegedRequest, by: Authorized) {
      asked.push({ request, by });
      return Promise.resolve(fail({ kind: 'authorization.dismissed' }));
    },
  };
  const steps = createSteps(
    () => undefined,
    () => Promise.resolve(),
  );
  const done = await applyAsRoot(elevation, now, change, { etag, ...consent }, steps);
  return { asked, problem: done !== 'nothing' && !done.ok ? done.problem : null };
}

const etagOf = ({ state }: Gathered): string | null => ('etag' in state.config ? state.config.etag : null);

describe('a change that only root can make', () => {
  test('is planned as one that may be made, and says what will be asked', () => {
    const now = gathered();
    expect(circumstancesOf(now).elevates).toBe(true);
    const everyday = prepareChange(now, set('debug', true));
    expect(everyday.ok && everyday.value.plan).toMatchObject({
      blocked: null,
      authority: { authority: 'control', named: [] },
    });
    const risky = prepareChange(now, set('hosts', ['tcp://127.0.0.1:1']));
    expect(risky.ok && risky.value.plan.authority).toEqual({ authority: 'change', named: ['hosts'] });
  });

  test('stays blocked where nobody can be asked', () => {
    const plan = prepareChange(gathered({ step: 'missing' }), set('debug', true));
    expect(plan.ok && plan.value.plan).toMatchObject({
      blocked: { kind: 'config.not-writable', path, block: 'denied' },
      authority: null,
    });
  });

  test('is asked for with the file that was shown', async () => {
    const now = gathered();
    const { asked, problem } = await ask(set('debug', true), now, etagOf(now));
    expect(problem).toEqual({ kind: 'authorization.dismissed' });
    expect(asked).toMatchObject([
      { request: { verb: 'apply', etag: { seen: etagOf(now) } }, by: { authority: 'control' } },
    ]);
  });

  test.each<[string, string | null, Problem['kind']]>([
    ['another file than the one shown', 'e'.repeat(64), 'config.changed'],
    ['no file', null, 'config.changed'],
  ])('is not asked for over %s', async (_what, etag, kind) => {
    const { asked, problem } = await ask(set('debug', true), gathered(), etag);
    expect([asked, problem?.kind]).toEqual([[], kind]);
  });

  test('is asked for with whom it was accepted for, and nobody is asked who accepted it for others', async () => {
    const containers = ['web', 'ci'].map((name, i) => ({ ...container(name), id: `${i}`.repeat(64) }));
    const off = facts({ liveRestore: false });
    const base = gathered();
    const identification = { ...base.identification, usual: rootsPlaces };
    const engine = { state: 'running', since: START, facts: off } as const;
    const state = { ...base.state, config: configFile({}), bytes: new TextEncoder().encode('{}') };
    const now = { ...base, identification, containers, engine, lastFacts: off, state };
    const shown = containers.map(({ id }) => id);
    const whole = await ask(set('mtu', 1400), now, etagOf(now), { accept: ['stops'], shown });
    expect(whole.asked).toMatchObject([{ request: { accept: ['stops'], shown } }]);
    const part = await ask(set('mtu', 1400), now, etagOf(now), { accept: ['stops'], shown: shown.slice(0, 1) });
    expect([part.asked, part.problem]).toMatchObject([[], { kind: 'containers.endangered', names: ['ci'] }]);
  });

  test('on a file that may not be read is asked for by its edits alone, never as a whole text', async () => {
    const now = gathered({ state: { config: hidden, bytes: null, folderMissing: false } });
    const edits = await ask(set('runtimes', {}), now, null);
    expect(edits.asked).toMatchObject([
      { request: { etag: 'unseen' }, by: { authority: 'change', named: ['runtimes'] } },
    ]);
    const whole = await ask({ kind: 'text', text: '{}' }, now, null);
    expect([whole.asked, whole.problem]).toEqual([[], denied]);
  });
});

describe('what was read as root', () => {
  const document: StatusDocument = {
    view: snapshot({ config: configFile({ debug: true }), target: { ...snapshot().target, pid: 812 } }),
    outcome: outcome(),
    problem: null,
    pipes: null,
    events: [],
    log: [],
  };
  const own = (over: Partial<Observed> = {}): Observed =>
    ({
      link: { kind: 'denied' },
      config: hidden,
      service: { state: 'running', pid: 812 },
      identification: null,
      containers: null,
      looked: document.view && { view: document.view, at: 5 },
      ...over,
    }) as Observed;

  test('stands in for what we may not see', () => {
    const { observed, seenAt } = withLooked(own());
    expect(seenAt).toBe(5);
    expect(observed.link.kind).toBe('up');
    // Whether we may write to it is still our own matter.
    expect(observed.config).toMatchObject({ state: 'read', values: { debug: true }, writable: { ok: false } });
  });

  test('names who ended with the daemon', () => {
    const fallen = { at: 5, containers: [{ id: 'a', name: 'web', exitCode: 137 }] };
    const { looked } = own();
    const seen = own({ looked: looked && { ...looked, view: { ...looked.view, fallen } } });
    expect(withLooked(seen).observed.fallen).toEqual(fallen);
  });

  test('says nothing of a daemon that was started since, and nothing where we see for ourselves', () => {
    expect(withLooked(own({ service: { state: 'running', pid: 900 } })).observed.link.kind).toBe('denied');
    const seeing = own({ link: { kind: 'up', facts: facts() }, config: configFile({}) });
    expect(withLooked(seeing)).toEqual({ observed: seeing, seenAt: null });
  });

  test('gives the outcome; an answer that never came leaves the file unknown', () => {
    const noted: Partial<Observed>[] = [];
    const store = { observe: (part: Partial<Observed>) => void noted.push(part) } as ViewStore;
    expect(taken('apply', store, ok(document))).toEqual(document.outcome);
    expect(noted).toHaveLength(1);
    const lost = taken('apply', store, fail({ kind: 'authorization.lost', detail: '' }));
    expect(lost).toMatchObject({ result: 'failed', file: 'unknown' });
    expect(taken('apply', store, fail({ kind: 'authorization.dismissed' }))).toMatchObject({
      result: 'refused',
      file: 'unchanged',
    });
  });
});
