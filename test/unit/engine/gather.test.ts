// What is written of a text that somebody hands over: in the encoding of the file, once.
import { expect, test } from 'vitest';
import { prepareChange, type Gathered } from '../../../electron/engine/gather.ts';
import { configFile, facts, START } from '../../fakes/snapshot.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const path = '/etc/docker/daemon.json';

const daemonWith = (text: string): Gathered => ({
  candidate: { endpoint: 'unix:///var/run/docker.sock', source: 'default', context: null },
  identification: {
    configPath: path,
    configPathGiven: false,
    flags: [],
    startFlags: [],
    flagSource: 'docker.service',
    managerKind: 'systemd',
    manager: { unit: 'docker.service' },
    access: { kind: 'proven' },
    dataRoot: null,
    pid: 812,
  } as unknown as Gathered['identification'],
  engine: { state: 'running', since: START, facts: facts() },
  policy: { state: 'none' },
  lastFacts: facts(),
  machine: null,
  state: { config: configFile({}), bytes: bytesOf(text), folderMissing: false },
  containers: [],
  killMode: 'process',
  shims: [],
  pastGaps: [],
  step: 'unneeded',
});

const written = (before: string, text: string): string => {
  const prepared = prepareChange(daemonWith(before), { kind: 'text', text });
  if (!prepared.ok) throw new Error(prepared.problem.kind);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(prepared.value.after);
};

test('a text with a byte order mark is written with the marks that the file had: one or none', () => {
  const next = '{"debug":true}';
  expect(written('\uFEFF{}', `\uFEFF${next}`)).toBe(`\uFEFF${next}`);
  expect(written('\uFEFF{}', next)).toBe(`\uFEFF${next}`);
  expect(written('{}', `\uFEFF${next}`)).toBe(next);
});
