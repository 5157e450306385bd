// The command line as scripts and people meet it: streams, exit codes, questions, signals.
import { describe, expect, test } from 'vitest';
import { en } from '@contract/messages/en/index.ts';
import type { LogPipes, Outage, PipesReport } from '@contract/outage.ts';
import type { Outcome, Step } from '@contract/outcome.ts';
import { accepts, type Plan } from '@contract/plan.ts';
import { languages, messagesIn } from '@contract/messages/index.ts';
import { exitCodes } from '../../../electron/cli/exit-code.ts';
import { commandNames } from '../../../electron/cli/grammar.ts';
import { cli, fakeEngine, startCli } from '../../fakes/command-line.ts';
import { everyFinding, everyProblem } from '../../fakes/problems.ts';
import {
  engineStates,
  outcome,
  planned,
  snapshot,
  snapshotIn,
  target,
  verdict,
  workedVersion,
} from '../../fakes/snapshot.ts';

const ESCAPE = '\u001B';
const text = { before: '{}\n', after: '{\n  "debug": true\n}\n' };
const planning = (plan: Partial<Plan>) => ({
  plan: () => Promise.resolve({ ok: true, value: planned({ text, ...plan }) } as const),
  planVerb: () => Promise.resolve({ ok: true, value: planned(plan) } as const),
});
const dangerous = planning({ needs: ['stops'], containers: [verdict('web', 'stops')] });
const endangered = { kind: 'containers.endangered', verdicts: ['stops'], names: ['web'] } as const;
const refused = (over: Partial<Outcome> = {}): Outcome =>
  outcome({ result: 'refused', file: 'unchanged', proof: null, history: null, problem: endangered, ...over });

describe('without the engine', () => {
  test('version and help load nothing', async () => {
    expect(await cli(['--version'])).toMatchObject({ code: 0, stdout: 'afloat 1.2.3\n', stderr: '', made: [] });
    for (const argv of [['-h'], ['--help'], ...commandNames.map((name) => [name, '-h'])]) {
      const said = await cli(argv);
      expect(said).toMatchObject({ code: 0, stderr: '', made: [] });
      expect(said.stdout).toContain('Usage: afloat');
    }
    expect((await cli(['--version', '--json'])).document()).toEqual({ version: '1.2.3' });
  });

  test.each(languages)('help names every exit code: %s', (language) => {
    for (const code of Object.values(exitCodes))
      expect(messagesIn(language).cli.help.general).toMatch(new RegExp(`(^| ) ${code} +\\S`, 'm'));
  });

  test('help names every command', async () => {
    const { stdout } = await cli(['--help']);
    for (const name of commandNames) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  });

  test('help of apply names every danger that can be accepted', () => {
    for (const accept of accepts) expect(en.cli.help.apply).toContain(accept);
  });

  test('wrong words end with 2 and name the nearest', async () => {
    const said = await cli(['statsu']);
    expect(said).toMatchObject({ code: 2, stdout: '', made: [] });
    expect(said.stderr).toContain('Did you mean status?');
    const json = await cli(['statsu', '--json']);
    expect(json).toMatchObject({ code: 2, stderr: '' });
    expect(json.document()).toMatchObject({ problem: { kind: 'usage', detail: 'command-unknown' } });
  });

  test('no command at all shows the help, aside', async () => {
    const said = await cli([]);
    expect(said).toMatchObject({ code: 2, stdout: '' });
    expect(said.stderr).toContain('Usage: afloat');
  });

  test('a file that cannot be read is a wrong command line', async () => {
    expect(await cli(['plan', '--from', 'nowhere.json'])).toMatchObject({ code: 2, made: [] });
    expect(await cli(['check', 'nowhere.json'])).toMatchObject({ code: 2, made: [] });
    const latin = { files: { 'x.json': new Uint8Array([0x7b, 0xff, 0x7d]) } };
    expect(await cli(['apply', '--from', 'x.json'], latin)).toMatchObject({ code: 2, made: [] });
  });
});

