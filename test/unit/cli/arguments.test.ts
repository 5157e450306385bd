// Every word of the command line has its meaning, and every wrong one is named.
import { describe, expect, test } from 'vitest';
import { readArguments } from '../../../electron/cli/arguments.ts';
import { commandNames } from '../../../electron/cli/grammar.ts';

const read = (line: string) => readArguments(line.split(' ').filter(Boolean));

function command(line: string) {
  const made = read(line);
  if (!made.ok) throw new Error(JSON.stringify(made.fault));
  return made.command;
}

function fault(argv: readonly string[]) {
  const made = readArguments(argv);
  if (made.ok) throw new Error(`taken: ${JSON.stringify(made.command)}`);
  return made.fault;
}

describe('commands', () => {
  test('each is known by its name', () => {
    const needs: Readonly<Record<string, string>> = {
      plan: 'plan a=1',
      apply: 'apply a=1',
      export: 'export shell a=1',
    };
    const names = commandNames.map((name) => command(needs[name] ?? name));
    expect(
      names.map((made) => (made.name === 'verb' ? made.verb : made.name === 'presets' ? 'preset' : made.name)),
    ).toEqual([...commandNames]);
  });

  test('a patch, a preset or an export is a change by itself', () => {
    expect(command('plan --patch p.json')).toEqual({ name: 'plan', change: { kind: 'patch-file', path: 'p.json' } });
    const mirror = { kind: 'preset', name: 'registry-mirror', value: 'https://m.example?a=b' };
    expect(command('apply --preset registry-mirror=https://m.example?a=b')).toMatchObject({ change: mirror });
    expect(command('preset registry-mirror=https://m.example?a=b')).toEqual({ name: 'plan', change: mirror });
    expect(command('export ansible a=1')).toMatchObject({ name: 'export', form: 'ansible', change: { kind: 'edits' } });
    expect(fault(['plan', '--patch', 'p', 'a=1']).kind).toBe('from-with-edits');
    expect(fault(['plan', '--patch', 'p', '--from', 'q']).kind).toBe('from-with-edits');
    expect(fault(['export', 'puppet', 'a=1']).kind).toBe('value-unfit');
    expect(fault(['preset', 'nope']).kind).toBe('value-unfit');
  });

  test('changes keep the order in which they were typed', () => {
    expect(command('apply a.b=1 --remove c d=x --yes --accept stops --accept hides')).toEqual({
      name: 'apply',
      change: {
        kind: 'edits',
        edits: [
          { path: ['a', 'b'], set: 1 },
          { path: ['c'], remove: true },
          { path: ['d'], set: 'x' },
        ],
      },
      yes: true,
      accept: ['stops', 'hides'],
    });
  });

  test('a whole file may come from standard input', () => {
    expect(command('plan --from -')).toEqual({ name: 'plan', change: { kind: 'file', path: '-' } });
    expect(command('check -')).toMatchObject({ path: '-', engineVersion: null, flags: null });
    expect(readArguments(['check', '--engine=29.0', '--flags', `-H fd:// --label "a b"`])).toMatchObject({
      command: { path: null, engineVersion: '29.0', flags: ['-H', 'fd://', '--label', 'a b'] },
    });
  });

  test('behind -- every word is a change', () => {
    expect(command('plan -- --json=1')).toMatchObject({ change: { edits: [{ path: ['--json'], set: 1 }] } });
  });

  test('options of all commands may stand before and behind it, with = or without', () => {
    const made = read('--host unix:///a status --json --manager=systemd --timeout 1.5 --lang en --config-file /c');
    expect(made).toMatchObject({
      ok: true,
      command: { name: 'status' },
      options: {
        host: 'unix:///a',
        context: null,
        configFile: '/c',
        manager: 'systemd',
        language: 'en',
        json: true,
        timeoutMs: 1500,
      },
    });
    expect(read('--context status status')).toMatchObject({ ok: true, options: { context: 'status' } });
  });

  test('help and version win over everything behind them', () => {
    expect(command('-h')).toEqual({ name: 'help', about: null });
    expect(command('plan --help')).toEqual({ name: 'help', about: 'plan' });
    expect(command('--version')).toEqual({ name: 'version' });
  });
});

