// Our reading of a configuration text against dockerd's own, on every version at hand: the measured kinds, and texts broken at random.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfigText } from '../../electron/engine/config-text.ts';
import { textCases, utf8 } from '../fakes/config-cases.ts';

type Engine = {
  readonly version: string;
  readonly dockerd: string;
  readonly path: readonly string[];
  readonly libraryPath: readonly string[];
};

const list = join(homedir(), '.cache', 'afloat', 'engines', 'engines.json');
const engines = existsSync(list)
  ? (JSON.parse(readFileSync(list, 'utf8')) as { engines: readonly Engine[] }).engines
  : [];
const folder = mkdtempSync(join(tmpdir(), 'afloat-text-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What dockerd says of bytes that it cannot read as JSON object; other refusals (unknown keys, types) come after reading. */
const unreadable =
  /daemon\.json: (invalid JSON: )?(invalid character|invalid escape sequence|unexpected end|unexpected EOF|EOF|exceeded max depth|failed to decode|json: cannot unmarshal \S+( \S+)? into Go value of type|json: cannot unmarshal number \S+ into Go .* of type float64)/;
const readsOn = /configuration OK|needs to be started with root|unable to configure the Docker daemon with file/;

/**
 * In a user namespace without a mapping dockerd is not root: 20.10, which has no `--validate`, then reads the file and ends
 * with that complaint, so that no daemon is ever started.
 */
function readsIt(engine: Engine, bytes: Uint8Array): { readonly reads: boolean; readonly said: string } {
  const path = join(folder, 'daemon.json');
  writeFileSync(path, bytes);
  const validate = engine.version.startsWith('20.') ? [] : ['--validate'];
  const { stderr, stdout, error } = spawnSync(
    'unshare',
    ['--user', engine.dockerd, ...validate, '--config-file', path],
    {
      encoding: 'utf8',
      timeout: 20_000,
      env: {
        PATH: [...engine.path, '/usr/sbin', '/usr/bin', '/sbin', '/bin'].join(':'),
        ...(engine.libraryPath.length > 0 ? { LD_LIBRARY_PATH: engine.libraryPath.join(':') } : {}),
      },
    },
  );
  const said = `${stdout}${stderr}`;
  if (error || !readsOn.test(said)) throw new Error(`dockerd gave no verdict: ${said}${String(error ?? '')}`);
  return { reads: !unreadable.test(said), said };
}

/** Texts that we refuse although this dockerd reads them: what was replaced in reading cannot be written back. */
const stricter: Readonly<Record<string, readonly string[]>> = {
  'Latin-1 byte in a string': ['20'],
  'Latin-1 byte after real replacement characters': ['20'],
  'UTF-16 with a lone surrogate': ['26', '28'],
};

describe.runIf(engines.length > 0 && spawnSync('unshare', ['--user', 'true']).status === 0).each(engines)(
  'dockerd $version',
  (engine) => {
    test('reads and refuses what we do', () => {
      const wrong = textCases.flatMap(([name, bytes]) => {
        const ours = readConfigText(bytes, '/x', engine.version).ok;
        const theirs = readsIt(engine, bytes);
        const expected = stricter[name]?.some((major) => engine.version.startsWith(`${major}.`))
          ? !theirs.reads
          : theirs.reads;
        return ours === expected ? [] : [`${name}: ${theirs.said}`];
      });
      expect(wrong).toEqual([]);
    }, 120_000);

    test('of texts that were broken at random', () => {
      const piece = fc.constantFrom(
        '',
        ',',
        '}',
        '{',
        '"',
        '\\',
        ':',
        '//',
        '#',
        'x',
        '0',
        '-',
        '\0',
        '\n',
        '\u00a0',
        '\ufeff',
        '[',
        'null',
        ' ',
        '1e400',
        '\\u12',
        '\x01',
      );
      const whole =
        '{\n  "debug": true, "labels": ["a\\u00e9=b", "c=d"],\n  "mtu": 1500, "log-opts": {"max-size": "10m"}\n}\n';
      const broken = fc
        .tuple(fc.nat(whole.length), fc.nat(3), piece, fc.boolean())
        .map(([at, cut, put, ends]) => whole.slice(0, at) + put + (ends ? '' : whole.slice(at + cut)));
      fc.assert(
        fc.property(broken, (text) => {
          const theirs = readsIt(engine, utf8(text));
          const ours = readConfigText(utf8(text), '/x', engine.version);
          if (ours.ok !== theirs.reads)
            throw new Error(`${JSON.stringify(text)}\nours: ${JSON.stringify(ours)}\ntheirs: ${theirs.said}`);
        }),
        { numRuns: 150, seed: 20_260_801, endOnFailure: true },
      );
    }, 120_000);
  },
);
