// A stream over ssh where the system has no descriptor left for it: broken, like any other that cannot be opened.
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { createDial } from '../../../electron/platform/dial.ts';

vi.mock('node:child_process', () => ({ spawn: vi.fn() }));

test('without pipes the stream breaks with the reason', async () => {
  vi.mocked(spawn).mockImplementationOnce(() => {
    // As Node does: no pipes, and the reason a moment later.
    const child = Object.assign(new EventEmitter(), { kill: () => true }) as unknown as ReturnType<typeof spawn>;
    process.nextTick(() => child.emit('error', Object.assign(new Error('spawn ssh EMFILE'), { errno: -24 })));
    return child;
  });
  const stream = createDial('ssh://me@far')?.();
  if (stream === undefined) throw new Error('no stream');
  const [error] = (await once(stream, 'close').then(
    () => [],
    (reason: unknown) => [reason],
  )) as readonly unknown[];
  expect(error).toMatchObject({ message: 'spawn ssh EMFILE' });
});
