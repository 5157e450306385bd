// One problem of each kind, so that nothing that speaks of problems forgets one.
import type { FindingKind, Finding } from '@contract/plan.ts';
import type { Problem } from '@contract/problem.ts';

const path = '/etc/docker/daemon.json';
const endpoint = 'unix:///var/run/docker.sock';
const lines = ['level=error msg="something the daemon said"'];

const byKind: { readonly [K in Problem['kind']]: Extract<Problem, { readonly kind: K }> } = {
  'engine.absent': { kind: 'engine.absent', endpoint },
  'engine.denied': { kind: 'engine.denied', endpoint },
  'engine.hanging': { kind: 'engine.hanging', endpoint, waitedMs: 5000 },
  'engine.unreachable': { kind: 'engine.unreachable', endpoint, cause: 'ECONNREFUSED' },
  'engine.not-running': { kind: 'engine.not-running' },
  'engine.already-running': { kind: 'engine.already-running' },
  'engine.busy': { kind: 'engine.busy', verb: 'restart' },
  'engine.unsupported': { kind: 'engine.unsupported', apiVersion: '1.30', minimum: '1.41' },
  'endpoint.invalid': { kind: 'endpoint.invalid', endpoint: 'nowhere' },
  'context.unknown': { kind: 'context.unknown', name: 'lab', path: '/home/mira/.docker' },
  'target.read-only': { kind: 'target.read-only', reason: 'remote', detail: 'tcp://10.0.0.1' },
  'target.changed': { kind: 'target.changed' },
  'target.held': { kind: 'target.held' },
  'config.unreadable': { kind: 'config.unreadable', path, cause: 'io' },
  'config.invalid': { kind: 'config.invalid', path, fault: 'syntax', place: { line: 4, column: 12 }, detail: '}' },
  'config.changed': { kind: 'config.changed', path },
  'config.overwritten': { kind: 'config.overwritten', path },
  'config.not-writable': { kind: 'config.not-writable', path, block: 'immutable' },
  'config.no-space': { kind: 'config.no-space', path },
  'config.write-failed': { kind: 'config.write-failed', path, cause: 'EIO' },
  'config.faulty': {
    kind: 'config.faulty',
    path,
    findings: [
      {
        severity: 'error',
        path: ['live_restore'],
        place: { line: 2, column: 3 },
        about: { kind: 'unknown-key', key: 'live_restore', suggestion: 'live-restore' },
      },
    ],
  },
  'config.rejected': { kind: 'config.rejected', path, lines },
  'change.empty-path': { kind: 'change.empty-path' },
  'change.conflicts-with-flag': {
    kind: 'change.conflicts-with-flag',
    key: 'hosts',
    flag: '--host',
    where: 'docker.service',
  },
  'live-restore.swarm': { kind: 'live-restore.swarm' },
  'live-restore.windows': { kind: 'live-restore.windows' },
  'live-restore.flag': { kind: 'live-restore.flag', where: 'docker.service' },
  'containers.endangered': { kind: 'containers.endangered', verdicts: ['stops'], names: ['web', 'db'] },
  'risk.not-accepted': { kind: 'risk.not-accepted', risks: ['locks-out-clients'], keys: ['hosts'] },
  'lock.held': { kind: 'lock.held', pid: 4711 },
  'journal.pending': { kind: 'journal.pending', path },
  'journal.stale': { kind: 'journal.stale', path },
  'reload.not-taken': { kind: 'reload.not-taken', lines, partly: false },
  'reload.killed-daemon': { kind: 'reload.killed-daemon', lines },
  'daemon.not-up': { kind: 'daemon.not-up', lines, waitedMs: 12_000 },
  'orphan.changed': { kind: 'orphan.changed', pid: 4242 },
  'orphan.still-runs': { kind: 'orphan.still-runs', pid: 4242 },
  'daemon.still-up': { kind: 'daemon.still-up' },
  'daemon.comes-back': { kind: 'daemon.comes-back', pid: 812 },
  'containers.worse': { kind: 'containers.worse', names: ['web'] },
  'service.refused': {
    kind: 'service.refused',
    manager: 'systemd',
    detail: 'failed',
    command: 'systemctl restart docker',
  },
  'service.supervised': { kind: 'service.supervised', by: 'runsv', command: null },
  'service.unavailable': { kind: 'service.unavailable', manager: 'systemd', command: null },
  'authorization.dismissed': { kind: 'authorization.dismissed' },
  'authorization.denied': { kind: 'authorization.denied' },
  'authorization.no-agent': { kind: 'authorization.no-agent', command: 'sudo systemctl restart docker.service' },
  'authorization.lost': { kind: 'authorization.lost', detail: 'SIGKILL' },
  'authorization.insufficient': { kind: 'authorization.insufficient', keys: ['runtimes'] },
  'sandbox.missing': { kind: 'sandbox.missing', what: ['dockerd'] },
  'sandbox.failed': { kind: 'sandbox.failed', lines },
  usage: { kind: 'usage', detail: '--host, --context' },
  internal: { kind: 'internal', reference: '4F2A' },
};

