// The window in use: what a click does, what is said, and that Enter and Esc do no harm.
import { fireEvent, within } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fail, ok } from '@contract/problem.ts';
import type { Upgrade } from '@contract/upgrade.ts';
import {
  appFacts,
  configFile,
  CONFIG_PATH,
  outcome,
  planned,
  snapshot,
  snapshotIn,
  START,
  target,
  verdict,
} from '../../fakes/snapshot.ts';
import { act, faultsIn, open, screen } from './render.tsx';

const off = snapshot({
  config: configFile({}),
  liveRestore: { effective: false, file: null, flag: null, blockedBy: null },
});
const rest = () => act(async () => new Promise((resolve) => setTimeout(resolve, 20)));
const button = (name: RegExp | string) => screen.getByRole<HTMLButtonElement>('button', { name });
const type = (control: HTMLElement, value: string) => act(() => void fireEvent.change(control, { target: { value } }));
const click = (control: HTMLElement) => act(async () => void fireEvent.click(control));

describe('live restore', () => {
  test('switching on opens a draft of one edit and tells what Apply means', async () => {
    const { fake, foretold } = open('daemon/advanced', off, { options: false });
    fake.answer('config.plan', () =>
      ok(
        planned({
          etag: 'etag of {}',
          changes: [{ key: 'live-restore', from: undefined, to: true, effect: 'reload', risk: 'none' }],
        }),
      ),
    );
    await click(screen.getByRole('switch', { name: 'Live restore' }));
    await foretold();
    expect(screen.getByText('1 change needs a reload')).toBeTruthy();
    expect(fake.inputs('config.plan')).toEqual([{ kind: 'patch', patch: [{ path: ['live-restore'], set: true }] }]);
    expect(button('Apply and reload').disabled).toBe(false);
    expect(fake.inputs('draft.open')).toEqual([false, true]);
  });
  test('switching off writes false, because a key that is gone stays on in the daemon', async () => {
    const { store } = open('daemon/advanced', snapshot(), { options: false });
    await click(screen.getByRole('switch', { name: 'Live restore' }));
    expect(store.getState().draft?.change).toEqual({ kind: 'patch', patch: [{ path: ['live-restore'], set: false }] });
  });
  test('to and fro where the file says nothing is no change', async () => {
    const liveRestore = { effective: false, file: null, flag: null, blockedBy: null };
    const { store } = open('daemon/advanced', snapshot({ liveRestore, config: configFile({}) }), { options: false });
    for (const on of [true, false]) {
      await click(screen.getByRole('switch', { name: 'Live restore' }));
      expect(store.getState().draft !== null).toBe(on);
    }
  });
  test('three truths stand beside each other', () => {
    open('daemon/advanced', snapshot({ liveRestore: { effective: false, file: true, flag: null, blockedBy: null } }));
    const words = [...document.querySelectorAll('.truths > div')].map((one) => one.textContent);
    expect(words).toEqual(['In the daemonOff', 'In daemon.jsonOn', 'By --live-restore flagNot set']);
    expect(screen.getByText(/On in the file, but not in the running daemon/)).toBeTruthy();
  });
  test.each(['swarm', 'windows', 'flag'] as const)(
    'cannot be switched on where %s forbids it, and says why',
    (blockedBy) => {
      open('daemon/advanced', { ...off, liveRestore: { ...off.liveRestore, blockedBy } }, { options: false });
      const control = screen.getByRole<HTMLInputElement>('switch', { name: 'Live restore' });
      expect(control.disabled).toBe(true);
      expect(control.getAttribute('aria-describedby')).toContain('live-restore-why');
      expect(document.querySelector('#live-restore-why')?.textContent).toMatch(/\S/);
    },
  );
  test('what a file that cannot be read says is not known, and no difference is told', () => {
    const problem = { kind: 'config.unreadable', path: CONFIG_PATH, cause: 'io' } as const;
    const writable = { ok: true } as const;
    const config = { state: 'unreadable', path: CONFIG_PATH, etag: null, text: null, problem, writable } as const;
    const liveRestore = { effective: true, file: null, flag: null, blockedBy: null };
    open('daemon/advanced', snapshot({ config, liveRestore }), { options: false });
    expect(document.querySelector('.truths > div:nth-child(2)')?.textContent).toContain('Not known');
    expect(screen.queryByText(/not for the next start/)).toBeNull();
  });
  test('of a daemon elsewhere neither file nor flag is claimed to be not set', () => {
    const elsewhere = target({ endpoint: 'tcp://lab:2376', configPath: null, pid: null, flags: [] });
    const liveRestore = { effective: true, file: null, flag: null, blockedBy: null };
    open('daemon/advanced', snapshot({ target: elsewhere, config: { state: 'unknown' }, liveRestore }), {
      options: false,
    });
    const words = [...document.querySelectorAll('.truths > div')].map((one) => one.textContent);
    expect(words.slice(1)).toEqual([expect.stringMatching(/Not known$/), expect.stringMatching(/Not known$/)]);
  });
  test('a file that somebody removes and breaks under a draft is told once, and the draft stays', async () => {
    const { fake, store } = open('daemon/advanced', off, { options: false });
    await click(screen.getByRole('switch', { name: 'Live restore' }));
    const problem = { kind: 'config.unreadable', path: CONFIG_PATH, cause: 'not-a-file' } as const;
    const writable = { ok: true } as const;
    act(() => fake.publish({ config: { state: 'absent', path: CONFIG_PATH, writable } }));
    act(() =>
      fake.publish({
        config: { state: 'unreadable', path: CONFIG_PATH, etag: null, text: null, problem, writable },
      }),
    );
    await rest();
    expect(screen.getAllByText(/cannot be read now\. Your changes are kept/)).toHaveLength(1);
    expect(store.getState().draft?.change).toMatchObject({ kind: 'patch' });
  });
  test('says beside who survives that the file is reloaded first', async () => {
    const differs = snapshot({ liveRestore: { effective: false, file: true, flag: null, blockedBy: null } });
    const { fake } = open('daemon/advanced', differs, { options: false });
    fake.answer('engine.plan', () => ok(planned({ effect: 'reload-then-restart', expectedGapMs: 2100 })));
    act(() => fake.publish({ containers: null }));
    await act(async () => new Promise((resolve) => setTimeout(resolve, 150)));
    const [words] = document.querySelectorAll('.survivors');
    expect(words?.textContent).toContain('Live restore is reloaded first, so that no container stops.');
  });
  test('on a swarm node that has it on, the way back is open', () => {
    open('daemon/advanced', snapshot({ liveRestore: { effective: true, file: true, flag: null, blockedBy: 'swarm' } }));
    expect(screen.getByRole<HTMLInputElement>('switch', { name: 'Live restore' }).disabled).toBe(false);
  });
  test('answers who would survive', async () => {
    const { fake } = open('daemon/advanced', off, { options: false });
    await rest();
    expect(screen.getByText('4 of 4 running containers would survive a restart.')).toBeTruthy();
    fake.answer('engine.plan', () =>
      ok(planned({ containers: [verdict('web', 'stops'), verdict('api'), verdict('db', 'stops')] })),
    );
    act(() => fake.publish({ containers: null }));
    await act(async () => new Promise((resolve) => setTimeout(resolve, 150)));
    expect(screen.getByText('1 of 3 containers would survive a restart; 2 would not.')).toBeTruthy();
  });
});

