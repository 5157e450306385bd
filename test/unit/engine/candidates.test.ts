// Which daemon is meant: docker's own order of flags, variables, contexts and usual places, and nothing taken in silence.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { findCandidates, type Surroundings } from '../../../electron/engine/candidates.ts';

const usual = 'unix:///var/run/docker.sock';
const own = 'unix:///run/user/1000/docker.sock';
const idOf = (name: string): string => createHash('sha256').update(name).digest('hex');
const meta = (name: string, host: unknown, more: object = {}): string =>
  JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker: { Host: host, ...more } } });

/** A machine with these files (sockets hold no text) and links. */
function machine(files: Record<string, string>, around: Partial<Surroundings> = {}): Surroundings {
  const links: Record<string, string> = {
    '/run/docker.sock': '/run/docker.sock',
    '/var/run/docker.sock': '/run/docker.sock',
  };
  const under = (path: string): string[] =>
    Object.keys(files).flatMap((file) =>
      file.startsWith(`${path}/`) ? [file.slice(path.length + 1).split('/')[0] ?? ''] : [],
    );
  return {
    host: null,
    context: null,
    env: {},
    home: '/home/me',
    uid: 1000,
    files: {
      exists: (path) => path in files || under(path).length > 0,
      read: (path) => files[path] ?? null,
      list: (path) => [...new Set(under(path))],
      realPath: (path) => links[path] ?? path,
    },
    ...around,
  };
}

const context = (name: string, host: unknown, more: object = {}): Record<string, string> => ({
  [`/home/me/.docker/contexts/meta/${idOf(name)}/meta.json`]: meta(name, host, more),
});
const current = (name: string): Record<string, string> => ({
  '/home/me/.docker/config.json': JSON.stringify({ currentContext: name, auths: {} }),
});
const socket = { '/var/run/docker.sock': '' };
const far = context('far', 'ssh://me@far');
const endpoints = (around: Surroundings): readonly string[] =>
  findCandidates(around).candidates.map((one) => one.endpoint);

describe('the first of', () => {
  test.each<readonly [string, Partial<Surroundings>, string, string, string | null]>([
    [
      'flag before all',
      { host: 'tcp://a:1', env: { DOCKER_HOST: 'tcp://b:1', DOCKER_CONTEXT: 'far' } },
      'tcp://a:1',
      'flag',
      null,
    ],
    [
      '--context before DOCKER_HOST',
      { context: 'far', env: { DOCKER_HOST: 'tcp://b:1' } },
      'ssh://me@far',
      'flag',
      'far',
    ],
    [
      'DOCKER_HOST before DOCKER_CONTEXT',
      { env: { DOCKER_HOST: 'tcp://b:1', DOCKER_CONTEXT: 'far' } },
      'tcp://b:1',
      'environment',
      null,
    ],
    ['DOCKER_CONTEXT before the chosen one', { env: { DOCKER_CONTEXT: 'far' } }, 'ssh://me@far', 'context', 'far'],
    [
      '--context default means DOCKER_HOST',
      { context: 'default', env: { DOCKER_HOST: 'tcp://b:1' } },
      'tcp://b:1',
      'environment',
      null,
    ],
    ['DOCKER_CONTEXT=default means the usual socket', { env: { DOCKER_CONTEXT: 'default' } }, usual, 'default', null],
    [
      'empty variables are none',
      { env: { DOCKER_HOST: '', DOCKER_CONTEXT: '' } },
      'unix:///near.sock',
      'context',
      'near',
    ],
  ])('%s', (_name, around, endpoint, source, name) => {
    const files = { ...socket, ...far, ...context('near', 'unix:///near.sock'), ...current('near') };
    expect(findCandidates(machine(files, around))).toMatchObject({
      problem: null,
      candidates: expect.arrayContaining([{ endpoint, source, context: name }]),
    });
    expect(endpoints(machine(files, around))[0]).toBe(endpoint);
  });
});

test('what was asked for stays first even where nothing is there', () => {
  const found = findCandidates(machine({ ...socket, ...far }, { host: 'unix:///gone.sock' }));
  expect(found.candidates.map(({ endpoint }) => endpoint)).toEqual(['unix:///gone.sock', usual, 'ssh://me@far']);
});

test.each([
  ['/run/docker.sock', 'unix:///run/docker.sock'],
  ['unix:/run/docker.sock', 'unix:///run/docker.sock'],
  ['UNIX:///run/docker.sock', 'unix:///run/docker.sock'],
  [' unix:// ', usual],
  ['tcp://a:1', 'tcp://a:1'],
])('an address written as %j is told and followed as %j', (written, endpoint) => {
  expect(endpoints(machine(far, { host: written }))[0]).toBe(endpoint);
  expect(endpoints(machine(far, { env: { DOCKER_HOST: written } }))[0]).toBe(endpoint);
  const named = { ...context('named', written.trim()), ...current('named') };
  expect(endpoints(machine(named))[0]).toBe(endpoint);
});

test('an ordinary user without the system’s daemon means the own one; root never does', () => {
  const files = { '/run/user/1000/docker.sock': '' };
  const env = { XDG_RUNTIME_DIR: '/run/user/1000' };
  expect(endpoints(machine(files, { env }))).toEqual([own, usual]);
  expect(endpoints(machine({ ...files, ...socket }, { env }))).toEqual([usual, own]);
  expect(endpoints(machine(files, { env, uid: 0 }))).toEqual([usual, own]);
  expect(endpoints(machine(files, { env: {}, uid: null }))).toEqual([usual]);
});

