// Whatever a secret looks like and wherever it stands, it is not in what is shown; and what helps is still there.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedaction, type Known } from '../../../electron/engine/redaction.ts';

const known = (over: Partial<Known> = {}): Known => ({
  home: '/home/mira',
  user: 'mira',
  hosts: ['harbor.example.org'],
  values: [],
  ...over,
});

/** Secrets with everything that stands in addresses, JSON and shells; unlike any word that may stay. */
const nasty = fc
  .array(
    fc.constantFrom(
      'q7',
      'Z',
      '@',
      '/',
      ':',
      '%',
      '%40',
      '"',
      '\\',
      "'",
      ' ',
      '=',
      '&',
      '#',
      '?',
      '$',
      'é',
      '鍵',
      '{',
      ',',
    ),
    {
      minLength: 3,
      maxLength: 14,
    },
  )
  .map((parts) => `Kx${parts.join('')}Vw`);
/** What nothing needs to be put in quotes for. */
const plain = fc.stringMatching(/^Kx[A-Za-z0-9+/._~-]{6,30}Vw$/);

describe('in a configuration', () => {
  test.each([
    ['a proxy', (one: string) => ({ proxies: { 'https-proxy': `http://ann:${one}@proxy.lan:3128` } })],
    ['a mirror', (one: string) => ({ 'registry-mirrors': [`https://${one}@mirror.lan/`] })],
    ['an option of a log driver', (one: string) => ({ 'log-opts': { 'splunk-token': one } })],
    ['a label', (one: string) => ({ labels: ['tier=web', `api_key=${one}`] })],
    ['an object below a secret name', (one: string) => ({ credentials: { any: [one] } })],
    ['a key of nobody', (one: string) => ({ 'x-registry-password': one })],
  ])('%s', (_, values) => {
    fc.assert(
      fc.property(nasty, (one) => {
        const { json, text } = createRedaction(known({ values: [values(one)] }));
        expect(JSON.stringify(json(values(one)))).not.toContain(JSON.stringify(one).slice(1, -1));
        // Said again elsewhere, and encoded.
        expect(text(`dial failed for ${one} here`)).not.toContain(one);
        expect(text(`GET /?x=${encodeURIComponent(one)}`)).not.toContain(encodeURIComponent(one));
      }),
      { numRuns: 300 },
    );
  });
});

test('in arguments of the daemon', () => {
  fc.assert(
    fc.property(nasty, (one) => {
      const words = [
        '--log-opt',
        `splunk-token=${one}`,
        '--registry-password',
        one,
        `--http-proxy=http://a:${one}@p.lan`,
      ];
      const { words: redacted } = createRedaction(known());
      expect(redacted(words).join(' ')).not.toContain(one);
      expect(redacted(words)).toHaveLength(words.length);
    }),
    { numRuns: 300 },
  );
});

describe('in lines of a log', () => {
  test.each([
    ['address', (one: string) => `proxyconnect http://ann:${one}@proxy.lan:3128 refused`],
    ['address without a user', (one: string) => `GET https://${one}@mirror.lan/v2/ 401`],
    ['environment', (one: string) => `HTTP_TOKEN=${one} dockerd`],
    ['JSON', (one: string) => `body {"identitytoken":"${one}","n":1}`],
    ['JSON in JSON', (one: string) => `level=info msg="{\\"password\\": \\"${one}\\"}"`],
    ['header', (one: string) => `Authorization: Bearer ${one}`],
    ['query', (one: string) => `GET /v2/?X-Amz-Signature=${one}&n=1`],
    ['colon', (one: string) => `client_secret: ${one}`],
  ])('%s', (_, line) => {
    fc.assert(
      fc.property(plain, (one) => {
        expect(createRedaction(known()).text(line(one))).not.toContain(one);
      }),
      { numRuns: 300 },
    );
  });

  test('known forms of tokens, and keys', () => {
    const { text } = createRedaction(known());
    for (const one of [
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P',
      'AKIAIOSFODNN7EXAMPLE',
      'ghp_0123456789abcdefghijABCDEFGHIJ012345',
      'dckr_pat_AbCdEf-0123456789',
      'SWMTKN-1-3pu6hszjas19xyp7ghgosyx9k8atbfcr8p2is99znpy26u2lkl-1awxwuwd3z9j1z3puu7rcgdbx',
      '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----',
    ]) {
      expect(text(`before ${one} after`)).toBe('before *** after');
    }
  });
});

test('home, user and hosts, however they are written', () => {
  const { text, json } = createRedaction(
    known({ values: [{ 'insecure-registries': ['registry.lan:5000'], hosts: ['tcp://10.1.2.3:2376'] }] }),
  );
  expect(text('/home/mira/.docker and /home/paul/x, mira@HARBOR, harbor.example.org')).toBe(
    '~/.docker and /home/***/x, ***@host-2, host-1',
  );
  expect(text('pull registry.lan:5000/team/api from 10.1.2.3')).not.toMatch(/registry\.lan|10\.1\.2\.3/);
  expect(json({ 'registry-mirrors': ['https://mirror.secret.example/v2'] })).toEqual({
    'registry-mirrors': [expect.stringMatching(/^https:\/\/host-\d+\/v2$/)],
  });
});

test('what helps stays', () => {
  const { text, json, words } = createRedaction(known());
  const values = {
    'live-restore': true,
    'authorization-plugins': ['opa'],
    'log-opts': { 'max-size': '10m' },
    'registry-mirrors': ['https://registry-1.docker.io'],
    hosts: ['unix:///var/run/docker.sock', 'fd://'],
    bip: '172.17.0.1/16',
    tlskey: '/etc/docker/key.pem',
  };
  expect(json(values)).toEqual(values);
  expect(words(['-H', 'fd://', '--containerd=/run/containerd/containerd.sock'])).toEqual([
    '-H',
    'fd://',
    '--containerd=/run/containerd/containerd.sock',
  ]);
  const line =
    'level=error msg="failed to start daemon: unable to configure with file /etc/docker/daemon.json" pid=812';
  expect(text(line)).toBe(line);
  expect(text('0.0.0.0:8080->80/tcp')).toBe('0.0.0.0:8080->80/tcp');
});

test.each([
  ['one long word', 'a'.repeat(1_000_000)],
  ['many addresses without an end', '://a:b'.repeat(150_000)],
  ['many names', 'token'.repeat(200_000)],
  ['many quotes', '"\\\\'.repeat(300_000)],
  ['many beginnings of keys', '-----BEGIN PRIVATE KEY-----'.repeat(30_000)],
])('a text that was made to take for ever is cut short: %s', (_, long) => {
  const { text, json, words } = createRedaction(known({ values: [{ proxy: long, token: [long] }] }));
  expect(text(long).length).toBeLessThan(300);
  expect(JSON.stringify(json({ proxy: long })).length).toBeLessThan(500);
  expect(words([long])[0]?.length).toBeLessThan(300);
});

test('a secret that is longer than what is looked at', () => {
  const long = 'Kx'.repeat(5000);
  const { text, json } = createRedaction(known());
  for (const shown of [text(`http://u:${long}@p.lan`), JSON.stringify(json([`token=${long}`, `://u:${long}@h`]))])
    expect(shown).not.toContain('KxKx');
});