describe('options reach the engine', () => {
  test('which daemon, file and manager', async () => {
    const { made } = await cli(['status', '--host', 'unix:///x', '--config-file', '/c', '--manager', 'systemd']);
    expect(made).toEqual([{ host: 'unix:///x', context: null, configFile: '/c', manager: 'systemd' }]);
  });

  test('a wish that cannot be followed ends it', async () => {
    const engine = fakeEngine({ problem: { kind: 'context.unknown', name: 'lab', path: '/x' } });
    expect(await cli(['status', '--context', 'lab'], { engine })).toMatchObject({ code: 2, stdout: '' });
    expect(engine.isClosed()).toBe(true);
  });

  test('a state that is not known in time', async () => {
    const engine = fakeEngine({ settled: () => new Promise(() => undefined) });
    const said = await cli(['status', '--timeout', '0.05', '--json'], { engine });
    expect(said.code).toBe(1);
    expect(said.document()).toMatchObject({ problem: { kind: 'engine.hanging', waitedMs: 50 } });
    expect(engine.isClosed()).toBe(true);
  });

  test('what had been cut off and was settled first is told, aside', async () => {
    const recovered = snapshot({ lastOutcome: outcome({ verb: 'recover', result: 'rolled-back', file: 'restored' }) });
    const said = await cli(['status'], { engine: fakeEngine({}, recovered) });
    expect(said.code).toBe(0);
    expect(said.stderr).toContain(
      'A change that had been cut off was found. It did not work, and everything was put back',
    );
    expect((await cli(['status', '--json'], { engine: fakeEngine({}, recovered) })).stderr).toBe('');
  });

  test('a daemon on its way up is waited for before anything is done', async () => {
    const engine = fakeEngine({}, snapshotIn('starting'));
    const started = startCli(['restart'], { engine });
    await expect.poll(() => started.made).toHaveLength(1);
    expect(engine.calls).toEqual([]);
    engine.publish(snapshot());
    expect(await started.done).toBe(0);
    expect(engine.calls.map(({ name }) => name)).toEqual(['planVerb', 'act']);
  });
});

describe('status', () => {
  test.each(engineStates.filter((state) => state !== 'connecting'))('%s is a known state', async (state) => {
    const view = snapshotIn(state, { findings: everyFinding });
    expect(await cli(['status'], { engine: fakeEngine({}, view) })).toMatchObject({ code: 0, stderr: '' });
    const json = await cli(['status', '--json'], { engine: fakeEngine({}, view) });
    expect(json).toMatchObject({ code: 0, stderr: '' });
    expect(json.document()).toMatchObject({ engine: { state } });
  });

  test('lines up', async () => {
    const { stdout } = await cli(['status']);
    expect(stdout).toBe(
      [
        'Engine         Running, 28.5.2 (API 1.51)',
        'Endpoint       unix:///var/run/docker.sock, at the usual place',
        'Run by         systemd, docker.service, process 812',
        'Configuration  /etc/docker/daemon.json',
        'Live restore   On · file: On · flag: Not set',
        '               Containers keep running while the daemon is down.',
        'Containers     4 running, 1 stopped',
        '',
      ].join('\n'),
    );
  });
});

describe('status of what is not as usual', () => {
  test('other places are named, not counted as daemons: nobody has looked whether one listens there', async () => {
    const view = snapshot({
      candidates: [
        { endpoint: 'unix:///var/run/docker.sock', source: 'default', context: null },
        { endpoint: 'unix:///run/user/1000/docker.sock', source: 'rootless', context: null },
        { endpoint: 'ssh://lab', source: 'context', context: 'lab' },
      ],
    });
    const { stdout } = await cli(['status'], { engine: fakeEngine({}, view) });
    expect(stdout).toContain('Others may be at unix:///run/user/1000/docker.sock and ssh://lab; --host chooses.');
    expect(stdout).not.toMatch(/was found|were found/);
    expect((await cli(['status'])).stdout).not.toContain('--host');
  });

  test('what a file says that cannot be read is not known', async () => {
    const problem = {
      kind: 'config.invalid',
      path: '/c',
      fault: 'truncated',
      place: { line: 1, column: 10 },
      detail: '',
    } as const;
    const view = snapshot({
      config: { state: 'unreadable', path: '/c', problem, etag: null, text: null, writable: { ok: true } },
      liveRestore: { effective: true, file: null, flag: null, blockedBy: null },
      findings: [{ severity: 'error', path: [], place: problem.place, about: { kind: 'text-fault', problem } }],
    });
    const { stdout } = await cli(['status'], { engine: fakeEngine({}, view) });
    expect(stdout).toContain('file: Not known · flag: Not set');
    // Said once.
    expect(stdout.match(/line 1, column 10/g)).toHaveLength(1);
  });
});

