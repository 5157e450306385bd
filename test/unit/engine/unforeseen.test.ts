// What tests of roll-backs apply has to reach the daemon: whoever teaches a check about it finds another one for them.
import { expect, test } from 'vitest';
import { checkConfig } from '../../../electron/engine/check.ts';
import { machine } from '../../fakes/machine.ts';
import { unforeseen } from '../../fakes/unforeseen.ts';

test.each(['20.10.24', '26.1.5', '28.5.2'])('no check of %s finds what a start ends at', (version) => {
  const text = JSON.stringify({ 'live-restore': true, ...unforeseen });
  const values = { 'live-restore': true, ...unforeseen };
  const found = checkConfig({ text, values, version, flags: [], flagSource: '', facts: null, machine: machine() });
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
});
