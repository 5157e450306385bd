// Docker's rule for upgrades with running containers, on versions as dpkg writes them, and the way that loses nobody.
import { describe, expect, test } from 'vitest';
import type { PackageFacts } from '../../../electron/contract/upgrade.ts';
import type { ContainerDetails } from '../../../electron/contract/snapshot.ts';
import { upgradeOf, upgradeVerdict, type UpgradeAsked } from '../../../electron/engine/upgrade.ts';
import { container, verdict } from '../../fakes/snapshot.ts';

const emptyDetails: ContainerDetails = {
  networkMode: 'bridge',
  networks: [],
  dns: [],
  wantedPorts: [],
  mounts: [],
  restartCount: 0,
  tty: false,
  logDriver: 'json-file',
  runtime: 'runc',
  devices: 'none',
};
const packages = (over: Partial<PackageFacts> = {}): PackageFacts => ({
  manager: 'apt',
  name: 'docker-ce',
  installed: '5:28.5.1-1~debian.12~bookworm',
  candidate: '5:28.5.2-1~debian.12~bookworm',
  held: false,
  byItself: [],
  ...over,
});

describe('the verdict by Docker’s rule', () => {
  test.each([
    ['28.5.1', '5:28.5.1-1~debian.12~bookworm', '5:28.5.2-1~debian.12~bookworm', 'patch'],
    ['28.5.2', '5:28.5.2-1~debian.12~bookworm', '5:28.5.2-1~debian.12~bookworm', 'none'],
    // Built anew.
    ['20.10.24+dfsg1', '20.10.24+dfsg1-1+deb12u1', '20.10.24+dfsg1-1+deb12u1+b6', 'patch'],
    ['26.1.5+dfsg1', '26.1.5+dfsg1-9', '28.5.2+dfsg1-1', 'skips'],
    ['20.10.24+dfsg1', '20.10.24+dfsg1-1', '23.0.6-1', 'unsupported'],
    ['20.10.24+dfsg1', '20.10.24+dfsg1-1', '26.1.5+dfsg1-9', 'skips'],
    ['26.0.2', '26.0.2-1', '26.1.0-1', 'unsupported'],
    ['27.5.1', '27.5.1-1', '28.0.0-1', 'unsupported'],
    ['27.4.1', '27.4.1-1', '28.0.0-1', 'skips'],
    ['28.5.2', '28.5.2-1', '29.0.1-1', 'unsupported'],
    ['28.5.2', '28.5.2-1', '29.1.0-1', 'skips'],
    ['29.1.0', '29.1.0-1', '29.2.0-1', 'unsupported'],
    ['29.1.0', '29.1.0-1', '29.3.0-1', 'skips'],
    ['29.4.0', '29.4.0-1', '31.0.0-1', 'skips'],
    ['28.5.2', '28.5.2-1', '28.5.1-1', 'downgrade'],
    ['28.5.2', '28.5.2-1', '26.1.5+dfsg1-9', 'downgrade'],
    // Replaced under the daemon that still runs.
    ['28.4.0', '5:28.5.2-1', '5:28.5.2-1', 'unsupported'],
    // Down: the package counts.
    [null, '28.5.1-1', '28.5.2-1', 'patch'],
    ['28.5.2', '28.5.2-1', '5:29.0.0~rc1-1', 'unknown'],
    ['28.5.2', '28.5.2-1', null, 'unknown'],
    ['dev', '28.5.2-1', '28.5.2-1', 'unknown'],
  ] as const)('%s of %s, candidate %s: %s', (running, installed, candidate, expected) => {
    expect(upgradeVerdict(packages({ installed, candidate }), running)).toBe(expected);
  });
});