describe('status of a daemon elsewhere', () => {
  const elsewhere = { endpoint: 'tcp://lab:2376', configPath: null, pid: null, flags: [] } as const;

  test.each([
    ['refused', 'Nothing answers'],
    ['tls', 'TLS'],
    ['broken', 'broke off'],
  ] as const)('that is not reached (%s) says why, and not that there is none', async (unreached, said) => {
    const view = snapshotIn('absent', { engine: { state: 'absent', since: 0, unreached }, target: target(elsewhere) });
    const { stdout } = await cli(['status'], { engine: fakeEngine({}, view) });
    expect(stdout).toContain(said);
    expect(stdout).not.toContain('No Docker daemon was found');
  });

  test('claims nothing about a file and flags that nobody sees', async () => {
    const view = snapshot({
      target: target(elsewhere),
      config: { state: 'unknown' },
      liveRestore: { effective: false, file: null, flag: null, blockedBy: null },
    });
    const { stdout } = await cli(['status'], { engine: fakeEngine({}, view) });
    expect(stdout).toContain('file: Not known · flag: Not known');
  });
});

describe('status while the daemon is down', () => {
  const pipes = (bytes: number, over: Partial<LogPipes> = {}): LogPipes => ({
    bytes,
    capacity: 131_072,
    rate: 0,
    blocksAt: null,
    blocked: false,
    ...over,
  });
  const outage: Outage = {
    containers: [
      { id: 'a', name: 'db', pid: 7, pipes: null },
      { id: 'b', name: 'web', pid: 8, pipes: null },
    ],
    notMeasured: 'not-yet',
    pipeMaxSize: null,
    pressure: 'none',
  };
  const down = snapshotIn('stopped', { outage });
  const told = async (report: PipesReport) => {
    const engine = fakeEngine({ pipes: () => Promise.resolve({ ok: true, value: report }) }, down);
    return (await cli(['status'], { engine })).stdout;
  };

  test('who runs on, and how full each pipe is', async () => {
    const [db, web] = [pipes(1_024), pipes(131_072, { blocked: true })];
    const containers = outage.containers.map((one) => ({ ...one, pipes: one.name === 'db' ? db : web }));
    expect(await told({ containers, notMeasured: null, pipeMaxSize: null })).toMatch(
      /^Run on +db {3}1 KiB of 128 KiB {2}writes nothing\n +web {2}128 KiB of 128 KiB {2}blocked now$/m,
    );
  });

  test('names and processes where their pipes cannot be seen', async () => {
    const report = { ...outage, notMeasured: 'no-rights' } as const;
    expect(await told(report)).toMatch(/^Run on +db, process 7\n +web, process 8\n +How full .*root’s rights\.$/m);
  });

  test('whoever asks for them without the rights is given the command', async () => {
    const report = { ...outage, notMeasured: 'no-rights' } as const;
    const engine = fakeEngine({ pipes: () => Promise.resolve({ ok: true, value: report }) }, down);
    const { code, stdout } = await cli(['pipes'], { engine });
    expect([code, stdout]).toEqual([5, expect.stringMatching(/root’s rights\.\n.*:\nsudo afloat pipes\n$/)]);
  });

  test('nobody', async () => {
    const engine = fakeEngine({}, snapshotIn('stopped', { outage: { ...outage, containers: [] } }));
    expect((await cli(['status'], { engine })).stdout).toMatch(/^Run on +No container is running\.$/m);
  });
});

