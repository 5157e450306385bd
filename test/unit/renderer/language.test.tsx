// The page speaks the language that main names, changes it while it is open, and lets each notice be switched off.
import { afterEach, expect, test } from 'vitest';
import { followLanguage } from '../../../renderer/language.ts';
import { appFacts, snapshot } from '../../fakes/snapshot.ts';
import { act, faultsIn, open, screen } from './render.tsx';
import { ok } from '@contract/problem.ts';

afterEach(() => document.documentElement.removeAttribute('lang'));

test('another language comes when main names it, and goes again', async () => {
  const { store, fake, container } = open('general', snapshot());
  const root = document.documentElement;
  const stop = followLanguage(store, root);
  expect(root.lang).toBe('en');
  const spoken = (name: string): Promise<void> =>
    act(async () => {
      while (screen.queryByRole('heading', { name, level: 1 }) === null) await new Promise((r) => setTimeout(r, 5));
    });
  act(() => fake.publish({ app: appFacts({ language: 'ja' }) }));
  await spoken('一般');
  expect(root.lang).toBe('ja');
  expect(await faultsIn(container)).toEqual([]);
  // Changed back before the sentences could come: the last one counts.
  act(() => fake.publish({ app: appFacts({ language: 'en' }) }));
  act(() => fake.publish({ app: appFacts({ language: 'ja' }) }));
  act(() => fake.publish({ app: appFacts({ language: 'en' }) }));
  await spoken('General');
  expect(root.lang).toBe('en');
  stop();
});

test('each kind of notice has its switch, and none of them works while all are off', async () => {
  const { does, fake } = open('general', snapshot());
  fake.answer('preferences.set', () => ok(null));
  const kind = (): HTMLInputElement => screen.getByRole('switch', { name: 'The daemon is back' });
  await does(() => kind().click());
  expect(fake.calls.at(-1)).toEqual({ name: 'preferences.set', input: { mutedNotices: ['back'] } });
  act(() => fake.publish({ preferences: { ...snapshot().preferences, mutedNotices: ['back', 'down'] } }));
  expect(kind().checked).toBe(false);
  await does(() => kind().click());
  expect(fake.calls.at(-1)).toEqual({ name: 'preferences.set', input: { mutedNotices: ['down'] } });
  act(() => fake.publish({ preferences: { ...snapshot().preferences, notifications: false } }));
  expect([kind().disabled, kind().checked]).toEqual([true, false]);
});
