// The window for a user whose rights end: what is asked, what is shown instead, and what to run by hand.
import { fireEvent } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import { ok } from '@contract/problem.ts';
import type { Rights } from '@contract/rights.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { CONFIG_PATH, configFile, planned, snapshot, snapshotIn, START, target } from '../../fakes/snapshot.ts';
import { act, faultsIn, open, screen } from './render.tsx';

const rights = (over: Partial<Rights>): Rights => ({
  step: 'installed',
  control: 'asks',
  unit: 'asks',
  group: false,
  ...over,
});
const locked = { ...configFile({}), writable: { ok: false, block: 'denied' } } as Snapshot['config'];
const off = { effective: false, file: null, flag: null, blockedBy: null } as const;
const click = (name: RegExp | string) => act(async () => void fireEvent.click(screen.getByRole('button', { name })));
const switchOn = () => act(async () => void fireEvent.click(screen.getByRole('switch', { name: 'Live restore' })));

describe('where a password can be asked for', () => {
  test('a draft can be made, and says beforehand what will be asked', async () => {
    const { fake, foretold } = open(
      'daemon/advanced',
      snapshot({ config: locked, liveRestore: off, rights: rights({}) }),
    );
    const etag = 'etag' in locked ? locked.etag : null;
    fake.answer('config.plan', () => ok(planned({ etag, authority: { authority: 'change', named: ['hosts'] } })));
    await switchOn();
    await foretold();
    expect(screen.getByText('Asks for an administrator’s password each time, for: hosts.')).toBeTruthy();
    expect(screen.queryByText(/cannot be replaced/)).toBeNull();
  });

  test('what may not be seen is shown on request, with its time', async () => {
    const denied = snapshotIn('denied', { target: target(), rights: rights({}) });
    const { fake } = open('status', denied);
    fake.answer('engine.look', () => ok(null));
    await click('Show as administrator…');
    expect(fake.inputs('engine.look')).toEqual([null]);
    await act(async () => fake.publish({ engine: snapshot().engine, seenAt: START }));
    expect(screen.getByText(/^Read as administrator at /)).toBeTruthy();
  });
});

describe('where nobody can be asked', () => {
  test('the exact commands are shown, one to copy each, and no verb can be pressed', async () => {
    const { container } = open('status', snapshot({ rights: rights({ step: 'missing', control: null }) }));
    expect(screen.getByText('Only an administrator can do that here.')).toBeTruthy();
    for (const command of ['sudo systemctl reload docker.service', 'sudo systemctl stop docker.service docker.socket'])
      expect(screen.getByText(command)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Reload' }).disabled).toBe(true);
    expect(screen.getAllByRole('button', { name: /^Copy: / })).toHaveLength(3);
    expect(await faultsIn(container)).toEqual([]);
  });

  test('who may not talk to the daemon gets the command that lets them, and none that acts on it', async () => {
    for (const place of ['status', 'welcome', 'daemon/basic'] as const) {
      const { container } = open(place, snapshotIn('denied'));
      expect(screen.getByText('sudo usermod -aG docker "$USER"')).toBeTruthy();
      expect(screen.getAllByRole('button', { name: /^Copy: / })).toHaveLength(1);
      expect(await faultsIn(container)).toEqual([]);
    }
  });

  test('a command that was copied says so, for a while, to everybody', async () => {
    vi.useFakeTimers();
    const copy = vi.fn(() => true);
    document.execCommand = copy;
    open('status', snapshot({ rights: rights({ step: 'missing', control: null }) }), { options: false });
    await click('Copy: sudo systemctl reload docker.service');
    expect(copy).toHaveBeenCalledWith('copy');
    expect(screen.getByRole('button', { name: 'Copied: sudo systemctl reload docker.service' }).textContent).toBe(
      'Copied',
    );
    act(() => void vi.advanceTimersByTime(3000));
    expect(screen.getByRole('button', { name: 'Copy: sudo systemctl reload docker.service' }).textContent).toBe('Copy');
    vi.useRealTimers();
  });

  test('a draft becomes a command', async () => {
    const of = snapshot({ config: locked, liveRestore: off, rights: rights({ step: 'missing', control: null }) });
    const { fake, foretold } = open('daemon/advanced', of);
    fake.answer('config.plan', () =>
      ok(
        planned({
          etag: 'etag' in locked ? locked.etag : null,
          text: { before: '{}', after: '{"live-restore":true}' },
          blocked: { kind: 'config.not-writable', path: CONFIG_PATH, block: 'denied' },
        }),
      ),
    );
    await switchOn();
    await foretold();
    expect(
      screen.getByText(
        `printf %s '{"live-restore":true}' | sudo tee ${CONFIG_PATH} >/dev/null && sudo systemctl reload docker.service`,
      ),
    ).toBeTruthy();
    // The command is the way, so that neither a fault nor a button that cannot be pressed stands beside it.
    const bar = document.querySelector<HTMLElement>('.bar');
    expect(bar?.querySelector('.bar-title')?.textContent).toBe('Apply by hand');
    expect([...(bar?.querySelectorAll('button') ?? [])].map((one) => one.textContent)).toEqual([
      'Discard',
      'Review',
      'Copy',
    ]);
    expect(screen.getByText(`You may not write to ${CONFIG_PATH}.`)).toBeTruthy();
    expect(screen.queryByText(/cannot be replaced/)).toBeNull();
  });
});

test('General tells what this user may do', () => {
  open('general', snapshot({ config: locked, rights: rights({ group: true }) }));
  expect(screen.getByText('You may read it.')).toBeTruthy();
  expect(screen.getByText('You are in the group that owns its socket. That is as much as being root.')).toBeTruthy();
  expect(screen.getByText('An administrator’s password is asked for, at most once for each change.')).toBeTruthy();
});
