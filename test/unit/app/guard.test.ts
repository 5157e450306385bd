// What is let through: our page, and nobody else.
import { describe, expect, test } from 'vitest';
import { isOurs, mayNavigate, mayRequest } from '../../../electron/app/guard.ts';

describe('requests', () => {
  test.each([
    ['app://afloat/index.html', true],
    ['app://afloat.example.org/', false],
    ['app://other/', false],
    ['https://example.org/', false],
    ['http://127.0.0.1:2375/', false],
    ['file:///etc/passwd', false],
    ['ws://127.0.0.1/', false],
    ['blob:app://afloat/1', false],
    ['devtools://devtools/bundled/x.js', false],
  ])('%s in a package: %s', (address, allowed) => {
    expect(mayRequest(address, false)).toBe(allowed);
  });

  test('developer tools load only where there are developers', () => {
    expect(mayRequest('devtools://devtools/bundled/x.js', true)).toBe(true);
    expect(mayRequest('https://example.org/', true)).toBe(false);
  });
});

test.each([
  ['app://afloat/', true],
  ['app://afloat/index.html', false],
  ['app://afloat/assets/a.js', false],
  ['https://example.org/', false],
  ['about:blank', false],
])('going to %s: %s', (address, allowed) => {
  expect(mayNavigate(address)).toBe(allowed);
});

describe('senders', () => {
  const ours = { origin: 'app://afloat' };
  test('the main frame of our window, showing our page', () => {
    expect(isOurs(ours, ours)).toBe(true);
  });

  test('another frame is a stranger, even from our origin', () => {
    expect(isOurs({ origin: 'app://afloat' }, ours)).toBe(false);
  });

  test('our frame is a stranger when it shows something else', () => {
    const elsewhere = { origin: 'https://example.org' };
    expect(isOurs(elsewhere, elsewhere)).toBe(false);
  });

  test('a frame that is gone, or no window at all', () => {
    expect(isOurs(null, ours)).toBe(false);
    expect(isOurs(ours, null)).toBe(false);
    expect(isOurs(null, null)).toBe(false);
  });
});
