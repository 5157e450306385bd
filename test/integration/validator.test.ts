// What the daemon's own program says of a configuration before anything is written.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Identification } from '../../electron/engine/ports.ts';
import { createPlatform } from '../../electron/platform/index.ts';
import { startRealDaemon, versions, type RealDaemon } from './real-daemon.ts';

const { validator, identify } = createPlatform();

describe.each(versions)('dockerd %s', (version) => {
  let daemon: RealDaemon;
  let found: Identification;
  beforeAll(async () => {
    daemon = await startRealDaemon({ version, manager: 'bare-process', flags: ['--label', 'key=two words'] });
    found = await identify(
      { endpoint: daemon.endpoint, source: 'flag', context: null },
      { configFile: null, manager: null },
    );
  });
  afterAll(() => daemon.dispose());

  const offered = version !== '20.10';
  const cases: readonly (readonly [string, string, string])[] = [
    ['nothing', '{}', 'accepted'],
    ['an option', '{"live-restore": true, "mtu": 1400}', 'accepted'],
    ['a large file', JSON.stringify({ labels: Array.from({ length: 20_000 }, (_, i) => `key${i}=${i}`) }), 'accepted'],
    ['an unknown key', '{"nonsense": 1}', 'nonsense'],
    ['a wrong type', '{"live-restore": "true"}', 'live-restore'],
    ['a conflict with its flags', '{"labels": ["a=b"]}', 'specified both as a flag'],
    ['its listening socket given twice', '{"hosts": ["unix:///tmp/x.sock"]}', 'specified both as a flag'],
    ['a fault', '{"debug": true,}', 'invalid character'],
  ];

  test.each(cases)('%s', async (name, text, expected) => {
    const judged = await validator.validate(text, found);
    if (!offered) expect(judged).toEqual({ kind: 'not-checked', why: 'not-offered-by-version' });
    // Its own flag names labels, so that any in the file conflict: which shows that its flags are given too.
    else if (name === 'a large file') expect(judged.kind).toBe('refused');
    else if (expected === 'accepted') expect(judged).toEqual({ kind: 'accepted' });
    else {
      expect(judged.kind).toBe('refused');
      if (judged.kind === 'refused') expect(judged.lines.join('\n')).toContain(expected);
    }
  });

  test('names the daemon`s own file, and writes none', async () => {
    const before = [readdirSync(daemon.folder), readFileSync(daemon.configPath, 'utf8')];
    const judged = await validator.validate('{"nonsense": 1}', found);
    if (judged.kind === 'refused') expect(judged.lines.join('\n')).toContain(daemon.configPath);
    expect([readdirSync(daemon.folder), readFileSync(daemon.configPath, 'utf8')]).toEqual(before);
  });

  test('is not asked about a user that it would create', async () => {
    const before = readFileSync('/etc/passwd', 'utf8');
    const judged = await validator.validate('{"userns-remap": "default"}', found);
    expect(judged.kind).toBe('not-checked');
    expect(readFileSync('/etc/passwd', 'utf8')).toBe(before);
  });
});

describe('where it cannot be asked', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'afv-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const known = (executable: string | null): Identification =>
    ({
      executable,
      flags: [],
      startFlags: [],
      environment: {},
      configPath: '/etc/docker/daemon.json',
    }) as unknown as Identification;
  /** A dockerd that says this and ends so. */
  function says(words: string, code: number): string {
    const path = join(folder, `dockerd-${code}-${words.length}`);
    writeFileSync(path, `#!/bin/sh\necho '${words}' >&2\nexit ${code}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  test.each([
    ['no program is known', () => null, 'no-binary'],
    ['it is gone', () => '/nowhere/dockerd', 'no-binary'],
    ['a file is for root only', () => says('open /etc/docker/key.pem: permission denied', 1), 'no-permission'],
    [
      'docker-proxy is not found',
      () => says('invalid userland-proxy-path: userland-proxy is enabled, but userland-proxy-path is not set', 1),
      'path',
    ],
    ['it is older than 23.0', () => says('unknown flag: --validate', 125), 'not-offered-by-version'],
  ])('%s', async (_name, program, why) => {
    expect(await validator.validate('{}', known(program()))).toEqual({ kind: 'not-checked', why });
  });
});
