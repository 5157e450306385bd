// What an authorization covers is judged by what really differs, whatever way the text takes to it.
import { describe, expect, test } from 'vitest';
import { keysOfEdits, keysToName, within, type ChangeSite } from '../../../electron/engine/authority.ts';
import { changesBetween } from '../../../electron/engine/changes.ts';
import type { JsonObject } from '@contract/json.ts';
import { fail, ok } from '@contract/problem.ts';
import type { Prepared } from '../../../electron/engine/apply.ts';
import { planned } from '../../fakes/snapshot.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function prepared(before: string | null, after: string): Prepared {
  const values = (text: string): JsonObject => {
    try {
      return JSON.parse(text) as JsonObject;
    } catch {
      return {};
    }
  };
  const changes = changesBetween(values(before ?? '{}'), values(after), { version: '28.5.2', facts: null });
  return {
    plan: planned({ changes }),
    before: { etag: null, bytes: before === null ? null : bytes(before), folderMissing: false },
    after: bytes(after),
    facts: null,
    containers: [],
    liveRestoreByFlag: false,
    setBack: [],
    withPlugins: false,
  };
}

test('what waits in the file was written by whoever may', () => {
  const asked = prepared('{"data-root":"/srv"}', '{"data-root":"/srv","debug":true}');
  const change = { key: 'data-root', from: '/var/lib/docker', to: '/srv', effect: 'restart', risk: 'hides' } as const;
  const changes = [...asked.plan.changes, { ...change, waiting: true as const }];
  expect(keysToName({ ...asked, plan: { ...asked.plan, changes } })).toEqual([]);
  expect(keysToName({ ...asked, plan: { ...asked.plan, changes: [change] } })).toEqual(['data-root']);
});

const names = (before: string | null, after: string) => keysToName(prepared(before, after));

describe('the options that a question names', () => {
  test.each<[string | null, string, readonly string[]]>([
    [null, '{"live-restore":true,"log-opts":{"max-size":"10m"}}', []],
    ['{"hosts":["fd://"]}', '{"hosts":["fd://"],"debug":true}', []],
    ['{"debug":true}', '{"hosts":["tcp://0.0.0.0:2375"]}', ['hosts']],
    ['{"authorization-plugins":["p"]}', '{}', ['authorization-plugins']],
    ['{}', '{"Hosts":["tcp://0.0.0.0:2375"]}', ['Hosts']],
    ['{}', '{"wrapped":{"hosts":["tcp://0.0.0.0:2375"]}}', ['wrapped']],
    ['{}', '{"features":{"cdi":true,"buildkit":true}}', ['features.cdi']],
    // A name with a dot is no option, but an object that dockerd looks into; and it does not hide behind the real one.
    ['{}', '{"features.buildkit":{"iptables":false}}', ['unknown-option']],
    ['{"features.buildkit":{"selinux-enabled":true}}', '{}', ['unknown-option']],
    [
      '{"features":{"buildkit":true}}',
      '{"features.buildkit":{"iptables":false},"features":{"buildkit":true}}',
      ['unknown-option'],
    ],
    // A version that does not know the option looks into it as into any other object.
    ['{}', '{"bip6":{"selinux-enabled":false}}', ['unknown-option']],
    ['{"bip6":{"selinux-enabled":true}}', '{"debug":true}', ['unknown-option']],
    // Of a text that could not be read nobody knows what it held.
    ['{"authorization-plugins":["p"],', '{"debug":true}', ['unknown-option']],
    // dockerd merges the two; the last alone is what was there before.
    [
      '{"runtimes":{"a":{"path":"/a"}}}',
      '{"runtimes":{"evil":{"path":"/evil"}},"runtimes":{"a":{"path":"/a"}}}',
      ['runtimes', 'unknown-option'],
    ],
  ])('%s to %s: %j', (before, after, expected) => {
    expect(names(before, after)).toEqual(expected);
  });

  test('of edits on a file that was not read', () => {
    const edits = (...paths: string[][]) =>
      keysOfEdits({ kind: 'patch', patch: paths.map((path) => ({ path, set: true })) });
    expect(edits(['live-restore'], ['log-opts', 'max-size'], ['features', 'buildkit'])).toEqual([]);
    expect(edits(['runtimes', 'x'], ['features', 'cdi'])).toEqual(['features.cdi', 'runtimes']);
    expect(edits(['features.buildkit'], ['builder', 'gc.policy'])).toEqual(['unknown-option']);
    expect(keysOfEdits({ kind: 'patch', patch: [{ path: ['bip6'], set: { icc: false } }] })).toEqual([
      'unknown-option',
    ]);
    expect(keysOfEdits({ kind: 'text', text: '{}' })).toEqual(['unknown-option']);
  });
});

describe('a site within an authorization', () => {
  const change = { kind: 'text', text: '' } as const;
  const site = (value: Prepared) => {
    const prepare = () => Promise.resolve(ok(value));
    return { prepare, prepareRescue: prepare } as unknown as ChangeSite;
  };
  const risky = prepared('{}', '{"hosts":["tcp://0.0.0.0:2375"]}');
  const insufficient = fail({ kind: 'authorization.insufficient', keys: ['hosts'] });

  test.each([
    [{ authority: 'control', named: [] }, insufficient],
    [{ authority: 'control', named: ['hosts'] }, insufficient],
    [{ authority: 'change', named: ['runtimes'] }, insufficient],
    [{ authority: 'change', named: ['hosts'] }, ok(risky)],
  ] as const)('%j', async (by, expected) => {
    expect(await within(site(risky), by).prepare(change)).toEqual(expected);
    expect(await within(site(risky), by).prepareRescue()).toEqual(expected);
  });
});
