// Gathers what the doctor looks at: the daemon's own answers, its containers, its unit and this computer.
import { isJsonObject, type Json, type JsonObject } from '../../contract/json.ts';
import type { Container, EngineFacts } from '../../contract/snapshot.ts';
import type { Api } from '../api.ts';
import { runs } from '../audit.ts';
import type { Identification, Platform } from '../ports.ts';
import { crashesWithBinds } from './bind-mount-crash.ts';
import type { Inspected, Look, Network, Volume } from './check.ts';
import { forgetsHostGateway } from './host-gateway.ts';
import { unmounts } from './volume-unmounted.ts';

export type LookPorts = {
  readonly api: Pick<Api, 'document'>;
  readonly platform: Pick<Platform, 'machineLook' | 'shims'>;
  readonly identification: Identification;
  /** Null for a daemon that does not answer: nothing is asked of it then. */
  readonly facts: EngineFacts | null;
  readonly containers: readonly Container[];
  /** Of the configuration file; null where it cannot be read. */
  readonly values: JsonObject | null;
};

/** As many at once as for a list of containers. */
const atOnce = 6;
/** Of those that ended badly, the newest; a machine can have thousands of old ones. */
const mostEnded = 30;

export async function lookAround(ports: LookPorts): Promise<Look> {
  const { api, platform, identification, facts, containers, values } = ports;
  const up = facts !== null;
  const running = containers.filter(runs);
  const [networks, info, inspected, volumes, machine] = await Promise.all([
    up ? documentAt(api, '/networks') : null,
    // containerd is asked for a part of it, and may hang: only where the answer matters.
    up && running.some(hasGpu) ? documentAt(api, '/info') : null,
    up ? inspectAll(api, worthInspecting(facts, containers)) : [],
    up && facts.liveRestore && unmounts(facts.version) ? documentAt(api, usedVolumes) : null,
    platform.machineLook(identification, up ? running.map(({ pid }) => pid) : []),
  ]);
  const local = identification.managerKind !== 'none' && identification.managerKind !== 'docker-desktop';
  return {
    facts,
    manager: identification.managerKind,
    flags: identification.flags,
    values,
    containers: up ? containers : [],
    inspected,
    networks: Array.isArray(networks) ? networks.flatMap(networkFrom) : null,
    volumes: volumes === null ? null : volumesFrom(volumes),
    cgroupDriver: isJsonObject(info ?? undefined) ? textIn(info as JsonObject, 'CgroupDriver') || null : null,
    shims: local ? platform.shims(identification) : null,
    machine,
  };
}

/** Those whose log goes somewhere, those that may have failed to start, and all of an engine that is afraid of some. */
function worthInspecting(facts: EngineFacts, containers: readonly Container[]): readonly Container[] {
  const all = crashesWithBinds(facts.version) || forgetsHostGateway(facts.version);
  const failed = containers.filter(
    ({ state, exitCode }) => state === 'created' || (state === 'exited' && exitCode !== 0),
  );
  return [...containers.filter((one) => runs(one) && (all || sendsItsLog(one))), ...failed.slice(0, mostEnded)];
}

const sendsItsLog = ({ details }: Container): boolean =>
  /^(syslog|fluentd|gelf|splunk)$/.test(details?.logDriver ?? '');

const hasGpu = ({ details }: Container): boolean => details?.devices === 'gpu';

const usedVolumes = `/volumes?filters=${encodeURIComponent('{"dangling":["false"]}')}`;

async function documentAt(api: LookPorts['api'], path: string): Promise<Json | null> {
  const answer = await api.document(path);
  return answer.ok ? answer.value : null;
}

async function inspectAll(api: LookPorts['api'], asked: readonly Container[]): Promise<readonly Inspected[]> {
  const found: Inspected[] = [];
  for (let from = 0; from < asked.length; from += atOnce) {
    const batch = asked.slice(from, from + atOnce);
    const documents = await Promise.all(batch.map(({ id }) => documentAt(api, `/containers/${id}/json`)));
    for (const [i, document] of documents.entries()) found.push(inspectedFrom(batch[i]?.id ?? '', document));
  }
  return found;
}

function inspectedFrom(id: string, document: Json | null): Inspected {
  const host = inside(document, 'HostConfig');
  const log = inside(host, 'LogConfig');
  const options = inside(log, 'Config');
  const address = ['syslog-address', 'fluentd-address', 'gelf-address', 'splunk-url'].map((key) =>
    textIn(options, key),
  );
  const mounts = listIn(isJsonObject(document ?? undefined) ? (document as JsonObject) : {}, 'Mounts');
  return {
    id,
    logDriver: textIn(log, 'Type'),
    logAddress: address.find((one) => one !== '') ?? '',
    bindMount: mounts.some((mount) => isJsonObject(mount) && mount['Type'] === 'bind'),
    hostGateway: listIn(host, 'ExtraHosts').some((one) => typeof one === 'string' && one.endsWith(':host-gateway')),
    restartPolicy: textIn(inside(host, 'RestartPolicy'), 'Name'),
    error: textIn(inside(document, 'State'), 'Error'),
  };
}

function networkFrom(value: Json): readonly Network[] {
  if (!isJsonObject(value)) return [];
  const ranges = listIn(inside(value, 'IPAM'), 'Config');
  const options = Object.entries(inside(value, 'Options'));
  return [
    {
      id: textIn(value, 'Id'),
      name: textIn(value, 'Name'),
      driver: textIn(value, 'Driver'),
      subnets: ranges.flatMap((range) => (isJsonObject(range) ? [textIn(range, 'Subnet')] : [])),
      options: Object.fromEntries(
        options.filter((option): option is [string, string] => typeof option[1] === 'string'),
      ),
    },
  ];
}

const volumesFrom = (document: Json): readonly Volume[] =>
  listIn(isJsonObject(document) ? document : {}, 'Volumes').flatMap((volume) => {
    if (!isJsonObject(volume) || volume['Driver'] !== 'local') return [];
    const options = inside(volume, 'Options');
    return [{ name: textIn(volume, 'Name'), mounted: 'device' in options || 'type' in options }];
  });

const inside = (value: Json | null, key: string): JsonObject => {
  const inner = isJsonObject(value ?? undefined) ? (value as JsonObject)[key] : undefined;
  return isJsonObject(inner) ? inner : {};
};
const textIn = (value: JsonObject, key: string): string => (typeof value[key] === 'string' ? value[key] : '');
const listIn = (value: JsonObject, key: string): readonly Json[] => (Array.isArray(value[key]) ? value[key] : []);
