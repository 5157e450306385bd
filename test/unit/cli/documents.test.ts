// The documents of `--json` have the names and values that scripts were promised.
import { describe, expect, test } from 'vitest';
import { en } from '@contract/messages/en/index.ts';
import type { EngineView } from '@contract/snapshot.ts';
import { outcomeDocument, planDocument } from '../../../electron/cli/plan-document.ts';
import { findingDocument, problemDocument } from '../../../electron/cli/problem-document.ts';
import { statusDocument } from '../../../electron/cli/status-document.ts';
import { everyFinding, everyProblem } from '../../fakes/problems.ts';
import {
  CONFIG_PATH,
  engineStates,
  facts,
  outcome,
  planned,
  snapshot,
  snapshotIn,
  target,
  verdict,
} from '../../fakes/snapshot.ts';

const asJson = (document: unknown): unknown => JSON.parse(JSON.stringify(document));

describe('status', () => {
  test('a running daemon', () => {
    expect(asJson(statusDocument(snapshot(), en))).toMatchObject({
      engine: {
        state: 'running',
        version: '28.5.2',
        apiVersion: '1.51',
        osType: 'linux',
        rootless: false,
        endpoint: 'unix:///var/run/docker.sock',
        pid: 812,
        manager: 'systemd',
        unit: 'docker.service',
        access: { kind: 'proven' },
        log: [],
      },
      config: { path: CONFIG_PATH, state: 'read', etag: expect.stringContaining('etag of') as string, writable: true },
      liveRestore: { effective: true, file: true, flag: null, blockedBy: null },
      containers: { running: 4, paused: 0, stopped: 1 },
      swarm: { state: 'inactive', role: null, quorum: null },
      findings: [],
      operation: null,
    });
  });

  test.each(engineStates)('every key is there when the daemon is %s', (state) => {
    const document = asJson(statusDocument(snapshotIn(state), en)) as Record<string, Record<string, unknown>>;
    const all = asJson(statusDocument(snapshot(), en)) as Record<string, Record<string, unknown>>;
    expect(document['engine']?.['state']).toBe(state);
    expect(Object.keys(document)).toEqual(Object.keys(all));
    for (const part of ['engine', 'config', 'liveRestore', 'containers', 'swarm'] as const) {
      expect(Object.keys(document[part] ?? {})).toEqual(Object.keys(all[part] ?? {}));
    }
  });

  test('what is not known is null', () => {
    expect(asJson(statusDocument(snapshotIn('absent'), en))).toMatchObject({
      engine: { version: null, apiVersion: null, osType: null, rootless: null, pid: null, unit: null },
      config: { path: null, state: null, etag: null, writable: null },
      containers: { running: null, paused: null, stopped: null },
      swarm: { state: null, role: null, quorum: null },
    });
  });

  test('a failed start brings the lines that say why', () => {
    const document = statusDocument(snapshotIn('failed'), en);
    expect(document.engine.log.join()).toContain('unable to configure the Docker daemon');
  });

  test('files that are not there, not writable, broken', () => {
    const writable = { ok: false, block: 'immutable' } as const;
    const config = (made: EngineView['config']) => statusDocument(snapshot({ config: made }), en).config;
    expect(config({ state: 'absent', path: '/c', writable: { ok: true } })).toMatchObject({
      state: 'absent',
      etag: null,
      writable: true,
    });
    const problem = everyProblem.find(({ kind }) => kind === 'config.invalid');
    if (!problem) throw new Error('no such problem');
    expect(config({ state: 'unreadable', path: '/c', etag: 'e', text: '{', problem, writable })).toMatchObject({
      state: 'unreadable',
      etag: 'e',
      writable: false,
      writeBlock: 'immutable',
      problem: { kind: 'config.invalid', message: expect.stringMatching(/\S/) as string },
    });
  });

  test('what is under way, swarm and read-only are told', () => {
    const swarm = { state: 'active', role: 'manager', quorum: { reachable: 2, managers: 3 } } as const;
    const view = snapshot({
      engine: { state: 'reloading', since: 0, facts: facts({ swarm }) },
      operation: { kind: 'running', verb: 'apply', step: 'reloading', since: 0 },
      target: target({ access: { kind: 'read-only', reason: 'remote', detail: 'x' } }),
    });
    expect(statusDocument(view, en)).toMatchObject({
      swarm,
      operation: { verb: 'apply', step: 'reloading' },
      engine: { access: { kind: 'read-only', reason: 'remote' } },
    });
  });
});

