// Runs one scenario on one version for real: the crew, what is known, the act by the plan's own effect, and the truth after.
import { readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import type { Json, JsonObject } from '../../electron/contract/json.ts';
import type { Effect } from '../../electron/contract/plan.ts';
import { processView } from '../../electron/platform/processes.ts';
import type { EnginePrograms } from '../../electron/platform/find-engine.ts';
import { seed } from '../../electron/platform/sandbox-seed.ts';
import { openLooseDaemon, pause, type LooseDaemon } from './loose-daemon.ts';
import { crew, hostPort, startCrew } from './survival-crew.ts';
import { openProber, type Prober } from './prober.ts';
import { withoutChance } from './survival-file.ts';
import { effectOf } from './survival-verdict.ts';
import { executes, healthRan, keepFetching, logGap, shimsOf } from './survival-probes.ts';
import { only, type Fate, type Known, type RunRecord } from './survival-record.ts';
import type { Scenario, Version } from './survival-scenarios.ts';

export type Programs = (version: Version) => EnginePrograms;

export async function runScenario(scenario: Scenario, version: Version, programs: Programs): Promise<RunRecord> {
  const daemon = await openLooseDaemon();
  const probers: Probers = { outside: openProber(daemon.insidePid), inside: new Map() };
  try {
    return withoutChance(await carryOut(scenario, version, programs, daemon, probers));
  } finally {
    for (const prober of [probers.outside, ...probers.inside.values()]) prober.close();
    await daemon.dispose();
  }
}

type Member = {
  readonly name: string;
  readonly id: string;
  readonly pid: number;
  readonly ticks: string;
  readonly inspected: JsonObject;
};
/** In the daemon's network, and in those of some containers by name. */
type Probers = { readonly outside: Prober; inside: ReadonlyMap<string, Prober> };
type Works = { port: boolean | null; loopback: boolean | null; names: boolean | null; health: boolean | null };

async function carryOut(
  scenario: Scenario,
  version: Version,
  programs: Programs,
  daemon: LooseDaemon,
  probers: Probers,
): Promise<RunRecord> {
  const own = programs(version);
  const next = programs(scenario.upgrade ?? version);
  const flags = scenario.flags ?? [];
  const write = (values: JsonObject): void =>
    writeFileSync(daemon.configPath, textOf(values, daemon, scenario.externalContainerd));
  const isExternal = scenario.externalContainerd === true;
  const external = isExternal ? { containerd: await daemon.startContainerd(own) } : {};
  const first =
    isExternal && scenario.act === 'restart' && scenario.edits === undefined
      ? { ...scenario.config, ...external }
      : scenario.config;
  write(first);
  if (!(await daemon.start(own, flags))) throw new Error(`did not start: ${daemon.logTail().join(' | ')}`);
  await seed(daemon.socketPath, own.busybox, []);
  await startCrew(daemon);
  const ids = crew.map(({ name }) => name);
  for (const { to, reload } of scenario.edits ?? []) {
    write(to);
    if (!reload) continue;
    daemon.signal('SIGHUP');
    await pause(400);
  }
  const members = await Promise.all(ids.map((name) => look(daemon, name)));
  probers.inside = new Map(
    members.filter(({ name }) => name === 'net-a' || name === 'net-b').map(({ name, pid }) => [name, openProber(pid)]),
  );
  const before = await Promise.all(members.map((member) => works(probers, member)));
  const info = JSON.parse(await daemon.api('GET', '/info')) as JsonObject;
  const known = (up: boolean): Known => ({
    info: only(info, infoKeys),
    inspected: members.map(({ inspected }) => inspected),
    shims: shimsOf(members.map(({ id }) => id)).map(({ id, arguments: args, cgroup }) => ({
      id,
      arguments: args.map(folded),
      cgroup: folded(cgroup),
    })),
    flags: [...daemon.flags, ...flags].map(folded),
    text: folded(readFileSync(daemon.configPath, 'utf8')),
    up,
  });
  const folded = (text: string): string => text.replaceAll(daemon.folder, 'FOLDER');
  const web = members.find(({ name }) => name === 'web');
  const webPort = web ? portOf(web) : null;
  const gateway = web ? gatewayOf(web) : '';
  const stopFetching = webPort !== null && gateway !== '' ? keepFetching(probers.outside, gateway, webPort) : null;

  let told = known(true);
  let effect: Effect = effectOf(scenario, told);
  let stopMs = 0;
  let startMs = 0;
  let up = true;
  let down: readonly Works[] = members.map(() => nothing);
  const act = scenario.act;
  if (act === 'apply') write(scenario.to ?? {});
  if (act === 'reload' || effect === 'reload' || effect === 'reload-then-restart') {
    daemon.signal('SIGHUP');
    await pause(500);
  }
  const goesDown = act !== 'reload' && (act !== 'apply' || effect === 'restart' || effect === 'reload-then-restart');
  if (goesDown) {
    const stopped = performance.now();
    daemon.signal(act === 'crash-start' ? 'SIGKILL' : 'SIGTERM');
    await daemon.gone();
    stopMs = Math.round(performance.now() - stopped);
    down = await Promise.all(members.map((member, index) => worksWhileDown(probers, member, before[index] ?? nothing)));
    await pause(scenario.downMs ?? 0);
    if (scenario.whileDown) write(scenario.whileDown);
    if (act === 'stop-start' || act === 'crash-start') {
      told = known(false);
      effect = effectOf(scenario, told);
    }
    up = false;
    if (act !== 'stop') {
      if (scenario.brokenFirst !== undefined) {
        const right = readFileSync(daemon.configPath, 'utf8');
        writeFileSync(daemon.configPath, scenario.brokenFirst);
        if (await daemon.start(next, flags)) throw new Error('started with a broken file');
        writeFileSync(daemon.configPath, right);
      }
      const started = performance.now();
      up = await daemon.start(next, flags);
      startMs = Math.round(performance.now() - started);
    }
  }
  if (up) await pause(300);
  const outside = stopFetching ? await stopFetching() : null;
  const version_ = (text: string): string => (JSON.parse(text) as { Version: string }).Version;
  const after = up ? version_(await daemon.api('GET', '/version')) : '';
  const seen = await Promise.all(
    members.map((member, index) =>
      fateOf(daemon, probers, member, {
        up,
        before: before[index] ?? nothing,
        down: down[index] ?? nothing,
        wentDown: goesDown,
      }),
    ),
  );
  const log = up ? [] : daemon.logTail();
  const unknown =
    act !== 'stop' &&
    seen.some((fate) => fate.alive && !(fate.samePid && (fate.said === 'running' || fate.said === 'paused')));
  let reverted: readonly Fate['reverted'][] = seen.map(() => null);
  if (unknown) {
    if (up) {
      // Live restore stays on over this stop, so that what lives goes on living.
      daemon.signal('SIGTERM');
      await daemon.gone();
    }
    write({ ...first, 'live-restore': true });
    const back = await daemon.start(
      programs(version),
      flags.filter((flag) => flag !== '--live-restore'),
    );
    reverted = back ? await Promise.all(members.map((member) => stateAfter(daemon, member))) : reverted;
  }
  return {
    scenario: scenario.id,
    version,
    dockerd: { before: typeof info['ServerVersion'] === 'string' ? info['ServerVersion'] : '', after },
    measuredAt: new Date().toISOString(),
    kernel: release().split('-')[0] ?? '',
    known: told,
    effect,
    daemon: { up, log, stopMs, startMs },
    fates: seen.map((fate, index) => ({
      ...fate,
      outside: fate.name === 'web' && goesDown ? outside : null,
      reverted: reverted[index] ?? null,
    })),
  };
}

const nothing: Works = { port: null, loopback: null, names: null, health: null };
const infoKeys = [
  'ServerVersion',
  'LiveRestoreEnabled',
  'DockerRootDir',
  'Driver',
  'DriverStatus',
  'SecurityOptions',
  'Swarm',
  'OSType',
  'CgroupDriver',
  'CgroupVersion',
  'Containerd',
  'Debug',
];

function textOf(values: JsonObject, daemon: LooseDaemon, _external?: boolean): string {
  const text = JSON.stringify({ ...daemon.base, ...values }, null, 2);
  return `${text.replaceAll('FOLDER', daemon.folder)}\n`;
}

async function look(daemon: LooseDaemon, name: string): Promise<Member> {
  const all = JSON.parse(await daemon.api('GET', `/containers/${name}/json`)) as JsonObject;
  const part = (key: string): JsonObject => all[key] as JsonObject;
  const networks = Object.fromEntries(
    Object.entries(part('NetworkSettings')['Networks'] as JsonObject).map(([network, value]) => [
      network,
      only(value as JsonObject, ['NetworkID', 'IPAddress', 'Gateway']),
    ]),
  );
  const inspected = {
    ...only(all, ['Id', 'Name', 'RestartCount', 'ResolvConfPath', 'Driver']),
    ResolvConfPath: undefined as unknown as Json,
    State: only(part('State'), ['Status', 'Pid', 'StartedAt', 'Health']),
    Config: only(part('Config'), ['Tty', 'Healthcheck', 'Image']),
    HostConfig: only(part('HostConfig'), [
      'NetworkMode',
      'RestartPolicy',
      'AutoRemove',
      'LogConfig',
      'Runtime',
      'Devices',
      'DeviceRequests',
      'Dns',
    ]),
    NetworkSettings: { Ports: part('NetworkSettings')['Ports'] ?? {}, Networks: networks },
  } as JsonObject;
  const health = (inspected['State'] as { Health?: { Status?: Json } }).Health;
  if (health) (inspected['State'] as Record<string, Json>)['Health'] = { Status: health.Status ?? '' };
  const pid = Number(part('State')['Pid']);
  return {
    name,
    id: typeof all['Id'] === 'string' ? all['Id'] : '',
    pid,
    ticks: processView(pid)?.startTicks ?? '',
    inspected,
  };
}

const settings = (member: Member) =>
  member.inspected['NetworkSettings'] as {
    Ports: Record<string, { HostPort: string }[] | null>;
    Networks: Record<string, { Gateway?: string }>;
  };
const portOf = (member: Member): string | null => settings(member).Ports['80/tcp']?.[0]?.HostPort ?? null;
const gatewayOf = (member: Member): string => settings(member).Networks['bridge']?.Gateway ?? '';

async function works(probers: Probers, member: Member): Promise<Works> {
  const port = portOf(member);
  switch (member.name) {
    case 'web':
      return {
        ...nothing,
        port: await probers.outside.serves(gatewayOf(member), port ?? ''),
        loopback: await probers.outside.serves('127.0.0.1', port ?? ''),
      };
    case 'local':
      return { ...nothing, loopback: await probers.outside.serves('127.0.0.1', port ?? '') };
    case 'host':
      return { ...nothing, port: await probers.outside.serves('127.0.0.1', String(hostPort)) };
    case 'net-a':
      return { ...nothing, names: (await probers.inside.get(member.name)?.resolves('net-b')) ?? null };
    case 'net-b':
      return { ...nothing, names: (await probers.inside.get(member.name)?.resolves('net-b')) ?? null };
    case 'health':
      return { ...nothing, health: await healthRan(member.pid, 3_000) };
    default:
      return nothing;
  }
}

/** What did not work before says nothing now. */
async function worksWhileDown(probers: Probers, member: Member, before: Works): Promise<Works> {
  if (!lives(member)) return nothing;
  const now =
    member.name === 'health'
      ? { ...nothing, health: await healthRan(member.pid, 1_200) }
      : await works(probers, member);
  return compared(before, now);
}

const compared = (before: Works, now: Works): Works => ({
  port: before.port === true ? now.port : null,
  loopback: before.loopback === true ? now.loopback : null,
  names: before.names === true ? now.names : null,
  health: before.health === true ? now.health : null,
});

const lives = ({ pid, ticks }: Member): boolean => ticks !== '' && processView(pid)?.startTicks === ticks;

async function said(
  daemon: LooseDaemon,
  member: Member,
): Promise<{ state: string; pid: number; exitCode: number; restarts: number }> {
  const text = await daemon.api('GET', `/containers/${member.id}/json`).catch(() => null);
  if (text === null) return { state: 'absent', pid: 0, exitCode: 0, restarts: 0 };
  const { State: state, RestartCount: restarts } = JSON.parse(text) as {
    State: { Status: string; Pid: number; ExitCode: number };
    RestartCount: number;
  };
  return { state: state.Status, pid: state.Pid, exitCode: state.ExitCode, restarts };
}

async function stateAfter(daemon: LooseDaemon, member: Member): Promise<NonNullable<Fate['reverted']>> {
  const { state, pid } = await said(daemon, member);
  return { alive: lives(member), said: state, samePid: pid === member.pid };
}

async function fateOf(
  daemon: LooseDaemon,
  probers: Probers,
  member: Member,
  {
    up,
    before,
    down,
    wentDown,
  }: { readonly up: boolean; readonly before: Works; readonly down: Works; readonly wentDown: boolean },
): Promise<Omit<Fate, 'outside' | 'reverted'>> {
  const alive = lives(member);
  const now = up ? await said(daemon, member) : null;
  const isKept = alive && now !== null && now.pid === member.pid;
  const later = isKept ? compared(before, await works(probers, member)) : nothing;
  const answers = isKept && now.state === 'running';
  return {
    name: member.name,
    alive,
    said: now?.state ?? null,
    samePid: now?.pid === member.pid,
    exitCode:
      now !== null && now.state !== 'running' && now.state !== 'paused' && now.state !== 'absent' ? now.exitCode : null,
    restarts: now?.restarts ?? 0,
    shims: shimsOf([member.id]).length,
    down: wentDown
      ? { loopback: down.loopback, names: down.names, health: down.health }
      : { loopback: null, names: null, health: null },
    after: {
      port: both(later.port, later.loopback),
      names: later.names,
      health: later.health,
      exec: answers ? await executes(daemon, member.name) : null,
      logGapLines: answers && member.name === 'logger' ? await logGap(daemon, member.name) : null,
    },
  };
}

const both = (a: boolean | null, b: boolean | null): boolean | null => (a === null ? b : b === null ? a : a && b);
