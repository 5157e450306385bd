// A version never looks like a release on a runtime that is never shipped.
import { expect, test } from 'vitest';
import { versionOn } from '../../../electron/contract/version.ts';

test.each([
  ['45.4.1', '0.1.0'],
  ['33.2.1', '0.1.0~dev'],
  [undefined, '0.1.0'],
])('on Electron %s it is %s', (running, called) => {
  expect(versionOn(running, { version: '0.1.0', pinnedElectron: '45.4.1' })).toBe(called);
});
