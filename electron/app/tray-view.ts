// What the tray shows for a snapshot: a pure projection; tray.ts hands it to Electron.
import { isDown } from '../contract/down.ts';
import type { PlaceName, StatusPart, Verb } from '../contract/ipc.ts';
import type { Messages } from '../contract/messages/index.ts';
import { assertNever } from '../contract/problem.ts';
import { canWrite } from '../contract/rights.ts';
import type { EngineStatus, Snapshot } from '../contract/snapshot.ts';
import { targetName } from './target-name.ts';

/** Told apart by shape as well as by color. */
export type TrayIcon = 'running' | 'busy' | 'stopped' | 'attention';

/** What a click asks for. `open` without a place shows the window as it was. */
export type TrayAction =
  | { readonly kind: 'live-restore'; readonly on: boolean }
  | { readonly kind: 'verb'; readonly verb: Verb }
  | { readonly kind: 'open'; readonly place: PlaceName | null; readonly part?: StatusPart }
  | { readonly kind: 'quit' };

export type TrayItem =
  | { readonly kind: 'separator' }
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'action'; readonly label: string; readonly enabled: boolean; readonly action: TrayAction }
  | {
      readonly kind: 'switch';
      readonly label: string;
      readonly enabled: boolean;
      readonly on: boolean;
      readonly action: TrayAction;
    };

export type TrayView = { readonly icon: TrayIcon; readonly tooltip: string; readonly items: readonly TrayItem[] };

const separator: TrayItem = { kind: 'separator' };

export function trayView(snapshot: Snapshot, messages: Messages): TrayView {
  const { engine, target, operation, containers } = snapshot;
  const { tray } = messages;
  const problem = problemOf(snapshot, messages);
  const facts = 'facts' in engine ? engine.facts : null;
  const state =
    operation.kind === 'running' ? tray.working(operation.verb) : tray.state(facts?.version ?? null, engine.state);
  return {
    icon: operation.kind === 'running' ? 'busy' : iconFor(engine, problem !== null),
    tooltip: tray.tooltip(targetName(target, messages), engine.state),
    items: [
      { kind: 'text', label: state },
      separator,
      liveRestoreItem(snapshot, messages),
      verbItem('reload', tray.reload, snapshot),
      verbItem('restart', tray.restart, snapshot),
      isDown(engine) ? verbItem('start', tray.start, snapshot) : verbItem('stop', tray.stop, snapshot),
      separator,
      containers === null
        ? { kind: 'text', label: tray.runningUnknown }
        : openItem(tray.running(containers.counts.running), 'status', 'containers'),
      ...(problem === null ? [] : [openItem(problem.label, problem.place, problem.part)]),
      separator,
      openItem(tray.preferences, null),
      { kind: 'action', label: tray.quit, enabled: true, action: { kind: 'quit' } },
    ],
  };
}

const openItem = (label: string, place: PlaceName | null, part?: StatusPart): TrayItem => ({
  kind: 'action',
  label,
  enabled: true,
  action: { kind: 'open', place, ...(part === undefined ? {} : { part }) },
});

function verbItem(verb: Verb, label: string, snapshot: Snapshot): TrayItem {
  return { kind: 'action', label, enabled: canDo(verb, snapshot), action: { kind: 'verb', verb } };
}

function canDo(verb: Verb, { engine, target, operation, rights }: Snapshot): boolean {
  if (operation.kind === 'running' || target.access.kind !== 'proven' || rights.step === 'missing') return false;
  // It listens, and whoever acts for us may talk to it.
  if (engine.state === 'denied') return rights.step === 'installed' && verb !== 'start';
  switch (verb) {
    case 'reload':
      return engine.state === 'running';
    case 'restart':
    case 'stop':
      return engine.state === 'running' || engine.state === 'hanging';
    case 'start':
      return isDown(engine);
    default:
      return assertNever(verb);
  }
}

/** On means on in the daemon's memory; only where that cannot be known, in its file. */
function liveRestoreItem(snapshot: Snapshot, { tray }: Messages): TrayItem {
  const { effective, file } = snapshot.liveRestore;
  const on = effective ?? file ?? false;
  const reason = liveRestoreReason(snapshot, tray.reasons);
  const isKnown = snapshot.engine.state !== 'connecting';
  return {
    kind: 'switch',
    label: reason === null ? tray.liveRestore : tray.withReason(tray.liveRestore, reason),
    enabled: isKnown && reason === null && snapshot.operation.kind === 'idle',
    on,
    action: { kind: 'live-restore', on: !on },
  };
}

function liveRestoreReason(snapshot: Snapshot, reasons: Messages['tray']['reasons']): string | null {
  const { engine, config, target, liveRestore, rights } = snapshot;
  // A password opens what only rights stand in the way of.
  const opens = rights.step === 'installed';
  // Nothing is said of a daemon that was not seen yet.
  if (engine.state === 'connecting') return null;
  const listens = engine.state === 'running' || engine.state === 'reloading';
  if (!listens && !(opens && engine.state === 'denied')) return reasons.down;
  if (liveRestore.blockedBy !== null) return reasons[liveRestore.blockedBy];
  if (target.access.kind !== 'proven') return reasons.readOnly;
  const isHidden = config.state === 'unreadable' && config.etag === null;
  if (config.state === 'unreadable' && !(opens && isHidden)) return reasons.broken;
  if (config.state !== 'unknown' && !canWrite(config.writable, rights)) return reasons.notWritable;
  return null;
}

/** The most urgent thing that is wrong although the daemon's state alone does not tell, and where to see it. */
function problemOf(
  snapshot: Snapshot,
  { tray, outage }: Messages,
): { readonly label: string; readonly place: PlaceName; readonly part?: StatusPart } | null {
  const { config, findings, lastOutcome, rescue } = snapshot;
  const { problems } = tray;
  // Before everything else: there is no second chance after the next start.
  if (rescue !== null) return { label: outage.rescue.tray(rescue.containers.length), place: 'status' };
  if (lastOutcome?.result === 'rolled-back' || lastOutcome?.result === 'failed') {
    return { label: problems.outcome(lastOutcome.verb, lastOutcome.result), place: 'status', part: 'outcome' };
  }
  if (lastOutcome?.problem?.kind === 'containers.worse')
    return { label: problems.worse, place: 'status', part: 'outcome' };
  if (config.state === 'unreadable') return { label: problems.config, place: 'daemon/json' };
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return errors > 0 ? { label: problems.findings(errors), place: 'status', part: 'findings' } : null;
}

function iconFor(engine: EngineStatus, hasProblem: boolean): TrayIcon {
  switch (engine.state) {
    case 'running':
      return hasProblem ? 'attention' : 'running';
    case 'connecting':
    case 'reloading':
    case 'starting':
    case 'restarting':
    case 'stopping':
      return 'busy';
    case 'stopped':
    case 'armed':
    case 'absent':
      return hasProblem ? 'attention' : 'stopped';
    case 'hanging':
    case 'failed':
    case 'denied':
      return 'attention';
    default:
      return assertNever(engine);
  }
}
