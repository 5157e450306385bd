// What is true now, as `status --json` and `watch --json` show it. The names are the contract of scripts.
import type { Messages } from '../contract/messages/index.ts';
import type { Rescue } from '../contract/outage.ts';
import type { ConfigFile, EngineStatus, EngineView, Target } from '../contract/snapshot.ts';
import { findingDocument, problemDocument } from './problem-document.ts';

export type StatusDocument = ReturnType<typeof statusDocument>;

/** null stands for what is not known, or not set. */
export function statusDocument(view: EngineView, messages: Messages) {
  const { engine, containers, operation } = view;
  const facts = 'facts' in engine ? engine.facts : null;
  return {
    engine: engineDocument(engine, view.target),
    config: configDocument(view.config, messages),
    rights: view.rights,
    liveRestore: view.liveRestore,
    containers: containers?.counts ?? { running: null, paused: null, stopped: null },
    swarm: facts?.swarm ?? { state: null, role: null, quorum: null },
    orphans: view.orphans,
    outage: view.outage,
    rescue: rescueDocument(view.rescue, messages),
    fallen: view.fallen,
    findings: view.findings.map((finding) => findingDocument(messages, finding)),
    operation: operation.kind === 'running' ? { verb: operation.verb, step: operation.step } : null,
  };
}

const rescueDocument = (rescue: Rescue | null, messages: Messages) =>
  rescue && {
    containers: rescue.containers,
    blocked: rescue.blocked && problemDocument(messages, rescue.blocked),
  };

function engineDocument(engine: EngineStatus, target: Target) {
  const facts = 'facts' in engine ? engine.facts : null;
  return {
    state: engine.state,
    /** Why a daemon elsewhere was not reached. */
    unreached: engine.state === 'absent' ? engine.unreached : null,
    version: facts?.version ?? null,
    apiVersion: facts?.apiVersion ?? null,
    osType: facts?.osType ?? null,
    rootless: facts?.rootless ?? null,
    endpoint: target.endpoint,
    source: target.source,
    context: target.context,
    pid: target.pid,
    manager: target.manager,
    unit: target.unit,
    access: target.access,
    /** The lines of a daemon that did not start. */
    log: engine.state === 'failed' ? engine.log : [],
  };
}

function configDocument(config: ConfigFile, messages: Messages) {
  if (config.state === 'unknown') {
    return { path: null, state: null, etag: null, writable: null, writeBlock: null, problem: null };
  }
  const { path, state, writable } = config;
  return {
    path,
    state,
    etag: state === 'absent' ? null : config.etag,
    writable: writable.ok,
    writeBlock: writable.ok ? null : writable.block,
    problem: state === 'unreadable' ? problemDocument(messages, config.problem) : null,
  };
}
