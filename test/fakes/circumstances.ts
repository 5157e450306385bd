// Builders of what plans are made from: a packaged daemon with live restore on, and whatever a test makes of it.
import { noPolicy } from '../../electron/contract/policy.ts';
import type { Circumstances } from '../../electron/engine/circumstances.ts';
import type { EngineFacts } from '../../electron/contract/snapshot.ts';
import type { JsonObject } from '../../electron/contract/json.ts';
import type { Edited } from '../../electron/engine/plan.ts';
import { ok, type Result } from '../../electron/contract/problem.ts';
import { configFile, facts, START } from './snapshot.ts';

/** Where root's daemon keeps its things. */
export const rootsPlaces = {
  execRoot: '/var/run/docker',
  dataRoot: '/var/lib/docker',
  containerd: '/run/containerd/containerd.sock',
};

/** A daemon that runs with these values in its file, and tells these facts. */
export function running(
  file: JsonObject,
  told: Partial<EngineFacts> = {},
  over: Partial<Circumstances> = {},
): Circumstances {
  const now = facts(told);
  return {
    engine: { state: 'running', since: START, facts: now },
    lastFacts: now,
    version: now.version,
    endpoint: 'unix:///var/run/docker.sock',
    access: { kind: 'proven' },
    elevates: false,
    manager: 'systemd',
    killMode: 'process',
    ownContainerd: false,
    flags: ['-H', 'fd://', '--containerd=/run/containerd/containerd.sock'],
    flagSource: 'docker.service',
    config: configFile(file),
    policy: noPolicy,
    containers: [],
    unit: 'docker.service',
    shims: [],
    usual: rootsPlaces,
    pastGaps: [],
    now: START + 1000,
    ...over,
  };
}

/** The same daemon after it ended. */
export const down = (
  file: JsonObject,
  told: Partial<EngineFacts> = {},
  over: Partial<Circumstances> = {},
): Circumstances => running(file, told, { engine: { state: 'stopped', since: START }, ...over });

/** The file as a draft would make it. */
export const edited = (values: JsonObject): Result<Edited> =>
  ok({ text: `${JSON.stringify(values, null, 2)}\n`, values });