test.each(everyProblem)('$kind keeps its data and says itself', (problem) => {
  const document = problemDocument(en, problem);
  const { findings: _, ...data } = asJson(problem) as Record<string, unknown>;
  expect(document).toMatchObject(data);
  expect(document.message).toMatch(/\S/);
  expect(document.remedy === null || document.remedy !== '').toBe(true);
});

test.each(everyFinding.map((finding) => [finding.about.kind, finding] as const))(
  'finding %s says itself',
  (kind, finding) => {
    const document = findingDocument(en, finding);
    expect(document).toMatchObject({
      kind,
      severity: finding.severity,
      path: finding.path,
      line: finding.place?.line ?? null,
      column: finding.place?.column ?? null,
    });
    expect(document.message).toMatch(/\S/);
  },
);

test('problems and findings within others say themselves too', () => {
  const faulty = everyProblem.find(({ kind }) => kind === 'config.faulty');
  const broken = everyFinding.find(({ about }) => about.kind === 'text-fault');
  if (!faulty || !broken) throw new Error('no such thing');
  const message = expect.stringMatching(/\S/) as string;
  expect(problemDocument(en, faulty)).toMatchObject({ findings: [{ kind: 'unknown-key', line: 2, message }] });
  expect(findingDocument(en, broken)).toMatchObject({ problem: { kind: 'config.invalid', message } });
});

test('a plan', () => {
  const plan = planned({
    effect: 'reload',
    changes: [{ key: 'debug', from: undefined, to: true, effect: 'reload', risk: 'none' }],
    text: { before: '', after: '{"debug":true}' },
    containers: [verdict('web')],
    findings: everyFinding.slice(0, 1),
    etag: 'e',
    needs: ['stops'],
    blocked: { kind: 'live-restore.swarm' },
  });
  expect(asJson(planDocument(plan, en))).toMatchObject({
    effect: 'reload',
    changes: [{ key: 'debug', to: true, effect: 'reload', risk: 'none' }],
    text: { before: '', after: '{"debug":true}' },
    containers: [
      {
        name: 'web',
        verdict: 'keeps-running',
        reasons: [{ kind: 'live-restore-on', message: expect.stringMatching(/\S/) as string }],
      },
    ],
    findings: [{ kind: 'unknown-key' }],
    etag: 'e',
    needs: ['stops'],
    blocked: { kind: 'live-restore.swarm', message: expect.stringMatching(/\S/) as string },
  });
  const [change] = (asJson(planDocument(plan, en)) as { changes: object[] }).changes;
  expect(change).not.toHaveProperty('from');
});

test('an outcome', () => {
  const made = outcome({ log: ['line'], problem: { kind: 'containers.worse', names: ['web'] } });
  expect(asJson(outcomeDocument(made, [], en))).toMatchObject({
    verb: 'apply',
    result: 'applied',
    effect: 'reload',
    proof: { event: '1795356120042000000', info: [{ key: 'live-restore', value: 'true' }] },
    containers: { before: 4, kept: 4, stopped: [], lost: [] },
    apiDowntimeMs: 0,
    history: '2026-11-22T14-02-00.json',
    log: ['line'],
    needs: [],
    problem: { kind: 'containers.worse', message: expect.stringMatching(/\S/) as string },
  });
});
