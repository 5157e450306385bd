// Standing findings about a daemon and its file: what is true now and would hurt later.
import type { JsonObject, Json } from '../contract/json.ts';
import { optionFor } from '../contract/options.ts';
import type { Finding, FindingKind } from '../contract/plan.ts';
import type { ConfigFile, Container, EngineFacts } from '../contract/snapshot.ts';
import { checkConfig } from './check.ts';
import { configPlaces, type ConfigPlaces } from './config-places.ts';
import { flagValue } from './daemon-flags.ts';
import { atStart, byFlag, isSwarmNode } from './live-restore.ts';

/** What is looked at; `facts` is null for a daemon that does not answer. */
export type Standing = {
  readonly facts: EngineFacts | null;
  readonly values: JsonObject | null;
  readonly flags: readonly string[];
  /** Where the flags come from, for messages. */
  readonly flagSource?: string;
  readonly containers: readonly Container[];
  readonly config: ConfigFile;
};

/** The findings to show beside a daemon, most severe first. */
export function standingFindings(standing: Standing): readonly Finding[] {
  const { config } = standing;
  const text = config.state === 'read' ? config.text : '';
  const places = configPlaces(text);
  return [...fileFindings(standing), ...differences(standing, places), ...dangers(standing)].toSorted(
    (a, b) => rank[a.severity] - rank[b.severity],
  );
}

const rank: Record<Finding['severity'], number> = { error: 0, warning: 1, info: 2 };

function fileFindings({ config, facts, flags, flagSource }: Standing): readonly Finding[] {
  if (config.state === 'unreadable') {
    const { problem } = config;
    const place = problem.kind === 'config.invalid' ? problem.place : null;
    return [{ severity: 'error', path: [], place, about: { kind: 'text-fault', problem } }];
  }
  if (config.state !== 'read') return [];
  const { text, values } = config;
  return checkConfig({ text, values, version: facts?.version ?? null, flags, flagSource: flagSource ?? '', facts });
}

/**
 * Options of which `/info` shows that the daemon runs with another value than the one it would start with now. A reload
 * takes the file's value, or keeps the running one where the key is gone (measured on 20.10, 26.1, 28.5).
 */
function differences({ facts, values, flags, config }: Standing, places: ConfigPlaces): readonly Finding[] {
  if (facts === null || (values === null && config.state !== 'absent')) return [];
  const shown = { 'live-restore': facts.liveRestore, debug: facts.debug };
  return Object.entries(shown).flatMap(([key, running]): readonly Finding[] => {
    const option = optionFor(key);
    if (!option || flagValue(flags, option) !== undefined) return [];
    const file: Json = values?.[key] ?? null;
    if ((file !== null && typeof file !== 'boolean') || (file ?? option.default) === running) return [];
    const about: FindingKind = { kind: 'memory-differs', key, file, running };
    return [{ severity: 'warning', path: [key], place: places.placeOf([key]), about }];
  });
}

function dangers({ facts, values, flags, containers, config }: Standing): readonly Finding[] {
  const found: Finding[] = [];
  const next = atStart(values, flags);
  // In the file it is found with its place; a flag has none.
  if (byFlag(flags) === true && isSwarmNode(facts)) {
    found.push({ severity: 'error', path: ['live-restore'], place: null, about: { kind: 'live-restore-with-swarm' } });
  }
  // The value read at the start decides over the containers that a crash left running (measured on all three).
  const readable = values !== null || config.state === 'absent';
  const running = containers.filter(({ state }) => state === 'running' || state === 'paused' || state === 'restarting');
  if (readable && !next && running.length > 0 && !isSwarmNode(facts) && facts?.osType !== 'windows') {
    const about: FindingKind = { kind: 'crash-would-stop', containers: running.length };
    found.push({ severity: 'info', path: ['live-restore'], place: null, about });
  }
  return found;
}