describe('live restore while the daemon is down', () => {
  test('offers the start, as Status does', async () => {
    const { fake } = open('daemon/advanced', snapshotIn('stopped'), { options: false });
    fake.answer('engine.plan', () =>
      ok(planned({ verb: 'start', containers: [verdict('web', 'stops')], needs: ['stops'] })),
    );
    await click(button('Start daemon'));
    expect(screen.getByRole('dialog', { name: 'Start the daemon?' })).toBeTruthy();
    expect(fake.inputs('engine.act')).toEqual([]);
  });
  test('but not where containers can be saved first', () => {
    const rescue = { containers: [{ id: 'w', name: 'web', pid: 7 }], etag: null, text: null, blocked: null };
    open('daemon/advanced', snapshotIn('failed', { rescue }), { options: false });
    expect(screen.queryByRole('button', { name: 'Start daemon' })).toBeNull();
    expect(button('Save them and start')).toBeTruthy();
  });
});

describe('confirmations', () => {
  const stops = ['web', 'api', 'db'].map((name) => verdict(name, 'stops'));
  test('name the containers; the safe button has the focus, and nothing is done by it', async () => {
    const { fake } = open('daemon/advanced', off, { options: false });
    fake.answer('engine.plan', () => ok(planned({ effect: 'restart', containers: stops, needs: ['stops'] })));
    await click(button('Restart daemon…'));
    await rest();
    const dialog = within(screen.getByRole('dialog', { name: 'Restart the daemon?' }));
    for (const name of ['web', 'api', 'db']) expect(dialog.getByText(name)).toBeTruthy();
    expect(document.activeElement?.textContent).toBe('Cancel');
    expect(await faultsIn(document.body)).toEqual([]);
    await click(dialog.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(fake.inputs('engine.act')).toEqual([]);
  });
  test('say on the button what happens, and accept just that for those that were shown', async () => {
    const { fake } = open('daemon/advanced', off, { options: false });
    fake.answer('engine.plan', () => ok(planned({ effect: 'restart', containers: stops, needs: ['stops'] })));
    fake.answer('engine.act', () => ok(outcome({ verb: 'restart' })));
    await click(button('Restart daemon…'));
    await rest();
    await click(button('Restart and stop 3 containers'));
    const shown = stops.map(({ id }) => id);
    expect(fake.inputs('engine.act')).toEqual([{ verb: 'restart', accept: ['stops'], shown }]);
  });
  test('tell alike containers once, and name all of them on request', async () => {
    const { fake } = open('daemon/advanced', off, { options: false });
    const many = Array.from({ length: 11 }, (_, i) => verdict(`worker-${i}`, 'stops'));
    const one = { ...verdict('web', 'interrupted'), reasons: [{ kind: 'health-checks-pause' } as const] };
    const two = { ...verdict('db', 'interrupted'), reasons: [{ kind: 'rootless' } as const] };
    fake.answer('engine.plan', () =>
      ok(planned({ effect: 'restart', containers: [one, two, verdict('api'), ...many], needs: ['stops'] })),
    );
    await click(button('Restart daemon…'));
    await rest();
    const dialog = within(screen.getByRole('dialog', { name: 'Restart the daemon?' }));
    expect(dialog.getAllByText('Live restore is off.')).toHaveLength(1);
    expect([...document.querySelectorAll('.fate-word')].map((word) => word.textContent)).toEqual([
      'Stops',
      'Keeps running, with an interruption',
      'Keeps running',
    ]);
    expect(dialog.getByText('11 containers')).toBeTruthy();
    expect(dialog.queryByText('worker-10')).toBeNull();
    expect(dialog.getByText('web').closest('.fate-group')?.textContent).toContain('health check pauses');
    await click(dialog.getByRole('button', { name: 'and 3 more' }));
    expect(dialog.getByText('worker-10')).toBeTruthy();
    expect(document.activeElement?.textContent).toContain('worker-10');
    expect(await faultsIn(document.body)).toEqual([]);
  });
  test.each([
    ['hidden', 'hides', 'Restart and hide 1 container'],
    ['lost', 'loses', 'Restart and lose 1 container'],
  ] as const)('a container that is %s is told by the list and the button alone', async (fate, need, label) => {
    const { fake } = open('daemon/advanced', off, { options: false });
    fake.answer('engine.plan', () =>
      ok(planned({ effect: 'restart', containers: [verdict('web', fate)], needs: [need, 'start-fails'] })),
    );
    await click(button('Restart daemon…'));
    await rest();
    expect(button(label).disabled).toBe(false);
    expect([...document.querySelectorAll('.risks li')].map((risk) => risk.textContent)).toEqual([
      'The daemon may not start.',
    ]);
  });
  test('are gone once the browser has closed them, as it does by Esc', async () => {
    const { fake } = open('daemon/advanced', off, { options: false });
    await click(button('Restart daemon…'));
    act(() => void screen.getByRole('dialog').dispatchEvent(new Event('close')));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(fake.inputs('engine.act')).toEqual([]);
  });
  test('that cannot be are told with the reason and leave only the way back', async () => {
    const { fake } = open('daemon/advanced', off, { options: false });
    fake.answer('engine.plan', () => ok(planned({ blocked: { kind: 'engine.busy', verb: 'apply' } })));
    await click(button('Restart daemon…'));
    await rest();
    expect(button('Restart').disabled).toBe(true);
  });
});

describe('the bar', () => {
  const file = configFile({ mtu: 1500 }, { etag: 'one' });
  test('says that somebody else changed the file, and keeps the user’s value', async () => {
    const { fake, foretold } = open('daemon/advanced', snapshot({ config: file }));
    type(screen.getByLabelText('MTU'), '1400');
    await foretold();
    act(() => fake.publish({ config: configFile({ mtu: 9000, debug: true }, { etag: 'two' }) }));
    await foretold();
    expect(screen.getAllByText(/daemon.json was changed by someone else meanwhile/)).not.toHaveLength(0);
    expect(screen.getByLabelText<HTMLInputElement>('MTU').value).toBe('1400');
    expect([...document.querySelectorAll('output')].map((one) => one.textContent).join()).toMatch(
      /changed by someone else/,
    );
  });
  test('shows lines, fates and findings on Review', async () => {
    const { fake, foretold } = open('daemon/advanced', snapshot({ config: file }));
    fake.answer('config.plan', () =>
      ok(
        planned({
          etag: 'one',
          text: { before: '{\n  "mtu": 1500\n}\n', after: '{\n  "mtu": 1400\n}\n' },
          findings: [{ severity: 'warning', path: [], place: null, about: { kind: 'validate-key' } }],
        }),
      ),
    );
    type(screen.getByLabelText('MTU'), '1400');
    await foretold();
    expect(button('Review').getAttribute('aria-expanded')).toBe('false');
    await click(button('Review'));
    expect(screen.getByText('"mtu": 1400')).toBeTruthy();
    expect(screen.getByText('"mtu": 1500')).toBeTruthy();
    expect(await faultsIn(document.body)).toEqual([]);
  });
  test('takes the remedy of a finding into the draft', async () => {
    const { fake, foretold } = open('daemon/advanced', snapshot({ config: file }));
    const fix = [{ path: ['dns'], set: ['1.1.1.1'] }] as const;
    const about = { kind: 'wrong-type', key: 'dns', expected: 'array', found: 'string' } as const;
    fake.answer('config.plan', () =>
      ok(planned({ etag: 'one', findings: [{ severity: 'error', path: ['dns'], place: null, about, fix }] })),
    );
    type(screen.getByLabelText('MTU'), '1400');
    await foretold();
    await click(button('Review'));
    await click(button('Fix'));
    await foretold();
    expect(JSON.stringify(fake.inputs('config.plan').at(-1))).toContain('{"path":["dns"],"set":["1.1.1.1"]}');
  });
  test('takes a remedy of several edits as one step', async () => {
    const fix = [
      { path: ['labls'], remove: true },
      { path: ['labels'], set: ['a=b'] },
    ] as const;
    const about = { kind: 'unknown-key', key: 'labls', suggestion: 'labels' } as const;
    const finding = { severity: 'error', path: ['labls'], place: null, about, fix } as const;
    const config = configFile({ labls: ['a=b'] }, { etag: 'one' });
    const { store, actions, does } = open('status', snapshot({ config, findings: [finding] }));
    await click(button('Fix'));
    expect(store.getState().draft?.change).toEqual({ kind: 'patch', patch: fix });
    await does(() => actions.stepBack());
    expect(store.getState().draft).toBeNull();
  });
  test('cannot be applied while the plan is not here, or says no', async () => {
    const { fake, foretold } = open('daemon/advanced', snapshot({ config: file }));
    fake.answer('config.plan', () =>
      ok(planned({ etag: 'one', blocked: { kind: 'config.rejected', path: CONFIG_PATH, lines: ['no'] } })),
    );
    type(screen.getByLabelText('MTU'), '1400');
    expect(button(/^Apply/).disabled).toBe(true);
    await foretold();
    expect(button(/^Apply/).disabled).toBe(true);
  });
  test('shows the steps while something runs, and the proof afterwards', () => {
    const { fake } = open('status', snapshot());
    act(() => fake.publish({ operation: { kind: 'running', verb: 'apply', step: 'checking', since: START } }));
    act(() => fake.publish({ operation: { kind: 'running', verb: 'apply', step: 'writing', since: START } }));
    expect(within(screen.getByRole('region', { name: 'What is under way' })).getAllByRole('listitem')).toHaveLength(2);
    expect(document.querySelector('.elapsed')?.textContent).toMatch(/^Step 2 · /);
    act(() => fake.publish({ operation: { kind: 'idle' }, lastOutcome: outcome() }));
    expect(screen.queryByRole('region', { name: 'What is under way' })).toBeNull();
    expect(document.querySelector('output')?.textContent).toMatch(/\S/);
    act(() => void fireEvent.click(button('Dismiss')));
    expect(document.querySelector('.bar')).toBeNull();
  });
});

describe('fields', () => {
  test('show the file’s value, else the default, and reset by Undo', async () => {
    const { store } = open('daemon/advanced', snapshot({ config: configFile({ mtu: 1450 }) }));
    const mtu = screen.getByLabelText<HTMLInputElement>('MTU');
    expect(mtu.value).toBe('1450');
    expect(screen.getByLabelText<HTMLInputElement>('Downloads at a time').value).toBe('3');
    type(mtu, '1400');
    await click(button('Undo the change of MTU'));
    expect(store.getState().draft).toBeNull();
  });
  test('write nothing that is not valid, and say why', () => {
    const { store } = open('daemon/advanced', snapshot());
    const mtu = screen.getByLabelText<HTMLInputElement>('MTU');
    type(mtu, '12');
    expect(store.getState().draft).toBeNull();
    expect(mtu.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(mtu.getAttribute('aria-describedby') ?? '')?.textContent).toMatch(/whole number/);
    type(mtu, '1280');
    expect(store.getState().draft?.change).toMatchObject({ patch: [{ path: ['mtu'], set: 1280 }] });
  });
  test('emptied, give the option back to its default', () => {
    const { store } = open('daemon/advanced', snapshot({ config: configFile({ mtu: 1450 }) }));
    const mtu = screen.getByLabelText<HTMLInputElement>('MTU');
    type(mtu, '');
    act(() => void fireEvent.blur(mtu));
    expect(store.getState().draft?.change).toEqual({ kind: 'patch', patch: [{ path: ['mtu'], remove: true }] });
  });
  test('never write userland-proxy as true, which makes every reload fail', async () => {
    const { store } = open('daemon/advanced', snapshot({ config: configFile({ 'userland-proxy': false }) }));
    await click(screen.getByRole('switch', { name: 'Userland proxy' }));
    expect(store.getState().draft?.change).toEqual({
      kind: 'patch',
      patch: [{ path: ['userland-proxy'], remove: true }],
    });
  });
  test('are not for what a flag sets, and show its value and why', () => {
    open('daemon/advanced', snapshot({ target: target({ flags: ['--mtu', '1400', '--userland-proxy=false'] }) }));
    const mtu = screen.getByLabelText<HTMLInputElement>('MTU');
    expect(mtu.value).toBe('1400');
    expect(mtu.disabled).toBe(true);
    expect(screen.getByRole<HTMLInputElement>('switch', { name: 'Userland proxy' }).checked).toBe(false);
    expect(screen.getByText(/Set by the flag --mtu/)).toBeTruthy();
  });
  test('are locked together on a daemon that is only shown', () => {
    const access = { kind: 'read-only', reason: 'remote', detail: '' } as const;
    open('daemon/basic', snapshot({ target: target({ access }) }));
    expect(document.querySelector<HTMLFieldSetElement>('fieldset.fields')?.disabled).toBe(true);
    expect(document.querySelector('.note')).not.toBeNull();
  });
});

describe('lists', () => {
  const file = configFile({ 'registry-mirrors': ['https://one.example'] });
  const patch = (store: ReturnType<typeof open>['store']) => store.getState().draft?.change;
  test('add by Enter and by leaving the field, never an empty line, never twice', () => {
    const { store } = open('daemon/basic', snapshot({ config: file }));
    const mirror = screen.getByLabelText<HTMLInputElement>('Registry mirrors', { selector: 'input' });
    for (const [value, leave] of [
      ['https://two.example', 'Enter'],
      ['', 'Enter'],
      ['https://two.example', 'blur'],
    ] as const) {
      type(mirror, value);
      act(() => void (leave === 'blur' ? fireEvent.blur(mirror) : fireEvent.keyDown(mirror, { key: 'Enter' })));
    }
    const set = ['https://one.example', 'https://two.example'];
    expect(patch(store)).toEqual({ kind: 'patch', patch: [{ path: ['registry-mirrors'], set }] });
    expect(mirror.value).toBe('');
  });
  test('keep what is not valid in the field, with the reason', () => {
    const { store } = open('daemon/basic', snapshot({ config: file }));
    const mirror = screen.getByLabelText<HTMLInputElement>('Registry mirrors', { selector: 'input' });
    type(mirror, 'two.example');
    act(() => void fireEvent.blur(mirror));
    expect(store.getState().draft).toBeNull();
    expect(mirror.value).toBe('two.example');
    expect(mirror.getAttribute('aria-invalid')).toBe('true');
  });
  test('emptied, are written as empty where a missing key would stay in the daemon', async () => {
    const { store } = open('daemon/basic', snapshot({ config: file }));
    await click(button('Remove https://one.example'));
    expect(patch(store)).toEqual({ kind: 'patch', patch: [{ path: ['registry-mirrors'], set: [] }] });
  });
});

describe('status', () => {
  test('a daemon that is armed can be started, and nothing here does so by itself', async () => {
    const { fake } = open('status', snapshotIn('armed'));
    await rest();
    expect(fake.calls.map(({ name }) => name)).toEqual(['draft.open']);
    fake.answer('engine.plan', () => fail({ kind: 'engine.already-running' }));
    await click(button('Start daemon'));
    expect(fake.inputs('engine.plan')).toEqual(['start']);
  });
  test('a daemon that failed shows its own lines; over its file, that comes before another start', async () => {
    const { store } = open('status', snapshotIn('failed'));
    expect(screen.getByText(/live_restore/)).toBeTruthy();
    expect(button('Start daemon').className).toBe('button');
    expect(button('Edit in JSON').className).toBe('button primary');
    await click(button('Edit in JSON'));
    expect(store.getState().place).toBe('daemon/json');
    open('status', snapshotIn('failed', { engine: { state: 'failed', since: START, log: ['no space left'] } }));
    expect(screen.queryByRole('button', { name: 'Edit in JSON' })).toBeNull();
    expect(button('Start daemon').className).toBe('button primary');
  });
  test('while the file is read again, what a restart would do stands as it was, and is asked anew afterwards', async () => {
    const { fake } = open('status', snapshot(), { options: false });
    await rest();
    const keeps = () => screen.queryAllByText('Keeps running').length;
    expect(keeps()).toBe(4);
    act(() => fake.publish({ engine: snapshotIn('reloading').engine }));
    await rest();
    expect(keeps()).toBe(4);
    expect(fake.inputs('engine.plan')).toEqual(['restart']);
    act(() => fake.publish({ engine: snapshot().engine }));
    await rest();
    expect(fake.inputs('engine.plan')).toEqual(['restart', 'restart']);
  });
  test('a daemon that is only shown says so once', () => {
    const access = { kind: 'read-only', reason: 'remote', detail: '' } as const;
    open('status', snapshot({ target: target({ access }) }));
    expect(screen.getByText('This daemon can be looked at, but not changed.')).toBeTruthy();
    expect(screen.queryByText('This daemon is only shown.')).toBeNull();
    expect(button('Restart…').title).toBe('This daemon is only shown.');
  });
  test('facts that are not known are left out', () => {
    open('status', snapshotIn('stopped'));
    expect(screen.getByText('Endpoint')).toBeTruthy();
    expect(screen.queryByText('API version')).toBeNull();
    expect(screen.queryByText('not known')).toBeNull();
  });
  test('a release is told by its number, its package beside it', () => {
    const upgrade = (candidate: string): Upgrade => ({
      manager: 'apt',
      name: 'docker-ce',
      installed: null,
      candidate,
      held: null,
      byItself: [],
      running: '28.5.2',
      verdict: 'patch',
      containers: [],
      removed: [],
      problems: [],
      steps: [],
    });
    for (const [candidate, shown] of [
      ['5:28.5.3-1~debian.12~bookworm', '28.5.2 → 28.5.3'],
      ['5:29.0.0~rc.1-1~debian.12~bookworm', '28.5.2 → 29.0.0~rc.1'],
      ['5:28.5.2-2~debian.12~bookworm', '28.5.2 → 5:28.5.2-2~debian.12~bookworm'],
      ['28.5.3', '28.5.2 → 28.5.3'],
    ] as const) {
      open('status', snapshot({ upgrade: upgrade(candidate) }), { options: false });
      expect(screen.getByText(shown)).toBeTruthy();
      expect(screen.queryByText(`docker-ce ${candidate}`) !== null).toBe(!shown.includes(candidate));
    }
  });
  test('where there is none, a sandbox is one click away, or it is said what is missing', async () => {
    const { fake } = open('status', snapshotIn('absent'));
    fake.answer('sandbox.start', () => ok(null));
    await click(button('Start a sandbox daemon'));
    expect(fake.inputs('sandbox.start')).toEqual([null]);
    open(
      'status',
      snapshotIn('absent', { app: appFacts({ sandbox: { state: 'unavailable', missing: ['dockerd', 'runc'] } }) }),
    );
    expect(screen.getByText(/dockerd and runc/)).toBeTruthy();
  });
  test('verbs that cannot be done say why', () => {
    open('status', snapshotIn('hanging'));
    expect(button('Reload').disabled).toBe(true);
    expect(button('Reload').title).not.toBe('');
    expect(button('Restart…').disabled).toBe(false);
  });
});

describe('general', () => {
  test('the daemon cannot be changed under an open draft', async () => {
    const candidates = [
      { endpoint: 'unix:///var/run/docker.sock', source: 'default', context: null },
      { endpoint: 'unix:///run/user/1000/docker.sock', source: 'rootless', context: null },
    ] as const;
    const { fake, actions, does } = open('general', snapshot({ candidates }));
    fake.answer('target.choose', () => ok(null));
    const second = screen.getByRole<HTMLInputElement>('radio', { name: /1000/ });
    await click(second);
    expect(fake.inputs('target.choose')).toEqual(['unix:///run/user/1000/docker.sock']);
    await does(() => actions.edit(['mtu'], 1400));
    expect(document.querySelector<HTMLFieldSetElement>('fieldset.radios')?.disabled).toBe(true);
    expect(screen.getByText(/Apply or discard the open change first/)).toBeTruthy();
  });
  test('a daemon without another is shown with its state, and nothing to choose', () => {
    open('general', snapshot());
    expect(screen.queryByRole('radio')).toBeNull();
    const row = screen.getByText('The only daemon found on this computer.').closest('.row');
    expect(row?.textContent).toContain('unix:///');
    expect(row?.textContent).toContain('Running');
  });
  test('preferences go to main and are shown as main says', async () => {
    const { fake } = open('general', snapshot());
    fake.answer('preferences.set', () => ok(null));
    await click(screen.getByRole('switch', { name: 'Open at login' }));
    expect(fake.inputs('preferences.set')).toEqual([{ openAtLogin: true }]);
    expect(screen.getByRole<HTMLInputElement>('switch', { name: 'Open at login' }).checked).toBe(false);
  });
});

test('a version of the file that cannot be read says so', async () => {
  const { fake, store } = open('about', snapshot());
  const version = (letter: string, current: boolean) =>
    ({
      id: letter.repeat(64),
      at: START,
      by: { kind: 'us' },
      changes: [],
      first: !current,
      current,
      ran: null,
    }) as const;
  fake.answer('history.read', () => ok({ versions: [version('a', true), version('b', false)], entries: [] }));
  fake.answer('history.text', (id) =>
    id.startsWith('b') ? fail({ kind: 'internal', reference: '4F2A' }) : ok({ id, text: '{}' }),
  );
  await act(async () => store.setState({ place: 'history' }));
  await rest();
  await click(screen.getByRole('button', { name: /bbbb/ }));
  await rest();
  expect(document.querySelector('.version-compare .note')?.textContent).toContain('4F2A');
  expect(button('Put this version back…').disabled).toBe(true);
});

test('about names an unsupported runtime', async () => {
  const { fake } = open('about', snapshot({ app: appFacts({ unsupportedRuntime: true }) }));
  fake.answer('link.open', () => ok(null));
  expect(screen.getByText('unsupported development runtime')).toBeTruthy();
  await click(button(/Docker: live restore/));
  expect(fake.inputs('link.open')).toEqual(['docs.live-restore']);
});

describe('a way from a notification or the tray', () => {
  const scrolled = vi.spyOn(Element.prototype, 'scrollIntoView');
  beforeEach(() => scrolled.mockClear());

  test('leads to the part of Status that it is about, as soon as that is there, once', async () => {
    const { fake, actions } = open('general', snapshot(), { options: false });
    await act(async () => actions.navigate({ place: 'status', part: 'outcome', confirm: null }));
    expect(scrolled).not.toHaveBeenCalled();
    await act(async () => fake.publish({ lastOutcome: outcome({ result: 'rolled-back', problem: null }) }));
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Last action');
    expect(scrolled).toHaveBeenCalledTimes(1);
    await act(async () => fake.publish({ seenAt: 1 }));
    expect(scrolled).toHaveBeenCalledTimes(1);
  });

  test('is given up with the page', async () => {
    const { store, actions } = open('general', snapshot({ findings: [] }), { options: false });
    await act(async () => actions.navigate({ place: 'status', part: 'findings', confirm: null }));
    await act(async () => actions.show('about'));
    expect(store.getState().jump).toBeNull();
    // A way to somewhere else is another one.
    await act(async () => actions.show('status'));
    await act(async () => store.setState({ place: 'about', jump: { to: 'json', at: ['mtu'] } }));
    expect(store.getState().jump).toEqual({ to: 'json', at: ['mtu'] });
  });
});
