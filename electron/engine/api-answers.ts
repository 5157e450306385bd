// Reads the Engine API's documents into our own types; what is missing or of another kind gets a harmless value.
import { isJsonObject, type Json, type JsonObject } from '../contract/json.ts';
import type { Result } from '../contract/problem.ts';
import type { Container, ContainerDetails, EngineFacts, SwarmStatus } from '../contract/snapshot.ts';
import { neededLogAddress } from './log-target.ts';
import { runningOptions } from './running-options.ts';

const objectIn = (value: Json | undefined, key: string): JsonObject => {
  const inner = isJsonObject(value) ? value[key] : undefined;
  return isJsonObject(inner) ? inner : {};
};
const textIn = (value: JsonObject, key: string): string => (typeof value[key] === 'string' ? value[key] : '');
const numberIn = (value: JsonObject, key: string): number => (typeof value[key] === 'number' ? value[key] : 0);
const listIn = (value: JsonObject, key: string): readonly Json[] => (Array.isArray(value[key]) ? value[key] : []);
const isText = (value: Json): value is string => typeof value === 'string';

/** `/info` as facts; null for a document that is none. `ServerVersion` and `LiveRestoreEnabled` are in every version. */
export function factsFrom(info: Json, apiVersion: string): EngineFacts | null {
  if (!isJsonObject(info) || typeof info['ServerVersion'] !== 'string') return null;
  return {
    id: textIn(info, 'ID'),
    name: textIn(info, 'Name'),
    version: info['ServerVersion'],
    apiVersion,
    osType: textIn(info, 'OSType') || 'linux',
    operatingSystem: textIn(info, 'OperatingSystem'),
    rootless: listIn(info, 'SecurityOptions').some((option) => isText(option) && option.includes('name=rootless')),
    dockerRootDir: textIn(info, 'DockerRootDir'),
    storageDriver: textIn(info, 'Driver'),
    snapshotter: listIn(info, 'DriverStatus').some(
      (row) => Array.isArray(row) && typeof row[1] === 'string' && row[1].startsWith('io.containerd.snapshotter'),
    ),
    usernsRemap: listIn(info, 'SecurityOptions').some((option) => isText(option) && option.includes('name=userns')),
    cgroupDriver: textIn(info, 'CgroupDriver'),
    liveRestore: info['LiveRestoreEnabled'] === true,
    debug: info['Debug'] === true,
    running: runningOptions(info),
    warnings: listIn(info, 'Warnings').filter(isText),
    swarm: swarmFrom(objectIn(info, 'Swarm')),
  };
}

function swarmFrom(swarm: JsonObject): SwarmStatus {
  const said = textIn(swarm, 'LocalNodeState');
  const state = said === 'pending' || said === 'active' || said === 'error' || said === 'locked' ? said : 'inactive';
  if (state === 'inactive') return { state, role: null, quorum: null };
  const role = swarm['ControlAvailable'] === true ? 'manager' : 'worker';
  // `/info` names managers but not which of them answer; that takes the list of nodes (`quorumFrom`).
  return { state, role, quorum: null };
}

/** How many managers there are and answer, from `/nodes`; null where the answer tells of none. */
export function quorumFrom(nodes: Json): SwarmStatus['quorum'] {
  const managers = (Array.isArray(nodes) ? nodes : [])
    .map((node: Json) => objectIn(node, 'ManagerStatus'))
    .filter((status) => Object.keys(status).length > 0);
  const reachable = managers.filter((status) => status['Reachability'] === 'reachable').length;
  return managers.length === 0 ? null : { reachable, managers: managers.length };
}

/** The oldest API that a server speaks, from `/version`; empty where it does not say. */
export function minimumFrom(version: Result<Json | null>): string {
  const document = version.ok ? (version.value ?? undefined) : undefined;
  return isJsonObject(document) ? textIn(document, 'MinAPIVersion') : '';
}

/** A container as `/containers/json` tells it: without process id. */
export type Listed = { readonly container: Container; readonly runs: boolean };

export const listedFrom = (list: Json): readonly Listed[] =>
  (Array.isArray(list) ? list : []).filter((one: Json) => isJsonObject(one)).map(oneListed);

function oneListed(value: JsonObject): Listed {
  const state = stateFrom(textIn(value, 'State'));
  const container: Container = {
    id: textIn(value, 'Id'),
    name: nameFrom(listIn(value, 'Names').filter(isText)[0] ?? ''),
    image: textIn(value, 'Image'),
    state,
    pid: 0,
    startedAt: '',
    exitCode: Number(/^Exited \((\d+)\)/.exec(textIn(value, 'Status'))?.[1] ?? 0),
    restartPolicy: '',
    autoRemove: false,
    healthCheck: false,
    health: null,
    ports: listIn(value, 'Ports').flatMap(listedPort),
    details: null,
  };
  return { container, runs: state === 'running' || state === 'paused' || state === 'restarting' };
}

function listedPort(port: Json): readonly string[] {
  if (!isJsonObject(port) || typeof port['PublicPort'] !== 'number') return [];
  return [
    published(
      textIn(port, 'IP'),
      String(port['PublicPort']),
      `${numberIn(port, 'PrivatePort')}/${textIn(port, 'Type')}`,
    ),
  ];
}