export const everyProblem: readonly Problem[] = Object.values(byKind);

const aboutByKind: { readonly [K in FindingKind['kind']]: Extract<FindingKind, { readonly kind: K }> } = {
  'unknown-key': { kind: 'unknown-key', key: 'live_restore', suggestion: 'live-restore' },
  'singular-key': { kind: 'singular-key', key: 'label', suggestion: 'labels' },
  'unknown-on-version': { kind: 'unknown-on-version', key: 'bip6', version: '26.1.5' },
  'ignored-key': { kind: 'ignored-key', key: 'deprecated-key-path' },
  'wrapped-key': { kind: 'wrapped-key', key: 'daemon', inside: ['live-restore'] },
  'duplicate-key': { kind: 'duplicate-key', key: 'debug' },
  'wrong-type': { kind: 'wrong-type', key: 'mtu', expected: 'integer', found: 'string' },
  'conflicts-with-flag': { kind: 'conflicts-with-flag', key: 'hosts', flag: '--host', where: 'docker.service' },
  'live-restore-with-swarm': { kind: 'live-restore-with-swarm' },
  'userland-proxy-true-blocks-reload': { kind: 'userland-proxy-true-blocks-reload' },
  'bridge-with-bip': { kind: 'bridge-with-bip' },
  'validate-key': { kind: 'validate-key' },
  'memory-differs': { kind: 'memory-differs', key: 'debug', file: true, running: false },
  'validate-refused': { kind: 'validate-refused', lines },
  'not-checked': { kind: 'not-checked', why: 'no-permission' },
  'text-fault': { kind: 'text-fault', problem: byKind['config.invalid'] },
  'crash-would-stop': { kind: 'crash-would-stop', containers: 3 },
  'wish-not-followed': { kind: 'wish-not-followed', wish: 'nope' },
  'bad-value': { kind: 'bad-value', key: 'bip', value: '10.20.0.0/16', why: 'network-address', hurts: 'start' },
  'not-on-machine': { kind: 'not-on-machine', key: 'group', value: 'nope', why: 'no-group', hurts: 'start' },
  clash: { kind: 'clash', key: 'icc', other: 'iptables', why: 'needs-other', hurts: 'start' },
  overlap: {
    kind: 'overlap',
    key: 'bip',
    range: '10.66.0.1/16',
    with: 'interface',
    name: 'tun0',
    other: '10.66.0.2/16',
    hurts: 'nothing',
  },
};

/** One finding of each kind; those about a key stand somewhere. */
export const everyFinding: readonly Finding[] = Object.values(aboutByKind).map((about, i) => ({
  severity: i % 2 === 0 ? 'error' : 'warning',
  path: 'key' in about ? [about.key] : [],
  place: 'key' in about ? { line: i + 1, column: 3 } : null,
  about,
}));
