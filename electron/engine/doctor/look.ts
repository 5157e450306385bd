// Gathers what the doctor looks at: the daemon's own answers, its containers, its unit and this computer.
import { isJsonObject, type Json, type JsonObject } from '../../contract/json.ts';
import type { Container, EngineFacts } from '../../contract/snapshot.ts';
import type { Api } from '../api.ts';
import { runs } from '../audit.ts';
import type { Identification, Platform } from '../ports.ts';
import type { Inspected, Look, Network } from './check.ts';

export type LookPorts = {
  readonly api: Pick<Api, 'document'>;
  readonly platform: Pick<Platform, 'machineLook' | 'shims'>;
  readonly identification: Identification;
  /** Null for a daemon that does not answer: nothing is asked of it then. */
  readonly facts: EngineFacts | null;
  readonly containers: readonly Container[];
};

/** As many at once as for a list of containers. */
const atOnce = 6;

export async function lookAround({ api, platform, identification, facts, containers }: LookPorts): Promise<Look> {
  const up = facts !== null;
  const running = containers.filter(runs);
  const [networks, info, inspected, machine] = await Promise.all([
    up ? documentAt(api, '/networks') : null,
    // containerd is asked for a part of it, and may hang: only where the answer matters.
    up && running.some(hasGpu) ? documentAt(api, '/info') : null,
    up ? inspectAll(api, running.filter(sendsItsLog)) : [],
    platform.machineLook(identification, up ? running.map(({ pid }) => pid) : []),
  ]);
  const local = identification.managerKind !== 'none' && identification.managerKind !== 'docker-desktop';
  return {
    facts,
    manager: identification.managerKind,
    containers: up ? containers : [],
    inspected,
    networks: Array.isArray(networks) ? networks.flatMap(networkFrom) : null,
    cgroupDriver: isJsonObject(info ?? undefined) ? textIn(info as JsonObject, 'CgroupDriver') || null : null,
    shims: local ? platform.shims() : null,
    machine,
  };
}

/** Where its log goes is only asked of those that send it somewhere. */
const sendsItsLog = ({ details }: Container): boolean =>
  /^(syslog|fluentd|gelf|splunk)$/.test(details?.logDriver ?? '');

const hasGpu = ({ details }: Container): boolean => details?.devices === 'gpu';

async function documentAt(api: LookPorts['api'], path: string): Promise<Json | null> {
  const answer = await api.document(path);
  return answer.ok ? answer.value : null;
}

async function inspectAll(api: LookPorts['api'], running: readonly Container[]): Promise<readonly Inspected[]> {
  const found: Inspected[] = [];
  for (let from = 0; from < running.length; from += atOnce) {
    const batch = running.slice(from, from + atOnce);
    const documents = await Promise.all(batch.map(({ id }) => documentAt(api, `/containers/${id}/json`)));
    for (const [i, document] of documents.entries()) {
      const log = inside(inside(document, 'HostConfig'), 'LogConfig');
      const options = inside(log, 'Config');
      const address = ['syslog-address', 'fluentd-address', 'gelf-address', 'splunk-url'].map((key) =>
        textIn(options, key),
      );
      found.push({
        id: batch[i]?.id ?? '',
        logDriver: textIn(log, 'Type'),
        logAddress: address.find((one) => one !== '') ?? '',
      });
    }
  }
  return found;
}

const networkFrom = (value: Json): readonly Network[] =>
  isJsonObject(value) ? [{ name: textIn(value, 'Name'), driver: textIn(value, 'Driver') }] : [];

const inside = (value: Json | null, key: string): JsonObject => {
  const inner = isJsonObject(value ?? undefined) ? (value as JsonObject)[key] : undefined;
  return isJsonObject(inner) ? inner : {};
};
const textIn = (value: JsonObject, key: string): string => (typeof value[key] === 'string' ? value[key] : '');