/** IPv6 addresses stand in brackets. */
const published = (address: string, from: string, to: string): string =>
  `${address.includes(':') ? `[${address}]` : address}:${from}->${to}`;

/** A container as inspecting tells it. `listed` gives the image's name, which the list resolves and this does not. */
export function containerFrom(value: Json, listed: Listed | null): Container | null {
  if (!isJsonObject(value)) return null;
  const state = objectIn(value, 'State');
  const config = objectIn(value, 'Config');
  const host = objectIn(value, 'HostConfig');
  const health = textIn(objectIn(state, 'Health'), 'Status');
  return {
    id: textIn(value, 'Id'),
    name: nameFrom(textIn(value, 'Name')),
    image: listed?.container.image ?? textIn(config, 'Image'),
    state: stateFrom(textIn(state, 'Status')),
    pid: numberIn(state, 'Pid'),
    startedAt: textIn(state, 'StartedAt'),
    exitCode: numberIn(state, 'ExitCode'),
    restartPolicy: textIn(objectIn(host, 'RestartPolicy'), 'Name'),
    autoRemove: host['AutoRemove'] === true,
    healthCheck: hasHealthCheck(config),
    health: health === '' || health === 'none' ? null : health,
    ports: portsFrom(objectIn(objectIn(value, 'NetworkSettings'), 'Ports')),
    details: detailsFrom(value, config, host),
  };
}

/** When a container began and ended last; these two need not be of one run. */
export type LastRun = {
  /** RFC 3339, as Docker gives it. */
  readonly startedAt: string;
  /** In ms since 1970. */
  readonly endedAt: number;
};

/** Of a container that was inspected; null: it never ended (the daemon says year 1). */
export function lastRunIn(value: Json): LastRun | null {
  const state = isJsonObject(value) ? objectIn(value, 'State') : {};
  const endedAt = Date.parse(textIn(state, 'FinishedAt'));
  return endedAt > 0 ? { startedAt: textIn(state, 'StartedAt'), endedAt } : null;
}

/** Of a container that was inspected: what `docker exec` and health checks run in it, and what a health check runs. */
export function execIdsIn(value: Json): { readonly ids: readonly string[]; readonly healthTest: string | null } {
  if (!isJsonObject(value)) return { ids: [], healthTest: null };
  const test = listIn(objectIn(objectIn(value, 'Config'), 'Healthcheck'), 'Test').filter(isText);
  return { ids: listIn(value, 'ExecIDs').filter(isText), healthTest: test.at(-1) ?? null };
}

/** Whether `/exec/ID/json` tells of a running command that is no health check, whose last word is that of its test. */
export function isExecOfUser(value: Json, healthTest: string | null): boolean {
  if (!isJsonObject(value) || value['Running'] !== true) return false;
  const process = objectIn(value, 'ProcessConfig');
  const words = [textIn(process, 'entrypoint'), ...listIn(process, 'arguments').filter(isText)];
  return words.at(-1) !== healthTest;
}

function detailsFrom(value: JsonObject, config: JsonObject, host: JsonObject): ContainerDetails {
  const requests = listIn(host, 'DeviceRequests').filter((request) => isJsonObject(request));
  const log = objectIn(host, 'LogConfig');
  const logAddress = neededLogAddress(log);
  const isGpu = requests.some((request) => JSON.stringify(request['Capabilities'] ?? []).includes('"gpu"'));
  return {
    networkMode: textIn(host, 'NetworkMode'),
    networks: Object.entries(objectIn(objectIn(value, 'NetworkSettings'), 'Networks')).map(([name, network]) => ({
      name,
      address: isJsonObject(network) ? textIn(network, 'IPAddress') : '',
    })),
    dns: listIn(host, 'Dns').filter(isText),
    wantedPorts: Object.keys(objectIn(host, 'PortBindings')),
    mounts: listIn(value, 'Mounts').flatMap((mount) => (isJsonObject(mount) ? [textIn(mount, 'Destination')] : [])),
    restartCount: numberIn(value, 'RestartCount'),
    tty: config['Tty'] === true,
    logDriver: textIn(log, 'Type'),
    ...(logAddress === undefined ? {} : { logAddress }),
    runtime: textIn(host, 'Runtime'),
    devices: isGpu ? 'gpu' : requests.length + listIn(host, 'Devices').length > 0 ? 'some' : 'none',
  };
}

function hasHealthCheck(config: JsonObject): boolean {
  const test = listIn(objectIn(config, 'Healthcheck'), 'Test');
  return test.length > 0 && test[0] !== 'NONE';
}

const portsFrom = (ports: JsonObject): readonly string[] =>
  Object.entries(ports).flatMap(([inner, bindings]) =>
    (Array.isArray(bindings) ? bindings : [])
      .filter((binding: Json) => isJsonObject(binding))
      .map((binding: JsonObject) => published(textIn(binding, 'HostIp'), textIn(binding, 'HostPort'), inner)),
  );

const nameFrom = (name: string): string => name.replace(/^\//, '');

function stateFrom(said: string): Container['state'] {
  switch (said) {
    case 'running':
    case 'paused':
    case 'restarting':
    case 'created':
    case 'dead':
    case 'removing':
      return said;
    default:
      return 'exited';
  }
}