describe('the way', () => {
  const db = container('db', { startedAt: '2026-11-20T08:00:00.1Z' });
  const web = container('web', { startedAt: '2026-11-20T08:00:02.123456789Z' });
  const job = container('job', { startedAt: '2026-11-20T08:00:01Z', autoRemove: true });
  const ended = container('ended', { state: 'exited', pid: 0 });
  const asked = (over: Partial<UpgradeAsked> = {}): UpgradeAsked => ({
    packages: packages(),
    running: '28.5.1',
    containers: [web, ended, job, db],
    restart: [verdict('db'), verdict('job'), verdict('web')],
    liveRestore: true,
    cgroupDriver: 'cgroupfs',
    endpoint: 'unix:///var/run/docker.sock',
    restartByHand: 'sudo systemctl restart docker.service',
    ...over,
  });
  const commands = (over: Partial<UpgradeAsked>) => upgradeOf(asked(over)).steps.map(({ command }) => command);
  const away = { running: '26.1.5', packages: packages({ installed: '26.1.5-1', held: true }) };

  test('a patch release that everybody outlives is just installed', () => {
    const { containers, removed, steps } = upgradeOf(asked());
    expect(containers.map((one) => one.verdict)).toEqual(['keeps-running', 'keeps-running', 'keeps-running']);
    expect(removed).toEqual([]);
    expect(steps).toEqual([{ kind: 'upgrade', command: 'sudo apt-get install --only-upgrade docker-ce' }]);
  });

  test('one that stops somebody is not, though it is supported', () => {
    const found = upgradeOf(asked({ restart: [verdict('db', 'stops'), verdict('job'), verdict('web')] }));
    expect(found.verdict).toBe('patch');
    expect(found.steps.map(({ kind }) => kind)).toEqual(['record', 'stop', 'upgrade', 'start']);
  });

  test('where it is not supported, the same set is stopped and started in order', () => {
    const found = upgradeOf(asked(away));
    expect(found.containers.map((one) => [one.name, one.verdict])).toEqual([
      ['db', 'may-be-lost'],
      ['job', 'may-be-lost'],
      ['web', 'may-be-lost'],
    ]);
    expect(found.removed).toEqual(['job']);
    expect(found.steps.map(({ command }) => command)).toEqual([
      String.raw`printf '%s\n' db web > running-set.txt`,
      'docker stop web job db',
      'sudo apt-get install --only-upgrade --allow-change-held-packages docker-ce',
      'docker start db web',
    ]);
  });

  test('another daemon is named in each command; nobody running needs no stop', () => {
    const endpoint = 'unix:///run/user/1000/docker.sock';
    expect(commands({ ...away, endpoint })[1]).toBe('docker -H unix:///run/user/1000/docker.sock stop web job db');
    expect(commands({ ...away, containers: [ended] })).toHaveLength(1);
  });

  test('no steps without a candidate, nor for a package manager whose commands are not known', () => {
    expect(commands({ packages: packages({ candidate: null }) })).toEqual([]);
    expect(commands({ ...away, packages: packages({ installed: '26.1.5', manager: null }) })).toEqual([]);
  });

  test('what is installed already only waits for a restart', () => {
    const replaced = packages({ installed: '28.5.2-1', candidate: '28.5.2-1' });
    expect(upgradeOf(asked({ packages: replaced })).steps).toEqual([
      { kind: 'restart', command: 'sudo systemctl restart docker.service' },
    ]);
  });

  test('a patch release that crashes on who runs is none to be just installed', () => {
    const details = { ...emptyDetails, mounts: ['/data'] };
    const found = upgradeOf(
      asked({
        running: '24.0.2',
        packages: packages({ installed: '24.0.2-1', candidate: '24.0.3-1' }),
        containers: [container('db', { details })],
        restart: [verdict('db')],
      }),
    );
    expect(found.verdict).toBe('patch');
    expect(found.problems).toMatchObject([{ id: 'start-panics', names: ['db'] }, { id: 'volumes-unmounted' }]);
    expect(found.steps.map(({ kind }) => kind)).toEqual(['record', 'stop', 'upgrade', 'start']);
  });

  test('an upgrade makes systemd read its units again, which can take GPUs away', () => {
    const gpu = container('gpu', { details: { ...emptyDetails, devices: 'gpu' } });
    const containers = [gpu, web];
    const restart = [verdict('gpu'), verdict('web')];
    const of = (cgroupDriver: string) =>
      upgradeOf(asked({ containers, restart, cgroupDriver })).containers.map((one) => [one.name, one.verdict]);
    expect(of('systemd')).toEqual([
      ['gpu', 'interrupted'],
      ['web', 'keeps-running'],
    ]);
    expect(of('cgroupfs')).toEqual([
      ['gpu', 'keeps-running'],
      ['web', 'keeps-running'],
    ]);
  });

  test('dnf and snap have words of their own', () => {
    const of = (over: Partial<PackageFacts>) => commands({ packages: packages({ installed: '28.5.1-1', ...over }) });
    expect(of({ manager: 'dnf' })).toEqual(['sudo dnf upgrade docker-ce']);
    expect(of({ manager: 'dnf', held: true })).toEqual([
      'sudo dnf versionlock delete docker-ce && sudo dnf upgrade docker-ce',
    ]);
    expect(of({ manager: 'dnf', candidate: '28.4.0-1' })).toContain('sudo dnf downgrade docker-ce');
    expect(of({ manager: 'snap', name: 'docker', held: true })).toEqual(['sudo snap refresh docker']);
    expect(of({ manager: 'snap', name: 'docker', candidate: '28.4.0' })).toEqual([]);
  });

  test('a downgrade says so to apt', () => {
    const older = packages({ installed: '28.5.1-1', candidate: '26.1.5-1' });
    expect(commands({ packages: older })).toContain('sudo apt-get install --only-upgrade --allow-downgrades docker-ce');
  });
});
