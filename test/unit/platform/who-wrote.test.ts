// Who wrote a file: the package that the log of dpkg names at that time.
import { expect, test } from 'vitest';
import { packageAt } from '../../../electron/platform/who-wrote.ts';

const log = `2026-11-24 06:12:01 startup packages configure
2026-11-24 06:12:03 configure nvidia-container-toolkit:amd64 1.17.0-1 <none>
2026-11-24 06:12:03 status half-configured nvidia-container-toolkit:amd64 1.17.0-1
2026-11-24 06:12:05 status installed nvidia-container-toolkit:amd64 1.17.0-1
2026-11-24 06:12:40 status installed man-db:amd64 2.11.2-2
`;

test('the one that was being configured, nearest in time', () => {
  expect(packageAt(log, Date.parse('2026-11-24T06:12:04'))).toBe('nvidia-container-toolkit');
  expect(packageAt(log, Date.parse('2026-11-24T06:12:38'))).toBe('man-db');
});

test('nobody, where none was', () => {
  expect(packageAt(log, Date.parse('2026-11-24T07:00:00'))).toBeNull();
  expect(packageAt('', 0)).toBeNull();
});
