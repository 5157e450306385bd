// The app's own arguments: read, or refused by name.
import { describe, expect, test } from 'vitest';
import { ownArguments, parseArguments } from '../../../electron/app/arguments.ts';

const none = { host: null, context: null, configFile: null, manager: null, sandbox: false, hidden: false };

describe('arguments', () => {
  test('nothing is everything as usual', () => {
    expect(parseArguments([])).toEqual({ ok: true, value: none });
  });

  test('values come behind a space or an equals sign, and may hold one', () => {
    const argv = ['--host', 'unix:///a=b.sock', '--context=home', '--config-file=/etc/d.json', '--manager', 'systemd'];
    const value = { ...none, host: 'unix:///a=b.sock', context: 'home', configFile: '/etc/d.json', manager: 'systemd' };
    expect(parseArguments([...argv, '--sandbox', '--hidden'])).toEqual({
      ok: true,
      value: { ...value, sandbox: true, hidden: true },
    });
  });

  test.each([
    [['--colour'], '--colour'],
    [['daemon.json'], 'daemon.json'],
    [['--host'], '--host'],
    [['--host', '--sandbox'], '--host'],
    [['--context='], '--context'],
    [['--manager', 'upstart'], '--manager upstart'],
    [['--sandbox=yes'], '--sandbox=yes'],
    [['-h'], '-h'],
  ])('%j is refused', (argv, detail) => {
    expect(parseArguments(argv)).toEqual({ ok: false, problem: { kind: 'usage', detail } });
  });

  test('switches of the runtime pass', () => {
    const argv = ['--no-sandbox', '--inspect=0', '--remote-debugging-port=0', '--ozone-platform-hint=auto'];
    expect(parseArguments(argv)).toEqual({ ok: true, value: none });
  });

  test('a runtime that was told which app to run has its folder among the arguments', () => {
    const argv = ['/opt/electron', '--no-sandbox', '/src/afloat', '--sandbox'];
    expect(ownArguments(argv, true)).toEqual(['--no-sandbox', '--sandbox']);
    expect(ownArguments(['/opt/afloat', '--sandbox'], false)).toEqual(['--sandbox']);
  });
});
