import { describe, expect, test } from 'vitest';
import { accepts, type OptionChange } from '../../../electron/contract/plan.ts';
import { languages, messagesIn } from '../../../electron/contract/messages/index.ts';
import { everyFinding, everyProblem } from '../../fakes/problems.ts';

const { problem, finding, plan, status } = messagesIn('en');

/** A sentence for people: it begins with no small letter of its own, ends, and neither shouts nor leaks code. */
function expectSentence(text: string): void {
  expect(text).toMatch(/[.?:…”")\w>]$/);
  expect(text).not.toMatch(/!|undefined|null|\[object|NaN|error occurred| {2}|\.\./);
}

describe('problems', () => {
  test.each(everyProblem)('$kind says what happened, the state and the remedy', (one) => {
    const { title, state, remedy } = problem(one);
    for (const text of [title, state, remedy]) {
      expect(text.length).toBeGreaterThan(10);
      expectSentence(text);
    }
  });

  test.each(everyProblem.filter((one) => 'lines' in one))('$kind repeats the daemon’s own words', (one) => {
    const { title, state } = problem(one);
    expect(`${title} ${state}`).toContain('something the daemon said');
  });

  test.each(['broken', 'tls', 'too-large'])('a request that was broken off tells no code: %s', (cause) => {
    for (const language of languages) {
      const { state } = messagesIn(language).problem({ kind: 'engine.unreachable', endpoint: 'unix:///s', cause });
      expect(state).toMatch(/^unix:\/\/\/s: .{10,}/);
      expect(state).not.toMatch(new RegExp(`: ${cause}$`));
    }
  });

  test('a fault in the text has its place', () => {
    const said = problem({
      kind: 'config.invalid',
      path: '/etc/docker/daemon.json',
      fault: 'trailing-comma',
      place: { line: 7, column: 3 },
      detail: ',',
    });
    expect(said.title).toBe('/etc/docker/daemon.json has a fault in line 7, column 3.');
    expect(said.state).toContain('comma');
  });

  test('several endangered containers are named with what becomes of them', () => {
    const said = problem({ kind: 'containers.endangered', verdicts: ['stops', 'lost'], names: ['web', 'db', 'cache'] });
    expect(said.title).toBe('3 running containers would not survive this.');
    expect(said.state).toContain('web, db, and cache would stop and be lost.');
  });
});

test.each(everyFinding)('$about.kind has a sentence', ({ about }) => {
  const { sentence, remedy } = finding(about);
  expect(sentence.length).toBeGreaterThan(10);
  expectSentence(sentence);
  if (remedy !== '') expectSentence(remedy);
});

describe('plans', () => {
  test.each([
    [['restart', 'restart', 'reload'], '2 changes need a restart'],
    [['restart'], '1 change needs a restart'],
    [['reload', 'none'], '1 change needs a reload'],
    [['none'], '1 change, without effect'],
    [[], 'No option changes'],
  ] as const)('%j', (effects, sentence) => {
    const changes = effects.map((effect): OptionChange => ({ key: 'mtu', from: 1, to: 2, effect, risk: 'none' }));
    expect(plan.changesNeed(changes)).toBe(sentence);
  });

  test.each([
    [null, 'How long the API will not answer is not known.'],
    [0, 'The API stays up.'],
    [2_130, 'About 2.1 s without the API.'],
    [12_800, 'About 13 s without the API.'],
  ])('a gap of %s ms', (ms, sentence) => {
    expect(plan.gap(ms)).toBe(sentence);
  });

  test('containers that fared', () => {
    expect(plan.fared({ before: 0, kept: 0 })).toBe('No container was running.');
    expect(plan.fared({ before: 7, kept: 7 })).toBe('All 7 containers kept running.');
    expect(plan.fared({ before: 7, kept: 5 })).toBe('5 of 7 containers kept running.');
  });

  test('every danger has the words under which it is accepted', () => {
    for (const accept of accepts) expectSentence(plan.accepting[accept]);
    for (const risk of Object.values(plan.risks)) expectSentence(risk);
    for (const step of Object.values(plan.steps)) expect(step).toMatch(/…$/);
  });
});

describe('status', () => {
  test('every state of the engine has a word and a line', () => {
    for (const { word, line } of Object.values(status.engine)) {
      expect(word).not.toBe('');
      expectSentence(line);
    }
  });

  test.each([
    [{ effective: true, file: true, flag: null }, 'Containers keep running while the daemon is down.'],
    [
      { effective: false, file: true, flag: null },
      'On in the file, but not in the running daemon: reload it before it is stopped.',
    ],
    [
      { effective: true, file: false, flag: null },
      'On in the running daemon, but not for the next start: that would stop the containers.',
    ],
    [{ effective: false, file: null, flag: null }, 'Containers stop when the daemon stops.'],
    [{ effective: null, file: null, flag: true }, 'When the daemon starts, it keeps the containers that still run.'],
    [{ effective: null, file: false, flag: null }, 'When the daemon starts, it stops the containers that still run.'],
  ] as const)('live restore %j', (truths, sentence) => {
    expect(status.liveRestore.sentence({ ...truths, blockedBy: null })).toBe(sentence);
  });

  test('what may be changed, what runs and where, in a few words', () => {
    expect(status.writable({ ok: true })).toBe('');
    expect(status.containers({ running: 7, paused: 1, stopped: 0 })).toBe('7 running, 1 paused');
    expect(status.swarm({ state: 'active', role: 'manager', quorum: { reachable: 2, managers: 3 } })).toBe(
      'In a swarm, as a manager, 2 of 3 managers reachable',
    );
  });
});
