// The privileged step: answers in lines, does what was authorized, and leaves its result where nobody heard it.
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '@contract/outcome.ts';
import { seenLine, type Authority, type PrivilegedLine } from '@contract/privileged.ts';
import { linesOf } from '../../../electron/privileged/lines.ts';
import { servePrivileged } from '../../../electron/privileged/serve.ts';
import { fakeEngine } from '../../fakes/command-line.ts';
import { snapshot } from '../../fakes/snapshot.ts';

async function serve(said: readonly string[], authority: Authority = 'control', engine = fakeEngine()) {
  const answers: PrivilegedLine[] = [];
  const left: (Outcome | null)[] = [];
  const kept: Outcome[] = [];
  const input = new PassThrough();
  const lines = linesOf(input, 1_000);
  input.end(said.join(''));
  await servePrivileged({
    authorized: { authority, named: [] },
    readLine: lines.next,
    write: (line) => void answers.push(JSON.parse(line) as PrivilegedLine),
    createEngine: () => engine,
    leave: (outcome) => Promise.resolve(void left.push(outcome)),
    keep: (outcome) => Promise.resolve(void kept.push(outcome)),
  });
  const last = answers.at(-1);
  const document = last && 'document' in last ? last.document : null;
  return { answers, document, left, kept, engine };
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;
const restart = line({ version: 1, verb: 'restart', accept: [] });

describe('the privileged step', () => {
  test('answers with one document, and takes away what an earlier one left when this one arrived', async () => {
    const { document, left, kept, engine } = await serve([restart, `${seenLine}\n`]);
    expect(document?.outcome?.verb).toBe('restart');
    expect(document?.view).not.toBeNull();
    expect(kept).toHaveLength(1);
    expect(left).toEqual([null]);
    expect(engine.calls.map(({ name }) => name)).toEqual(['act']);
    expect(engine.isClosed()).toBe(true);
  });

  test.each([[''], ['{"seen":false}\n'], ['{"seen":true}']])(
    'lays its outcome down when nobody says that it arrived: %j',
    async (word) => {
      const { left } = await serve([restart, word]);
      expect(left.map((outcome) => outcome?.verb)).toEqual(['restart']);
    },
  );

  test('only looks where only looking was authorized', async () => {
    const refused = await serve([restart], 'look');
    expect(refused.document?.problem).toEqual({ kind: 'authorization.denied' });
    expect(refused.engine.calls).toEqual([]);
    const looked = await serve([line({ version: 1, verb: 'look' })], 'look');
    expect(looked.document?.view).not.toBeNull();
    expect(looked.engine.calls).toEqual([]);
    expect(looked.left).toEqual([]);
  });

  test('starts containers again by their ids, where to control was authorized and the daemon is root’s own', async () => {
    const id = 'ab'.repeat(32);
    const again = line({ version: 1, verb: 'start-again', containers: [id] });
    const done = await serve([again]);
    expect(done.document).toMatchObject({ problem: null, outcome: null });
    expect(done.engine.calls).toEqual([{ name: 'startAgain', given: [[id]] }]);
    const looks = await serve([again], 'look');
    expect([looks.document?.problem, looks.engine.calls]).toEqual([{ kind: 'authorization.denied' }, []]);
    const view = snapshot();
    const access = { kind: 'read-only', reason: 'untrusted-program', detail: 'exe' } as const;
    const strange = await serve([again], 'control', fakeEngine({}, { ...view, target: { ...view.target, access } }));
    expect(strange.document?.problem).toEqual({ kind: 'target.read-only', reason: 'untrusted-program', detail: 'exe' });
    expect(strange.engine.calls).toEqual([]);
  });

  test.each([
    ['', 'missing'],
    ['{"version":1,"verb":"restart","accept":[]}', 'missing'],
    ['x\n', 'not-json'],
    ['x'.repeat(2_000), 'missing'],
  ])('begins nothing for what is no whole request: %j', async (said, fault) => {
    const { document, engine, left } = await serve([said]);
    expect(document?.problem).toEqual({ kind: 'usage', detail: fault });
    expect(engine.calls).toEqual([]);
    expect(left).toEqual([]);
  });

  test('puts single edits on a file that its asker may not read, and a seen one only on that', async () => {
    const change = { kind: 'patch', patch: [{ path: ['debug'], set: true }] };
    const unseen = await serve([line({ version: 1, verb: 'apply', change, etag: 'unseen', accept: [] })]);
    expect(unseen.engine.calls[0]?.given[1]).toEqual({ etag: null, unseen: true, accept: [] });
    const etag = 'b'.repeat(64);
    const seen = await serve([line({ version: 1, verb: 'apply', change, etag: { seen: etag }, accept: [] })]);
    expect(seen.engine.calls[0]?.given[1]).toEqual({ etag, accept: [] });
    const rescue = await serve([line({ version: 1, verb: 'rescue', etag: 'unseen', keep: false })]);
    expect(rescue.engine.calls).toEqual([{ name: 'rescue', given: [{ etag: null, unseen: true, keep: false }] }]);
    expect(rescue.document?.outcome?.verb).toBe('start');
    const back = await serve([line({ version: 1, verb: 'go-back', text: '{}', etag, accept: [] })]);
    expect(back.engine.calls).toEqual([{ name: 'goBack', given: [{ text: '{}', etag, accept: [] }] }]);
  });
});
