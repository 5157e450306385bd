// Presets in the window: shown as a difference first, taken into the draft as one step, said why where not.
import { fireEvent } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ok } from '@contract/problem.ts';
import { configFile, planned, snapshot } from '../../fakes/snapshot.ts';
import { act, faultsIn, open, screen } from './render.tsx';

const click = (name: RegExp | string) => act(async () => void fireEvent.click(screen.getByRole('button', { name })));
const rotation = [{ path: ['log-opts', 'max-size'], set: '10m' }] as const;

async function opened() {
  const made = open('daemon/advanced', snapshot({ config: configFile({ mtu: 1500 }, { etag: 'one' }) }));
  made.fake.answer('presets.list', () =>
    ok([
      { name: 'log-rotation', patch: rotation },
      { name: 'system-proxy', lack: 'no-proxy-here' },
    ]),
  );
  made.fake.answer('config.plan', (change) => {
    const after = JSON.stringify(change).includes('log-opts') ? '{"log-opts": 1}\n' : '{}\n';
    return ok(planned({ etag: 'one', text: { before: '{}\n', after } }));
  });
  await made.does(() => made.actions.show('daemon/basic'));
  return made;
}

test('a preset is shown before it joins the draft, beside what is there already, and is one step back', async () => {
  const { store, fake, actions, does } = await opened();
  await does(() => actions.edit(['mtu'], 1400));
  await click('Look at Log rotation');
  expect(screen.getByText('{"log-opts": 1}')).toBeTruthy();
  expect(store.getState().draft?.change).toEqual({ kind: 'patch', patch: [{ path: ['mtu'], set: 1400 }] });
  expect(fake.inputs('config.plan')).toContainEqual({
    kind: 'patch',
    patch: [{ path: ['mtu'], set: 1400 }, ...rotation],
  });
  expect(await faultsIn(document.body)).toEqual([]);
  await click('Add to the draft');
  expect(store.getState().draft?.change).toEqual({ kind: 'patch', patch: [{ path: ['mtu'], set: 1400 }, ...rotation] });
  await does(() => actions.stepBack());
  expect(store.getState().draft?.change).toEqual({ kind: 'patch', patch: [{ path: ['mtu'], set: 1400 }] });
});

test('one that is not for here says why', async () => {
  await opened();
  expect(screen.getByText('No proxy is named in http_proxy or https_proxy.')).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Look at Proxy of this system' }).disabled).toBe(true);
});

test('a patch file that is none is told and changes nothing', async () => {
  const { fake, store } = await opened();
  const problem = { kind: 'patch-file.invalid', path: '/p.json', fault: 'format', where: 'format' } as const;
  fake.answer('patch.import', () => ({ ok: false, problem }));
  await click('Choose a file…');
  expect(screen.getByText('/p.json is no patch file.')).toBeTruthy();
  expect(store.getState().draft).toBeNull();
});
