// Our check of keys and types against dockerd's own verdict, for every option of the catalogue and every version at hand.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { options, type Option } from '../../electron/contract/options.ts';
import type { Json, JsonObject } from '../../electron/contract/json.ts';
import { checkConfig, verdictOf } from '../../electron/engine/check.ts';

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
const folder = mkdtempSync(join(tmpdir(), 'afloat-check-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * What dockerd thinks of a text. In a user namespace without a mapping it is not root: 20.10, which has no `--validate`,
 * then reads the file and ends with that complaint, so that no daemon is ever started.
 */
function verdictOfDockerd(engine: Engine, text: string): { readonly verdict: string; readonly said: string } {
  const file = join(folder, 'daemon.json');
  writeFileSync(file, text);
  const old = engine.version.startsWith('20.');
  const args = ['--user', engine.dockerd, ...(old ? [] : ['--validate']), '--config-file', file];
  const { stderr, stdout, status, error } = spawnSync('unshare', args, {
    encoding: 'utf8',
    timeout: 20_000,
    env: {
      PATH: [...engine.path, '/usr/sbin', '/usr/bin', '/sbin', '/bin'].join(':'),
      ...(engine.libraryPath.length > 0 ? { LD_LIBRARY_PATH: engine.libraryPath.join(':') } : {}),
    },
  });
  if (error) throw error;
  const said = `${stdout}${stderr}`.trim();
  const starts = old ? /needs to be started with root/.test(said) : status === 0;
  return { verdict: starts ? 'starts' : 'refuses', said };
}

/** Values that dockerd takes, where any of the kind would not do. */
const valid: Readonly<Record<string, Json>> = {
  'cpu-rt-period': 0,
  'default-cgroupns-mode': 'host',
  'default-gateway': '10.9.0.2',
  'default-gateway-v6': 'fd00::2',
  'default-ipc-mode': 'private',
  'default-runtime': 'runc',
  'firewall-backend': '',
  'fixed-cidr': '10.9.0.0/24',
  'fixed-cidr-v6': 'fd00::/64',
  'host-gateway-ip': '10.9.0.1',
  'log-format': 'text',
  'log-level': 'info',
  bip: '10.9.0.1/24',
  bip6: 'fd00::1/64',
  ip: '0.0.0.0',
  mtu: 1400,
  'userns-remap': '',
};
// What is judged by the machine it is on, or only ends the program.
const leftOut = new Set([
  'config-file',
  'help',
  'version',
  'validate',
  'tlsverify',
  'userland-proxy-path',
  'features.windows-dns-proxy',
]);

const anyOf = {
  boolean: false,
  integer: 5,
  string: 'x',
  size: '64M',
  path: '/x',
  'string[]': [],
  'object[]': [],
  'string-map': {},
  object: {},
} as const satisfies Record<Option['kind'], Json>;

const nested = (path: readonly string[], value: Json): Json =>
  path.reduceRight<Json>((inner, key) => ({ [key]: inner }), value);

const perOption = options
  .filter(({ key }) => !leftOut.has(key))
  .map(({ key, kind, path }) => JSON.stringify(nested(path, key in valid ? (valid[key] ?? null) : anyOf[kind])));

const singular = options.flatMap(({ flags, key }) => {
  const name = flags[0]?.slice(2);
  return name === undefined || name === key || leftOut.has(key) || name === 'host-gateway-ip'
    ? []
    : [`{"${name}": "x"}`];
});

const special = [
  '{"foo": {"live-restore": true}}',
  '{"foo": {"bar": 1}}',
  '{"foo": {}}',
  '{"foo": null}',
  '{"Live-Restore": true}',
  '{"live-restore": "true"}',
  '{"live-restore": null}',
  '{"mtu": 1e3}',
  '{"mtu": 1400.0}',
  '{"dns": ["1.1.1.1", 8]}',
  '{"default-shm-size": 134217728}',
  '{"log-opts": {"max-file": 3}}',
  '{"log-opts": {"max-file": null}}',
  '{"runtimes": {"x": "path"}}',
  '{"default-address-pools": [1]}',
  '{"default-ulimits": {"a": 1}}',
  '{"default-network-opts": {"bridge": {"a": 1}}}',
  '{"default-network-opts": {"x": {"a": "b"}}}',
  '{"features": {"from-the-future": true}}',
  '{"features": {"from-the-future": "x"}}',
  '{"features": null}',
  '{"features": true}',
  '{"proxies": {"x": "y"}}',
  '{"proxies": null}',
  '{"proxies": {}}',
  '{"builder": {"from-the-future": 1}}',
  '{"builder": {"gc": {"enabled": true}}}',
  '{"Builder": {"gc": {}}}',
];

describe.runIf(engines.length > 0 && spawnSync('unshare', ['--user', 'true']).status === 0).each(engines)(
  'dockerd $version',
  (engine) => {
    test.each([
      ['every option', perOption],
      ['the names of flags', [...new Set(singular)]],
      ['what people write', special],
    ])('says the same of %s', { timeout: 120_000 }, (_, texts) => {
      const differing = texts.flatMap((text) => {
        const values = JSON.parse(text) as JsonObject;
        const { version } = engine;
        const found = checkConfig({ text, values, version, flags: [], flagSource: '', facts: null });
        // What only a start stumbles over is judged by whole starts, in check-truth.
        const ours = verdictOf(found.filter(({ about }) => !('hurts' in about && about.hurts === 'start')));
        const { verdict, said } = verdictOfDockerd(engine, text);
        return ours === verdict ? [] : [{ text, ours, said }];
      });
      expect(differing).toEqual([]);
    });
  },
);
