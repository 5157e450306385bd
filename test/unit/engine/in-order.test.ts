// Which of several looks at the same thing counts.
import { expect, test } from 'vitest';
import { inOrder } from '../../../electron/engine/in-order.ts';

test('looks that end as they began all count', () => {
  const look = inOrder();
  const [first, second] = [look(), look()];
  expect([first(), second()]).toEqual([true, true]);
});

test('one that ends after a later one does not count, and the next one does again', () => {
  const look = inOrder();
  const [first, second] = [look(), look()];
  expect([second(), first()]).toEqual([true, false]);
  expect(look()()).toBe(true);
});

test('one that never ends holds nothing up', () => {
  const look = inOrder();
  look();
  expect([look()(), look()()]).toEqual([true, true]);
});
