// The administrator's policy: read strictly, trusted only as root's, and stronger than window and command line.
import { chmodSync, chownSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { JsonObject } from '../../../electron/contract/json.ts';
import { lockOn, type Policy } from '../../../electron/contract/policy.ts';
import { planChange } from '../../../electron/engine/plan.ts';
import { policyFindings, policyIn } from '../../../electron/engine/policy.ts';
import { configPlaces } from '../../../electron/engine/config-places.ts';
import { readPolicyFile } from '../../../electron/platform/policy-file.ts';
import { edited, running } from '../../fakes/circumstances.ts';

const path = '/etc/afloat/policy.json';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (value: unknown): Policy => policyIn({ kind: 'read', path, bytes: bytes(JSON.stringify(value)) });

const locks = read({
  version: 1,
  locked: {
    'live-restore': { value: true, reason: 'Ask the platform team' },
    'log-opts.max-size': {},
    proxies: { reason: 'One way out' },
  },
  defaults: { 'log-driver': { value: 'local' } },
});

const blockedBy = (before: JsonObject, after: JsonObject, policy = locks) => {
  const planned = planChange(running(before, {}, { policy }), edited(after));
  return planned.ok ? planned.value.blocked : planned.problem;
};

describe('a locked option', () => {
  test('is not changed, nor removed, and the refusal names the policy and its reason', () => {
    const refused = { kind: 'policy.locked', policy: path, key: 'live-restore', reason: 'Ask the platform team' };
    expect(blockedBy({ 'live-restore': true }, { 'live-restore': false })).toEqual(refused);
    expect(blockedBy({ 'live-restore': true }, {})).toEqual(refused);
  });
  test('may become what the policy wants', () => {
    expect(blockedBy({ 'live-restore': false }, { 'live-restore': true })).toBeNull();
  });
  test('without a value stays as it is, whether it is set or not', () => {
    const key = { kind: 'policy.locked', key: 'log-opts.max-size' };
    expect(blockedBy({ 'log-opts': { 'max-size': '1m' } }, { 'log-opts': {} })).toMatchObject(key);
    expect(blockedBy({}, { 'log-opts': { 'max-size': '1m' } })).toMatchObject(key);
    expect(blockedBy({}, { 'log-opts': { 'max-file': '3' } })).toBeNull();
  });
  test('locks all that is in it', () => {
    const after = { proxies: { 'http-proxy': 'http://p:1' } };
    expect(blockedBy({}, after)).toMatchObject({ kind: 'policy.locked', key: 'proxies' });
  });
  test('is locked below builder whatever the case of its key, as dockerd reads it', () => {
    const policy = read({ version: 1, locked: { 'builder.gc.enabled': { value: true } } });
    const key = { kind: 'policy.locked', key: 'builder.gc.enabled' };
    expect(blockedBy({}, { builder: { GC: { Enabled: false } } }, policy)).toMatchObject(key);
    expect(blockedBy({}, { builder: { GC: { Enabled: true } } }, policy)).toBeNull();
    expect(lockOn(policy, ['builder', 'GC', 'Enabled'])).toMatchObject({ key: 'builder.gc.enabled' });
    expect(lockOn(policy, ['builder', 'GC', 'Policy'])).toBeNull();
  });
  test('is not changed in an object that dockerd looks through', () => {
    const policy = read({ version: 1, locked: { experimental: { value: false }, ipv6: {} } });
    const hidden = (name: string) => ({ mine: { [name]: true } });
    expect(blockedBy({}, hidden('ipv6'), policy)).toMatchObject({ kind: 'policy.locked', key: 'ipv6' });
    expect(
      blockedBy({ experimental: false }, { experimental: false, ...hidden('experimental') }, policy),
    ).toMatchObject({
      key: 'experimental',
    });
    expect(blockedBy(hidden('ipv6'), { ...hidden('ipv6'), debug: true }, policy)).toBeNull();
  });
  test('leaves everything else alone', () => {
    expect(blockedBy({ debug: false }, { debug: true })).toBeNull();
  });
});

describe('a policy file', () => {
  test.each([
    ['not JSON', '{', 'not-json'],
    ['a key twice', '{"version":1,"version":1}', 'not-json'],
    ['another version', '{"version":2}', 'version'],
    ['no version', '{}', 'version'],
    ['a member too many', '{"version":1,"lock":{}}', 'unknown-member'],
    ['an option that is none', '{"version":1,"locked":{"live_restore":{}}}', 'unknown-option'],
    ['a bare value', '{"version":1,"locked":{"debug":true}}', 'wrong-type'],
    ['a default without a value', '{"version":1,"defaults":{"debug":{}}}', 'no-value'],
  ])('with %s is faulty, and keeps everything as it is', (_, text, kind) => {
    const policy = policyIn({ kind: 'read', path, bytes: bytes(text) });
    expect(policy).toMatchObject({ state: 'faulty', fault: { kind } });
    expect(blockedBy({}, { debug: true }, policy)).toMatchObject({ kind: 'policy.faulty', policy: path });
  });
  test('that others may have written says nothing, and is told of', () => {
    const policy = policyIn({ kind: 'untrusted', path, at: '/etc/afloat' });
    expect(blockedBy({ 'live-restore': true }, {}, policy)).toBeNull();
    expect(policyFindings(policy, {}, configPlaces(''))).toMatchObject([{ about: { kind: 'policy-untrusted' } }]);
  });
  test('is compared with the file: locks as warnings, defaults as notes', () => {
    expect(policyFindings(locks, { 'live-restore': false }, configPlaces('{"live-restore":false}'))).toMatchObject([
      { severity: 'warning', path: ['live-restore'], place: { line: 1, column: 2 } },
      { severity: 'info', path: ['log-driver'] },
    ]);
    expect(policyFindings(locks, { 'live-restore': true, 'log-driver': 'none' }, configPlaces(''))).toEqual([]);
  });
});

describe('the policy on disk', () => {
  test('is trusted only where nobody but root can write it', () => {
    // Not below the folder for temporary files, which everybody may write to.
    const folder = mkdtempSync(join(process.getuid?.() === 0 ? '/etc' : tmpdir(), 'afloat-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'policy.json');
    expect(readPolicyFile(file)).toEqual({ kind: 'none' });
    // Whatever else keeps it from being read ends nothing: no folder is no policy, anything else may be one.
    expect(readPolicyFile('/etc/passwd/policy.json')).toEqual({ kind: 'none' });
    const long = `/${'x'.repeat(300)}`;
    expect(readPolicyFile(long)).toEqual({ kind: 'denied', path: long });
    writeFileSync(file, '{"version":1}', { mode: 0o644 });
    if (process.getuid?.() !== 0) return expect(readPolicyFile(file).kind).toBe('untrusted');
    expect(readPolicyFile(file).kind).toBe('read');
    chmodSync(file, 0o664);
    expect(readPolicyFile(file)).toEqual({ kind: 'untrusted', path: file, at: file });
    chmodSync(file, 0o644);
    chownSync(file, 12345, 0);
    expect(readPolicyFile(file).kind).toBe('untrusted');
    chownSync(file, 0, 0);
    chmodSync(folder, 0o777);
    expect(readPolicyFile(file)).toEqual({ kind: 'untrusted', path: file, at: folder });
    chmodSync(folder, 0o755);
    symlinkSync(file, join(folder, 'link.json'));
    return expect(readPolicyFile(join(folder, 'link.json')).kind).toBe('untrusted');
  });
});
