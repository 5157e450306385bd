// Which unit a daemon is, and that none is taken for it that only happens to stand above it.
import { expect, test } from 'vitest';
import { cgroupsIn, processView, type ProcessView } from '../../../electron/platform/processes.ts';
import { unitFrom, type SystemdUnit } from '../../../electron/platform/systemd.ts';
import { leads } from '../../../electron/platform/rootlesskit.ts';
import { isRunBy, unitAround, unitIn, unitOf } from '../../../electron/platform/unit-of.ts';

const own = processView(process.pid);
const someone = (pid: number, name: string, over: Partial<ProcessView> = {}): ProcessView => {
  if (own === null) throw new Error('no /proc');
  return { ...own, pid, name, executable: `/usr/bin/${name}`, arguments: [name], ...over };
};
const daemon = someone(40, 'dockerd');

test.each([
  ['the daemon itself', 40, [daemon, someone(1, 'systemd')], true],
  [
    'the rootlesskit around it, and its child that goes by the name of a link',
    20,
    [daemon, someone(30, 'exe', { executable: '/usr/bin/rootlesskit' }), someone(20, 'rootlesskit')],
    true,
  ],
  ['a supervisor', 20, [daemon, someone(20, 'supervisord')], false],
  ['what keeps services below it', 10, [daemon, someone(20, 'runsv'), someone(10, 'runsvdir')], false],
  ['ssh, from whose session it was started', 10, [daemon, someone(30, 'bash'), someone(10, 'sshd')], false],
  ['a runner of jobs', 10, [daemon, someone(30, 'sh'), someone(20, 'node'), someone(10, 'runsvc.sh')], false],
  ['the user’s manager', 10, [daemon, someone(20, 'rootlesskit'), someone(10, 'systemd')], false],
  ['a shell that runs rootlesskit', 10, [daemon, someone(20, 'rootlesskit'), someone(10, 'sh')], false],
  ['a process that is none of its own', 99, [daemon, someone(1, 'systemd')], false],
])('the main process is %s', (_what, mainPid, line, expected) => {
  expect(leads(mainPid, line)).toBe(expected);
});

/** As /proc shows it on version 1, where only some controllers follow a user's unit. */
const versionOne = `12:pids:/user.slice/user-1000.slice/user@1000.service
11:memory:/user.slice/user-1000.slice/user@1000.service
3:cpuset:/
1:name=systemd:/user.slice/user-1000.slice/user@1000.service/app.slice/docker.service
0::/user.slice/user-1000.slice/user@1000.service/app.slice/docker.service
`;

test.each([
  ['a user’s unit on version 1', versionOne, 1000, { unit: 'docker.service', user: true }],
  ['another user’s', versionOne, 0, null],
  ['the system’s', '0::/system.slice/docker.service\n', 0, { unit: 'docker.service', user: false }],
  ['a group that it made below', '0::/system.slice/docker.service/init\n', 0, { unit: 'docker.service', user: false }],
  ['a session', '0::/user.slice/user-0.slice/session-4.scope\n', 0, null],
  ['no unit', '4:pids:/system.slice/docker.service\n1:name=systemd:/\n', 0, null],
])('the group of %s', (_what, text, uid, unit) => {
  expect(unitIn(cgroupsIn(text), uid)).toEqual(unit);
});

test('a unit is the daemon’s only where its main process is', async () => {
  if (own === null) throw new Error('no /proc');
  const asked: SystemdUnit[] = [];
  const of = (mainPid: number) =>
    unitOf({ ...own, cgroups: ['/system.slice/runner.service'] }, (unit) => {
      asked.push(unit);
      return Promise.resolve(unitFrom(`LoadState=loaded\nActiveState=active\nMainPID=${mainPid}\n`));
    });
  expect(await of(own.pid)).toMatchObject({ unit: { unit: 'runner.service', user: false } });
  // Whoever runs these tests has this process to do, and more.
  expect(await of(own.parent)).toBeNull();
  expect(await of(0)).toBeNull();
  expect(asked).toHaveLength(3);
});

test('a daemon that a unit’s own script runs is named with that unit; one of somebody’s session is not', async () => {
  if (own === null) throw new Error('no /proc');
  const around = (mainPid: number) =>
    unitAround({ ...own, cgroups: ['/system.slice/wrapped.service'] }, () =>
      Promise.resolve(unitFrom(`LoadState=loaded\nActiveState=active\nMainPID=${mainPid}\n`)),
    );
  expect(await around(own.parent)).toBe('wrapped.service');
  // Not of a unit around it, but one itself.
  expect(await around(own.pid)).toBeNull();
  expect(await around(0)).toBeNull();
  expect(isRunBy([someone(30, 'sh'), someone(20, 'bash')])).toBe(true);
  expect(isRunBy([someone(30, 'bash'), someone(20, 'sshd')])).toBe(false);
});