describe('colors', () => {
  const colored = (given: Parameters<typeof cli>[1]) =>
    cli(['status'], given).then(({ stdout }) => stdout.includes(ESCAPE));

  test('only on a terminal, and not against NO_COLOR', async () => {
    expect(await colored({ tty: true })).toBe(true);
    expect(await colored({ tty: false })).toBe(false);
    expect(await colored({ tty: true, env: { NO_COLOR: '1' } })).toBe(false);
    expect(await colored({ tty: true, env: { NO_COLOR: '' } })).toBe(true);
    expect(await colored({ tty: true, env: { TERM: 'dumb' } })).toBe(false);
  });

  test('what comes from outside cannot paint the terminal', async () => {
    const engine = snapshotIn('failed', { engine: { state: 'failed', since: 0, log: [`bad ${ESCAPE}[2Jline`] } });
    const { stdout } = await cli(['status'], { engine: fakeEngine({}, engine) });
    expect(stdout).not.toContain(ESCAPE);
    expect(stdout).toContain('\\u001b[2J');
  });
});

describe('plan', () => {
  test('shows changes, effect, difference, fates and findings', async () => {
    const plan = planning({
      effect: 'reload-then-restart',
      changes: [
        { key: 'live-restore', from: undefined, to: true, effect: 'reload', risk: 'none' },
        { key: 'mtu', from: 1500, to: 1400, effect: 'restart', risk: 'deferred' },
      ],
      containers: [verdict('web'), verdict('database', 'interrupted')],
      findings: everyFinding.slice(0, 2),
      expectedGapMs: 2500,
    });
    const { stdout, code } = await cli(['plan', 'live-restore=true', 'mtu=1400'], { engine: fakeEngine(plan) });
    expect(code).toBe(0);
    expect(stdout).toContain('live-restore: not set → true');
    expect(stdout).toContain('mtu: 1500 → 1400');
    expect(stdout).toMatch(/^Effect {4}Reload, then restart because of mtu$/m);
    expect(stdout).toContain('Only when it says that live restore is on');
    expect(stdout).toContain('about 2.5 s');
    expect(stdout).toContain('+++ /etc/docker/daemon.json');
    expect(stdout).toContain('+  "debug": true');
    expect(stdout).toMatch(/^ {2}web {7}\S/m);
    expect(stdout).toMatch(/^ {2}database {2}\S/m);
    expect(stdout).toContain('/etc/docker/daemon.json:1:3: error:');
  });

  test('gives the edits to the engine', async () => {
    const { engine } = await cli(['plan', 'a."b.c"=[1]', '--remove', 'd']);
    expect(engine.calls).toEqual([
      {
        name: 'plan',
        given: [
          {
            kind: 'patch',
            patch: [
              { path: ['a', 'b.c'], set: [1] },
              { path: ['d'], remove: true },
            ],
          },
        ],
      },
    ]);
    const file = await cli(['plan', '--from', '-'], { input: '\uFEFF{}' });
    expect(file.engine.calls).toEqual([{ name: 'plan', given: [{ kind: 'text', text: '\uFEFF{}' }] }]);
  });

  test('what is blocked ends as apply would', async () => {
    const engine = () => fakeEngine(planning({ blocked: { kind: 'engine.absent', endpoint: 'unix:///x' } }));
    expect(await cli(['plan', 'a=1'], { engine: engine() })).toMatchObject({ code: 6 });
    const json = await cli(['plan', 'a=1', '--json'], { engine: engine() });
    expect(json.document()).toMatchObject({ blocked: { kind: 'engine.absent' } });
  });
});

