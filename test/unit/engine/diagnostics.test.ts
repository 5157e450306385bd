// The bundle says what helps, in sections, and nothing that is private.
import { expect, test } from 'vitest';
import { messagesIn } from '../../../electron/contract/messages/index.ts';
import { diagnosticsText, type DiagnosticsFacts } from '../../../electron/engine/diagnostics.ts';
import { configFile, facts, outcome, snapshot, target } from '../../fakes/snapshot.ts';

const of = (over: Partial<DiagnosticsFacts> = {}): string =>
  diagnosticsText(
    {
      view: snapshot({
        config: configFile({
          'live-restore': true,
          proxies: { 'http-proxy': 'http://ann:s3cr3t-pass@proxy.lan:3128' },
        }),
        target: target({ flags: ['-H', 'fd://', '--log-opt', 'splunk-token=t0k3n-value'] }),
        lastOutcome: outcome({
          result: 'failed',
          problem: { kind: 'daemon.not-up', lines: ['proxy s3cr3t-pass refused by harbor'], waitedMs: 3000 },
          log: ['at /home/mira/daemon.json'],
        }),
        findings: [
          { severity: 'warning', path: [], place: null, about: { kind: 'ignored-key', key: 'api-cors-header' } },
        ],
      }),
      versions: { afloat: '0.1.0', electron: '45.4.1' },
      paths: { log: '/home/mira/.config/Afloat/logs/afloat.log' },
      env: { DOCKER_HOST: 'tcp://harbor:2376', HTTPS_PROXY: 'http://ann:0ther-one@proxy.lan', AWS_SECRET: 'n0t-told' },
      home: '/home/mira',
      user: 'mira',
      hostName: 'harbor',
      log: ['2026-11-22T14:02:00Z info started on harbor by mira'],
      now: new Date(Date.UTC(2026, 10, 22)),
      ...over,
    },
    messagesIn('en'),
  );

test('has every section', () => {
  const text = of();
  expect([...text.matchAll(/^\[(.*)\]$/gm)].map(([, name]) => name)).toEqual([
    'versions',
    'paths',
    'environment',
    'target',
    'engine',
    'configuration',
    'findings',
    'outcome',
    'log',
  ]);
  for (const part of [
    'afloat: 0.1.0',
    'version: 28.5.2',
    'state: running',
    '"live-restore": true',
    'warning ignored-key: ',
    'daemon.not-up: The daemon did not come up.',
    'flags: -H fd:// --log-opt splunk-token=***',
    '~/.config/Afloat/logs/afloat.log',
  ])
    expect(text).toContain(part);
});

test('has nothing private, wherever it was said', () => {
  expect(of()).not.toMatch(/s3cr3t-pass|t0k3n-value|0ther-one|n0t-told|AWS_SECRET|harbor|mira|proxy\.lan/i);
});

test('a file that cannot be read is shown without its secrets', () => {
  const view = snapshot({
    engine: { state: 'failed', since: 0, log: ['harbor dockerd: bad file'] },
    config: {
      state: 'unreadable',
      path: '/etc/docker/daemon.json',
      etag: 'x',
      text: '{\n  "registry-token": "br0ken-t0ken",\n  "http-proxy": "http://u:br0ken-pw@p.lan",\n  "mtu": 14',
      problem: {
        kind: 'config.invalid',
        path: '/etc/docker/daemon.json',
        fault: 'truncated',
        place: { line: 4, column: 1 },
        detail: '',
      },
      writable: { ok: true },
    },
  });
  const text = of({ view });
  expect(text).toContain('"mtu": 14');
  expect(text).not.toMatch(/br0ken|p\.lan|harbor/);
});

test('the daemon’s own name and id are left out', () => {
  expect(of()).not.toContain(facts().id);
});
