// What is said around an outage: the socket only where there is one, and by hand only what would help.
import { fireEvent } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ok } from '@contract/problem.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { CONFIG_PATH, planned, snapshot, snapshotIn, target, verdict } from '../../fakes/snapshot.ts';
import { act, open, screen } from './render.tsx';

async function askToStop(flags: readonly string[]): Promise<void> {
  const { fake } = open('status', snapshot({ target: target({ flags }) }), { options: false });
  fake.answer('engine.plan', (verb) => ok(planned({ verb, effect: 'restart', containers: [verdict('web')] })));
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Stop…' })));
  await screen.findByText('Enlarge the log pipes first');
}
const socketWords = () => screen.queryByText(/Its socket is stopped with it/);

test.each([
  [['-H', 'fd://'], true],
  [['--host=fd://', '--containerd=/run/containerd/containerd.sock'], true],
  [['-H', 'unix:///var/run/docker.sock'], false],
  [[], false],
])('%j: the socket is spoken of: %s', async (flags, spoken) => {
  await askToStop(flags);
  expect(socketWords() !== null).toBe(spoken);
});

const broken = (text: string): Snapshot =>
  snapshotIn('failed', {
    rescue: {
      containers: [{ id: 'w', name: 'web', pid: 7 }],
      etag: 'e',
      text: null,
      blocked: { kind: 'config.not-writable', path: CONFIG_PATH, block: 'immutable' },
    },
    config: {
      state: 'unreadable',
      path: CONFIG_PATH,
      etag: 'e',
      text,
      problem: { kind: 'config.unreadable', path: CONFIG_PATH, cause: 'missing' },
      writable: { ok: true },
    },
    target: target({ pid: null }),
  });

test.each([
  ['{"live-restore": true,}', true],
  ['{\n  "debug": true,\n  "live-restore": true\n', true],
  ['{"live-restore": false,}', false],
  ['{\n  // "live-restore": true\n}', false],
  ['{\n  # "live-restore": true\n}', false],
  ['', false],
])('%j is told to be repaired rather than written: %s', (text, says) => {
  open('status', broken(text), { options: false });
  expect(screen.queryByText(/seems to say "live-restore": true already/) !== null).toBe(says);
  expect(screen.queryByText(/^By hand: write "live-restore": true/) !== null).toBe(!says);
});