describe('apply', () => {
  test('tells result, proof, containers, gap and time', async () => {
    const said = await cli(['apply', 'live-restore=true']);
    expect(said.code).toBe(0);
    expect(said.stdout).toContain('Change applied.');
    expect(said.stdout).toContain('reload event, live-restore is true, daemon is process 812 as before');
    expect(said.stdout).toContain('All 4 containers kept running.');
    expect(said.stdout).toContain('107 ms');
  });

  test('uses the etag that was planned with', async () => {
    const engine = fakeEngine(planning({ etag: 'e1' }));
    await cli(['apply', 'debug=true', '--accept', 'hides'], { engine });
    expect(engine.calls.at(-1)).toMatchObject({ name: 'apply', given: [{}, { etag: 'e1', accept: ['hides'] }] });
  });

  test('nobody to ask and dangerous: refused, telling what to add', async () => {
    const engine = fakeEngine({ ...dangerous, apply: () => Promise.resolve(refused()) });
    const said = await cli(['apply', 'mtu=1400', '--yes'], { engine });
    expect(said).toMatchObject({ code: 1, stdout: '' });
    expect(said.stderr).toContain('--accept stops');
    expect(engine.calls.at(-1)).toMatchObject({ given: [{}, { accept: [] }] });
    const json = await cli(['apply', 'mtu=1400', '--json'], { engine });
    expect(json.document()).toMatchObject({
      result: 'refused',
      needs: ['stops'],
      problem: { kind: 'containers.endangered' },
    });
  });

  test('on a terminal it shows the plan and asks', async () => {
    const yes = await cli(['apply', 'debug=true'], { tty: true, input: 'y\n' });
    expect(yes.code).toBe(0);
    expect(yes.stderr).toContain('+++');
    expect(yes.stderr).toContain('[y/N]');
    expect(yes.engine.calls.map(({ name }) => name)).toEqual(['plan', 'apply']);
  });

  test.each(['n\n', '\n', 'yess\n', undefined])('everything but yes (%j) changes nothing', async (input) => {
    const no = await cli(['apply', 'debug=true'], { tty: true, ...(input === undefined ? {} : { input }) });
    expect(no).toMatchObject({ code: 1, stdout: '' });
    expect(no.stderr).toContain('Nothing was changed.');
    expect(no.engine.calls.map(({ name }) => name)).toEqual(['plan']);
  });

  test('a yes to a question that names the dangers takes them', async () => {
    const engine = fakeEngine(dangerous);
    const said = await cli(['apply', 'mtu=1400'], { engine, tty: true, input: 'yes\n' });
    expect(said.stderr).toContain('although containers stop');
    expect(engine.calls.at(-1)).toMatchObject({ given: [{}, { accept: ['stops'] }] });
  });

  test.each([
    [['apply', 'debug=true', '--yes'], planning({})],
    [['apply', 'debug=true', '--json'], planning({})],
    [['apply', 'debug=true'], planning({ text: { before: '{}', after: '{}' } })],
    [['apply', 'debug=true'], planning({ blocked: { kind: 'live-restore.swarm' } })],
    [['apply', '--from', '-'], planning({})],
  ])('no question: %j', async (argv, over) => {
    const engine = fakeEngine(over);
    const said = await cli(argv, { engine, tty: true, input: '{}' });
    expect(said.stderr).not.toContain('[y/N]');
    expect(engine.calls.map(({ name }) => name)).toEqual(['plan', 'apply']);
  });

  test('what failed says how to repair', async () => {
    const failed = outcome({
      result: 'failed',
      file: 'new',
      problem: { kind: 'daemon.not-up', lines: ['x'], waitedMs: 1 },
    });
    const said = await cli(['apply', 'a=1'], { engine: fakeEngine({ apply: () => Promise.resolve(failed) }) });
    expect(said).toMatchObject({ code: 4, stdout: '' });
    expect(said.stderr).toContain(
      'cp /backups/etc/docker/daemon.json/2026-11-22T14-02-00.json /etc/docker/daemon.json',
    );
    expect(said.stderr).toContain('afloat status');
  });

  test('where the privileged step wrote it, the way back is from a backup of root', async () => {
    const ours = await cli(['apply', 'a=1']);
    expect(ours.stdout).toContain(' /backups/etc/docker/daemon.json/');
    const rights = { step: 'installed', control: 'asks', unit: 'asks', group: true } as const;
    const roots = await cli(['apply', 'a=1'], { engine: fakeEngine({}, snapshot({ rights })) });
    expect(roots.stdout).toContain(' /of-root/backups/etc/docker/daemon.json/');
  });

  test('a daemon that began with the change and tells nothing is not said to be put back', async () => {
    const silent = outcome({
      result: 'failed',
      file: 'new',
      problem: { kind: 'daemon.silent', lines: [], waitedMs: 125_000 },
    });
    const said = await cli(['apply', 'a=1'], { engine: fakeEngine({ apply: () => Promise.resolve(silent) }) });
    expect(said.code).toBe(4);
    expect(said.stderr).toContain('Nothing was put back, because the daemon may run with the change.');
    expect(said.stderr).toContain('The daemon was started, but does not answer.');
    expect(said.stderr).toContain('daemon.json has its new content.');
  });

  test('steps that take their time are told on standard error, in one line on a terminal', async () => {
    const working = () => {
      const step = (step: Step) =>
        engine.publish(snapshot({ operation: { kind: 'running', verb: 'apply', step, since: 0 } }));
      const engine = fakeEngine({
        async apply() {
          step('locking');
          step('writing');
          await new Promise((resolve) => setTimeout(resolve, 400));
          step('reloading');
          return outcome();
        },
      });
      return engine;
    };
    const [plain, tty, json] = await Promise.all([
      cli(['apply', 'a=1'], { engine: working() }),
      cli(['apply', 'a=1', '--yes'], { engine: working(), tty: true }),
      cli(['apply', 'a=1', '--json'], { engine: working(), tty: true }),
    ]);
    expect(plain.stderr).toBe('Writing daemon.json…\n');
    expect(tty.stderr).toBe(`\r${ESCAPE}[KWriting daemon.json…\r${ESCAPE}[KReloading the daemon…\r${ESCAPE}[K`);
    expect(json.stderr).toBe('');
  });
});

