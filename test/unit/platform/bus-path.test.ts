// Where the bus has a unit, as systemd itself writes it (`systemd-escape` has another form).
import { expect, test } from 'vitest';
import { busPathOf } from '../../../electron/platform/systemd.ts';

test.each([
  ['docker.service', 'docker_2eservice'],
  ['docker-dev@a_b.service', 'docker_2ddev_40a_5fb_2eservice'],
  ['2docker.service', '_32docker_2eservice'],
])('of %s', (unit, path) => {
  expect(busPathOf(unit)).toBe(`/org/freedesktop/systemd1/unit/${path}`);
});