test('two names of one socket are one daemon, under the name that was asked for', () => {
  const files = {
    ...socket,
    '/run/docker.sock': '',
    ...context('same', 'unix:///run/docker.sock'),
    ...current('same'),
  };
  expect(findCandidates(machine(files)).candidates).toEqual([
    { endpoint: 'unix:///run/docker.sock', source: 'context', context: 'same' },
  ]);
});

describe('a wish that cannot be followed is told, and nothing stands in its place', () => {
  test.each<readonly [string, Partial<Surroundings>, Record<string, string>, object]>([
    ['an unknown --context', { context: 'nope' }, {}, { kind: 'context.unknown', name: 'nope' }],
    ['an unknown DOCKER_CONTEXT', { env: { DOCKER_CONTEXT: 'nope' } }, {}, { kind: 'context.unknown', name: 'nope' }],
    ['a chosen context that is gone', {}, current('nope'), { kind: 'context.unknown', name: 'nope' }],
    ['a name that is a path', { context: '../../etc' }, {}, { kind: 'context.unknown', name: '../../etc' }],
    ['a broken address', { host: 'nonsense' }, {}, { kind: 'endpoint.invalid', endpoint: 'nonsense' }],
    ['a broken variable', { env: { DOCKER_HOST: 'fd://' } }, {}, { kind: 'endpoint.invalid', endpoint: 'fd://' }],
    ['both flags', { host: 'tcp://a:1', context: 'far' }, {}, { kind: 'usage' }],
  ])('%s', (_name, around, more, problem) => {
    const found = findCandidates(machine({ ...socket, ...more }, around));
    expect(found.problem).toMatchObject(problem);
    expect(found.candidates.map(({ source }) => source)).toEqual(['default']);
  });
});

describe('context files', () => {
  test.each<readonly [string, string]>([
    ['broken JSON', '{"Name":'],
    ['not an object', '[]'],
    ['null', 'null'],
    ['no endpoints', '{"Name":"odd"}'],
    ['endpoints of another kind', '{"Name":"odd","Endpoints":[1]}'],
    ['no host', meta('odd', undefined)],
    ['a number for a host', meta('odd', 5)],
    ['an address nobody understands', meta('odd', 'fd://')],
    ['another name than its folder says', meta('other', 'tcp://evil:1')],
  ])('%s: unknown when asked for, left out otherwise', (_name, text) => {
    const files = { ...socket, ...far, [`/home/me/.docker/contexts/meta/${idOf('odd')}/meta.json`]: text };
    expect(findCandidates(machine(files, { context: 'odd' })).problem).toMatchObject({
      kind: 'context.unknown',
      name: 'odd',
    });
    expect(endpoints(machine(files))).toEqual([usual, 'ssh://me@far']);
  });

  test.each(['', '{', '[]', '{"currentContext":7}', '{"currentContext":""}'])(
    'config.json %j chooses nothing',
    (text) => {
      const found = findCandidates(machine({ ...socket, '/home/me/.docker/config.json': text }));
      expect(found).toMatchObject({ problem: null, candidates: [{ endpoint: usual }] });
    },
  );

  test('sockets of other contexts that are not there are not offered', () => {
    expect(endpoints(machine({ ...socket, ...context('stale', 'unix:///gone.sock'), ...far }))).toEqual([
      usual,
      'ssh://me@far',
    ]);
  });

  test('DOCKER_CONFIG moves all of them', () => {
    const files = { ...socket, [`/cfg/contexts/meta/${idOf('far')}/meta.json`]: meta('far', 'ssh://me@far') };
    expect(endpoints(machine(files, { env: { DOCKER_CONFIG: '/cfg' } }))).toEqual([usual, 'ssh://me@far']);
  });
});

describe('TLS', () => {
  const folder = `/home/me/.docker/contexts/tls/${idOf('far')}/docker`;
  const inFolder = (at: string, skipVerify: boolean) => ({
    ca: `${at}/ca.pem`,
    cert: `${at}/cert.pem`,
    key: `${at}/key.pem`,
    skipVerify,
  });

  test('a context with certificates, or with a wish about them, brings its files', () => {
    const plain = context('far', 'tcp://far:2376');
    expect(findCandidates(machine({ ...socket, ...plain })).tls.size).toBe(0);
    const certified = { ...socket, ...plain, [`${folder}/ca.pem`]: 'x' };
    expect(findCandidates(machine(certified)).tls.get('tcp://far:2376')).toEqual(inFolder(folder, false));
    const careless = context('far', 'tcp://far:2376', { SkipTLSVerify: true });
    expect(findCandidates(machine({ ...socket, ...careless })).tls.get('tcp://far:2376')).toEqual(
      inFolder(folder, true),
    );
  });

  test.each<readonly [Record<string, string>, ReturnType<typeof inFolder> | undefined]>([
    [{}, undefined],
    [{ DOCKER_TLS_VERIFY: '1' }, inFolder('/home/me/.docker', false)],
    [{ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs' }, inFolder('/certs', false)],
    [{ DOCKER_TLS: '1', DOCKER_CONFIG: '/cfg' }, inFolder('/cfg', true)],
  ])('variables %j', (more, expected) => {
    const env = { DOCKER_HOST: 'tcp://far:2376', ...more };
    expect(findCandidates(machine(socket, { env })).tls.get('tcp://far:2376')).toEqual(expected);
  });
});