describe('verbs', () => {
  test.each(['reload', 'restart', 'start', 'stop'] as const)('%s', async (verb) => {
    const said = await cli([verb, '--accept', 'stops']);
    expect(said.code).toBe(0);
    expect(said.engine.calls.at(-1)).toEqual({ name: 'act', given: [verb, { accept: ['stops'] }] });
  });

  test('restart refuses when containers would stop', async () => {
    const engine = fakeEngine({ ...dangerous, act: () => Promise.resolve(refused({ verb: 'restart' })) });
    const said = await cli(['restart'], { engine, tty: true, input: 'y\n' });
    expect(said.code).toBe(1);
    expect(said.stderr).toContain('--accept stops');
  });

  test.each([
    ['start', 'engine.already-running'],
    ['stop', 'engine.not-running'],
  ] as const)('%s is nothing to do when %s', async (verb, kind) => {
    const engine = fakeEngine({ act: () => Promise.resolve(refused({ verb, problem: { kind } })) });
    const said = await cli([verb, '--json'], { engine });
    expect(said.code).toBe(0);
    expect(said.document()).toMatchObject({ result: 'nothing', problem: null });
  });

  test.each(['reload', 'restart', 'start', 'stop', 'plan a=1', 'apply a=1'])(
    '%s where no daemon is found is 6',
    async (line) => {
      const engine = fakeEngine({}, snapshotIn('absent'));
      const said = await cli([...line.split(' '), '--json'], { engine });
      expect(said.code).toBe(6);
      expect(said.document()).toMatchObject({ problem: { kind: 'engine.absent' } });
      expect(engine.calls).toEqual([]);
    },
  );

  test.each(['reload', 'restart'])('%s without a daemon is 6', async (verb) => {
    const problem = { kind: 'engine.not-running' } as const;
    const engine = fakeEngine({ act: () => Promise.resolve(refused({ problem })) });
    expect((await cli([verb], { engine })).code).toBe(6);
  });
});

describe('check', () => {
  const judged = (verdict: 'starts' | 'refuses', findings = everyFinding) =>
    fakeEngine({ check: () => Promise.resolve({ ok: true, value: { verdict, findings } }) });

  test('like a compiler, in the order of the file', async () => {
    const said = await cli(['check', 'x.json'], { engine: judged('refuses'), files: { 'x.json': '{}' } });
    expect(said.code).toBe(1);
    const places = said.stdout.match(/^x\.json:\d+:\d+: (error|warning): \S/gm) ?? [];
    expect(places.length).toBeGreaterThan(5);
    const numbers = places.map((place) => Number(place.split(':')[1]));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(said.stdout).toContain('The daemon refuses this configuration.');
  });

  test('what starts is 0; file, version and flags reach the engine', async () => {
    const engine = judged('starts', []);
    const said = await cli(['check', '-', '--engine', '29.0', '--flags', '-H fd://'], { engine, input: '{}' });
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(engine.calls).toEqual([
      { name: 'check', given: [new TextEncoder().encode('{}'), { version: '29.0', flags: ['-H', 'fd://'] }] },
    ]);
    const json = await cli(['check', '--json'], { engine: judged('starts') });
    expect(json.document()).toMatchObject({ verdict: 'starts', findings: expect.any(Array) as unknown });
  });

  test('without a daemon there is no file of its own', async () => {
    const engine = fakeEngine({}, snapshotIn('absent'));
    expect(await cli(['check'], { engine })).toMatchObject({ code: 6 });
    expect(await cli(['check', 'x'], { engine, files: { x: '{}' } })).toMatchObject({ code: 0 });
  });
});

