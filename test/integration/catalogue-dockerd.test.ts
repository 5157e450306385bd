// The catalogue against `dockerd --help` of every version at hand: the same flags, letters, kinds and defaults.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { flagNameOf, knownOn, options, type Option } from '../../electron/contract/options.ts';

type Engine = { readonly version: string; readonly dockerd: string; readonly libraryPath: readonly string[] };
type Help = { readonly short: string | null; readonly type: string; readonly default: string | null };

const list = join(homedir(), '.cache', 'afloat', 'engines', 'engines.json');
const engines = existsSync(list)
  ? (JSON.parse(readFileSync(list, 'utf8')) as { engines: readonly Engine[] }).engines
  : [];

/** What the help says of every flag; a description may run over several lines. */
function helpOf({ dockerd, libraryPath }: Engine): ReadonlyMap<string, Help> {
  const { stdout, error } = spawnSync(dockerd, ['--help'], {
    encoding: 'utf8',
    timeout: 20_000,
    env: { HOME: '/home/of-nobody', ...(libraryPath.length > 0 ? { LD_LIBRARY_PATH: libraryPath.join(':') } : {}) },
  });
  if (error) throw error;
  const parts = stdout.split(/^(?= {2}(?:-\w, | {4})--)/m).slice(1);
  return new Map(
    parts.map((part) => {
      const [, short = null, name = '', type = ''] = /^ {2}(?:(-\w), | {4})--([\w-]+)(?: ([\w-]+))?/.exec(part) ?? [];
      const said = part.replaceAll(/\s+/g, ' ');
      const given = /\(default "?(.*?)"?\)\s*$/.exec(said)?.[1] ?? null;
      return [name, { short, type, default: given }] as const;
    }),
  );
}

/** Types as pflag prints them; what is not here prints as its kind alone. */
const types: Readonly<Record<Option['kind'], readonly string[]>> = {
  boolean: ['', 'map', 'string'],
  integer: ['int', 'uint', 'uint32'],
  string: ['string', 'ip', 'list', 'map'],
  size: ['bytes'],
  path: ['string'],
  'string[]': ['list', 'ipSlice', 'strings'],
  'object[]': ['pool-options'],
  'string-map': ['map'],
  object: ['runtime', 'ulimit', 'mapmap', 'map'],
};

/** Flags that dockerd takes and does not print: old ones that go on working, and one for those who look into networks. */
const hidden = new Set([
  'allow-nondistributable-artifacts',
  'api-cors-header',
  'cluster-advertise',
  'cluster-store',
  'cluster-store-opts',
  'graph',
  'network-diagnostic-port',
  'restart',
]);
/** Depend on the machine, or differ between versions, as the catalogue says by null. */
const ofMachine = new Set(['tlscacert', 'tlscert', 'tlskey', 'default-cgroupns-mode', 'userland-proxy-path']);
const changed: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
  // Turned on in 27.0.
  ip6tables: { '20.10': null, '26.1': null, '28.5': 'true' },
  // Said to be none before 23.0, and come to the same.
  mtu: { '20.10': null, '26.1': '1500', '28.5': '1500' },
  'seccomp-profile': { '20.10': null, '26.1': 'builtin', '28.5': 'builtin' },
};

test.runIf(process.env['AFLOAT_ENGINES'] !== undefined)('there are engines to compare with', () => {
  expect(engines.map(({ version }) => version.split('.')[0])).toEqual(expect.arrayContaining(['20', '26', '28']));
});

describe.each(engines)('dockerd $version', (engine) => {
  const help = helpOf(engine);
  const known = options.filter((option) => {
    const since = { since: option.flagsSince, removed: option.removed };
    return option.flags.length > 0 && knownOn(option, engine.version) && knownOn(since, engine.version);
  });
  const byName = new Map(known.map((option) => [flagNameOf(option) ?? '', option]));
  const short = engine.version.split('.').slice(0, 2).join('.');

  test('has no flag that the catalogue does not know', () => {
    expect([...help.keys()].filter((name) => !byName.has(name))).toEqual([]);
  });

  test('has every flag that the catalogue gives it', () => {
    const missing = [...byName].filter(([name, option]) => !help.has(name) && !hidden.has(option.key));
    expect(missing.map(([name]) => name)).toEqual([]);
  });

  test('calls each by the same letter, and takes the same kind of value', () => {
    const differing = [...byName].flatMap(([name, option]) => {
      const said = help.get(name);
      if (!said) return [];
      // `-h` goes on working without being printed.
      const letter = name === 'help' ? null : (option.flags[1] ?? null);
      return said.short === letter && types[option.kind].includes(said.type) ? [] : [{ name, letter, ...said }];
    });
    expect(differing).toEqual([]);
  });

  test('starts from the same defaults', () => {
    const differing = [...byName].flatMap(([name, option]) => {
      const said = help.get(name);
      if (!said || ofMachine.has(option.key) || option.default === null) return [];
      const expected = option.key in changed ? (changed[option.key]?.[short] ?? null) : printed(option);
      const given = said.default?.replace(/^(\[\]|map\[\]|0|false|)$/, '') ?? '';
      return given === (expected ?? '') ? [] : [{ name, given, expected }];
    });
    expect(differing).toEqual([]);
  });
});

/** As the help prints a default: nothing for empty ones, sizes in binary units, lists in their own way. */
function printed({ key, default: value }: Option): string | null {
  if (key === 'default-shm-size') return '64MiB';
  if (Array.isArray(value) || value === false || value === 0) return null;
  if (typeof value === 'object') return null;
  return String(value);
}