describe('what is wrong', () => {
  test.each([
    [[], { kind: 'command-missing' }],
    [['statsu'], { kind: 'command-unknown', word: 'statsu', near: 'status' }],
    [['stat'], { kind: 'command-unknown', word: 'stat', near: 'status' }],
    [['drills'], { kind: 'command-unknown', word: 'drills', near: 'drill' }],
    [['option'], { kind: 'command-unknown', word: 'option', near: 'options' }],
    [['status', '--jsno'], { kind: 'option-unknown', option: '--jsno', near: '--json' }],
    [['status', '-x'], { kind: 'option-unknown', option: '-x', near: null }],
    [['restart', '--yes'], { kind: 'option-elsewhere', option: '--yes', command: 'restart' }],
    [['plan', 'a=1', '--accept', 'stops'], { kind: 'option-elsewhere', option: '--accept', command: 'plan' }],
    [['status', '--json', '--json'], { kind: 'option-twice', option: '--json' }],
    [['status', '--host'], { kind: 'value-missing', option: '--host' }],
    [['status', '--host='], { kind: 'value-missing', option: '--host' }],
    [['status', '--json=yes'], { kind: 'value-extra', option: '--json' }],
    [['status', '--lang', 'fr'], { kind: 'value-unfit', option: '--lang', value: 'fr', takes: ['en', 'ja'] }],
    [['status', '--manager', 'runit'], { kind: 'value-unfit', option: '--manager', value: 'runit' }],
    [['restart', '--accept', 'all'], { kind: 'value-unfit', option: '--accept', value: 'all' }],
    [['status', '--timeout', '0'], { kind: 'seconds-unfit', value: '0' }],
    [['status', '--timeout', '1e3'], { kind: 'seconds-unfit', value: '1e3' }],
    [['check', '--engine', 'new'], { kind: 'version-unfit', value: 'new' }],
    [['check', '--flags', '-H "fd'], { kind: 'flags-unfit' }],
    [['status', '--host', 'a', '--context', 'b'], { kind: 'together', options: ['--host', '--context'] }],
    [['export'], { kind: 'form-missing', command: 'export' }],
    [['export', 'shel', 'a=1'], { kind: 'value-unfit', value: 'shel' }],
    [['preset', 'log-rotation=3'], { kind: 'value-extra', option: 'log-rotation' }],
    [['plan', '--preset', 'policy='], { kind: 'value-extra', option: 'policy' }],
    [['status', 'now'], { kind: 'unexpected', word: 'now', command: 'status' }],
    [['check', 'a', 'b'], { kind: 'unexpected', word: 'b', command: 'check' }],
    [['apply'], { kind: 'change-missing', command: 'apply' }],
    [['apply', '--yes'], { kind: 'change-missing', command: 'apply' }],
    [['plan', 'live-restore'], { kind: 'change-unfit', word: 'live-restore', why: 'no-equals' }],
    [['plan', '=1'], { kind: 'change-unfit', why: 'empty-key' }],
    [['plan', 'a..b=1'], { kind: 'change-unfit', why: 'empty-key' }],
    [['plan', 'a."b=1'], { kind: 'change-unfit', why: 'quotes' }],
    [['plan', 'a"b"=1'], { kind: 'change-unfit', why: 'quotes' }],
    [['plan', 'mtu=12345678901234567890'], { kind: 'change-unfit', why: 'number' }],
    [['plan', 'a=[1e999]'], { kind: 'change-unfit', why: 'number' }],
    [['plan', 'a=1', '--remove', '"a"'], { kind: 'change-twice', word: '"a"' }],
    [['plan', '--remove', 'a=1'], { kind: 'remove-with-value', word: 'a=1' }],
    [['plan', '--from', 'x', 'a=1'], { kind: 'from-with-edits' }],
  ])('%j', (argv, expected) => {
    expect(fault(argv)).toMatchObject(expected);
  });

  test('whether JSON is wanted is known even then', () => {
    expect(read('--json statsu')).toMatchObject({ ok: false, json: true });
    expect(read('plan --json')).toMatchObject({ ok: false, json: true });
    expect(read('statsu -- --json')).toMatchObject({ ok: false, json: false });
  });
});