describe('in Japanese', () => {
  // Of English: its comma, and a space behind a full stop or a comma that is as wide as both.
  const foreign = /[\u3000-\u9FFF](, |; |\. )|[、。] +(?=\S)/;

  test.each(engineStates.filter((state) => state !== 'connecting'))('the status %s', async (state) => {
    const engine = fakeEngine({}, snapshotIn(state, { findings: everyFinding }));
    expect((await cli(['status', '--lang', 'ja'], { engine })).stdout).not.toMatch(foreign);
  });

  test('the result of a check', async () => {
    const check = () => Promise.resolve({ ok: true, value: { verdict: 'refuses', findings: everyFinding } } as const);
    const files = { 'x.json': '{}' };
    const said = await cli(['check', 'x.json', '--lang', 'ja'], { engine: fakeEngine({ check }), files });
    expect(said.stdout).not.toMatch(foreign);
    expect(said.stdout).toMatch(/デーモンはこの設定を拒否します。\(エラー \d+ 件、警告 \d+ 件\)\n$/);
  });

  test('what came of a change, with its proof', async () => {
    const said = await cli(['apply', 'live-restore=true', '--lang', 'ja']);
    expect(said.stdout).not.toMatch(foreign);
    expect(said.stdout).toContain('reload イベント、live-restore は true、デーモンは以前と同じプロセス 812');
  });
});

describe('one document', () => {
  test.each(everyProblem)('$kind', async (problem) => {
    const engine = fakeEngine({
      plan: () => Promise.resolve({ ok: false, problem }),
      check: () => Promise.resolve({ ok: false, problem }),
      act: () => Promise.resolve(refused({ problem })),
    });
    for (const argv of [['plan', 'a=1'], ['apply', 'a=1'], ['check'], ['restart']]) {
      const said = await cli([...argv, '--json'], { engine, tty: true });
      expect(said.stderr).toBe('');
      expect(said.document()).toHaveProperty('problem.kind', problem.kind);
    }
  });

  test('a mistake of ours is told with a reference; during a verb nothing is sure', async () => {
    const broken = (): never => {
      throw new Error('surprise');
    };
    const planning = await cli(['plan', 'a=1', '--json'], { engine: fakeEngine({ plan: broken }) });
    expect(planning.code).toBe(1);
    const { problem } = planning.document() as { problem: { kind: string; reference: string } };
    expect(problem.kind).toBe('internal');
    expect(planning.stderr).toContain(problem.reference);
    expect(planning.stderr).toContain('surprise');
    expect(await cli(['apply', 'a=1'], { engine: fakeEngine({ apply: broken }) })).toMatchObject({ code: 4 });
  });
});

describe('watch', () => {
  test('a line for each change, until Ctrl-C', async () => {
    const started = startCli(['watch', '--json']);
    await expect.poll(() => started.said.stdout).not.toBe('');
    started.engine.publish(snapshot());
    started.engine.publish(snapshotIn('stopping'));
    started.engine.publish(snapshotIn('stopped'));
    started.send('interrupt');
    expect(await started.done).toBe(0);
    const lines = started.said.stdout.trimEnd().split('\n');
    const states = lines.map((line) => (JSON.parse(line) as { engine: { state: string } }).engine.state);
    expect(states).toEqual(['running', 'stopping', 'stopped']);
    expect(started.engine.isClosed()).toBe(true);
    expect(started.left).toEqual([]);
  });

  test('ends when nobody reads', async () => {
    const started = startCli(['watch']);
    await expect.poll(() => started.said.stdout).toContain('Running · 28.5.2 · live restore: On · 4 running');
    started.closeStdout();
    expect(await started.done).toBe(0);
  });
});

describe('signals', () => {
  test('before anything is done the program ends at once', async () => {
    const started = startCli(['status'], { engine: fakeEngine({ settled: () => new Promise(() => undefined) }) });
    started.send('interrupt');
    expect(started.left).toEqual([130]);
  });

  test('a transaction comes to its end; only the second Ctrl-C leaves it', async () => {
    let finish: (made: Outcome) => void = () => undefined;
    const engine = fakeEngine({ apply: () => new Promise((resolve) => (finish = resolve)) });
    const started = startCli(['apply', 'a=1'], { engine });
    await expect.poll(() => engine.calls.at(-1)?.name).toBe('apply');
    started.send('interrupt');
    started.send('end');
    started.send('end');
    expect(started.left).toEqual([]);
    expect(started.said.stderr).toContain('Please wait');
    started.send('interrupt');
    expect(started.left).toEqual([130]);
    finish(outcome());
    expect(await started.done).toBe(0);
  });
});

describe('start --working', () => {
  const { id } = workedVersion();
  const found = (over: Partial<Plan> = {}) => ({
    wayBack: () =>
      Promise.resolve({
        ok: true,
        value: {
          version: workedVersion(),
          plan: planned({ verb: 'start', effect: 'none', text, etag: 'broken', ...over }),
          saves: 4,
        },
      } as const),
  });

  test('tells which version, and starts with it', async () => {
    const engine = fakeEngine(found());
    const { code, stderr } = await cli(['start', '--working', '--yes'], { engine });
    expect(code).toBe(0);
    expect(stderr).toContain('with the version that nano wrote on Nov 22, 2026');
    expect(stderr).toContain('all 4 containers keep running');
    expect(engine.calls.find(({ name }) => name === 'goBack')?.given).toEqual([{ id, etag: 'broken', accept: [] }]);
  });

  test('where none is known it is refused, and says what to do', async () => {
    const { code, stderr } = await cli(['start', '--working']);
    expect(code).toBe(1);
    expect(stderr).toContain('afloat check');
  });

  test.each([true, false])('under sudo it says whose record that is, known: %s', async (known) => {
    const engine = fakeEngine(known ? found() : {});
    const env = { SUDO_USER: 'alice' };
    const { stderr } = await cli(['start', '--working', '--yes'], { engine, env });
    expect(stderr).toContain('To go by what it saw as alice, run as alice, without sudo: afloat start --working');
    const own = await cli(['start', '--working', '--yes'], { engine: fakeEngine(known ? found() : {}) });
    expect(own.stderr).not.toContain('sudo');
  });

  test('a start that failed names it where there is one', async () => {
    const act = () =>
      Promise.resolve(refused({ verb: 'start', problem: { kind: 'config.rejected', path: '', lines: [] } }));
    expect((await cli(['start'], { engine: fakeEngine({ ...found(), act }) })).stderr).toContain('start --working');
    expect((await cli(['start'], { engine: fakeEngine({ act }) })).stderr).not.toContain('start --working');
  });

  test.each([['--rescue'], ['--set-back']])('does not go with %s', async (option) => {
    expect(await cli(['start', '--working', option])).toMatchObject({ code: 2, made: [] });
  });

  test('is what --yes is for', async () => {
    expect(await cli(['start', '--yes'])).toMatchObject({ code: 2, made: [] });
  });
});

describe('standard output that cannot be written', () => {
  test('is told, and ends with 1', async () => {
    const said = await cli(['options'], { unwritten: 'ENOSPC' });
    expect(said).toMatchObject({ code: 1, stderr: 'afloat: Standard output could not be written: ENOSPC.\n' });
  });
  test('does not hide that a change was made', async () => {
    expect(await cli(['apply', 'debug=true'], { unwritten: 'ENOSPC' })).toMatchObject({ code: 0 });
  });
});

describe('empty standard input', () => {
  test.each([
    ['plan', '--from', '-'],
    ['apply', '--from', '-', '--yes'],
    ['apply', '--patch', '-'],
    ['check', '-'],
  ])('is no configuration: %s %s %s', async (...argv) => {
    const engine = fakeEngine();
    expect(await cli(argv, { engine, input: '' })).toMatchObject({ code: 2, stdout: '' });
    expect(engine.calls).toEqual([]);
  });
});

test('rollback where nothing earlier is known says so', async () => {
  const { code, stderr } = await cli(['rollback']);
  expect(code).toBe(1);
  expect(stderr).toContain('No earlier version of the file is known.');
});
