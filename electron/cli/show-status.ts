// The status for human eyes.
import type { Messages } from '../contract/messages/index.ts';
import type { EngineState, EngineView } from '../contract/snapshot.ts';
import { findingsText, problemText } from './show-findings.ts';
import { labeled, visible, type TextStyle } from './text-style.ts';

type Paint = keyof TextStyle;

const tones: Readonly<Record<EngineState, Paint>> = {
  connecting: 'quiet',
  running: 'good',
  reloading: 'careful',
  starting: 'careful',
  restarting: 'careful',
  stopping: 'careful',
  stopped: 'careful',
  armed: 'careful',
  hanging: 'bad',
  failed: 'bad',
  denied: 'bad',
  absent: 'careful',
};

export function statusText(view: EngineView, messages: Messages, style: TextStyle): string {
  const { cli } = messages;
  const { labels, status } = cli;
  const { engine, target, config, containers, operation } = view;
  const facts = 'facts' in engine ? engine.facts : null;
  const { access } = target;
  const rows: (readonly [string, string])[] = [
    [labels.engine, engineLine(view, messages, style)],
    [labels.endpoint, endpointLine(view, messages)],
    [labels.manager, managerLine(view, messages)],
    [labels.config, configLine(view, messages)],
    [labels.liveRestore, liveRestoreLine(view, messages, style)],
  ];
  if (containers !== null) {
    const { running, paused, stopped } = containers.counts;
    rows.push([labels.containers, status.counts(running, paused, stopped)]);
  }
  if (facts !== null && facts.swarm.state !== 'inactive') {
    const { state, role, quorum } = facts.swarm;
    const known = quorum === null ? '' : `, ${status.quorum(quorum.reachable, quorum.managers)}`;
    rows.push([labels.swarm, `${status.swarm(state, role)}${known}`]);
  }
  if (operation.kind === 'running') rows.push([labels.operation, cli.steps[operation.step]]);
  const parts = [labeled(rows, style)];
  if (access.kind === 'read-only' && engine.state !== 'absent') {
    const problem = { kind: 'target.read-only', reason: access.reason, detail: access.detail } as const;
    parts.push(problemText(problem, messages, { ...style, bad: style.careful }));
  }
  if (engine.state === 'failed' && engine.log.length > 0) {
    parts.push(`${labels.log}:\n${engine.log.map((line) => `  ${visible(line)}\n`).join('')}`);
  }
  if (config.state === 'unreadable') parts.push(problemText(config.problem, messages, style));
  if (view.findings.length > 0) parts.push(findingsText(view.findings, null, messages, style));
  return parts.join('\n');
}

/** One line for `watch`. */
export function summaryText(view: EngineView, messages: Messages, style: TextStyle): string {
  const { status, steps } = messages.cli;
  const { engine, operation, containers, liveRestore } = view;
  const state = operation.kind === 'running' ? steps[operation.step] : status.states[engine.state];
  const version = 'facts' in engine ? engine.facts.version : null;
  const counts =
    containers === null
      ? null
      : status.counts(containers.counts.running, containers.counts.paused, containers.counts.stopped);
  return `${status.summary(style[tones[engine.state]](state), version, truth(liveRestore.effective, messages), counts)}\n`;
}

function engineLine({ engine }: EngineView, { cli }: Messages, style: TextStyle): string {
  const facts = 'facts' in engine ? engine.facts : null;
  const parts = [style[tones[engine.state]](cli.status.states[engine.state])];
  if (facts !== null) parts.push(cli.status.versions(facts.version, facts.apiVersion));
  if (facts?.rootless) parts.push(cli.status.rootless);
  return parts.join(', ');
}

function endpointLine({ target, candidates }: EngineView, { cli }: Messages): string {
  const { sources, others } = cli.status;
  const source = target.context === null ? sources[target.source] : `${sources.context} ${target.context}`;
  const more = candidates.filter(({ endpoint }) => endpoint !== target.endpoint).length;
  return [target.endpoint, source, ...(more > 0 ? [others(more)] : [])].join(', ');
}

function managerLine({ target }: EngineView, { cli }: Messages): string {
  const name = target.manager === 'none' ? cli.status.nobody : target.manager;
  return [name, target.unit, target.pid === null ? null : cli.status.pid(target.pid)]
    .filter((part) => part !== null)
    .join(', ');
}

function configLine({ config }: EngineView, { cli }: Messages): string {
  const words = cli.status.config;
  if (config.state === 'unknown') return words.unknown;
  const line = words[config.state](config.path);
  return config.writable.ok ? line : `${line}, ${words.notWritable}`;
}

function liveRestoreLine({ liveRestore }: EngineView, messages: Messages, style: TextStyle): string {
  const { status } = messages.cli;
  const { effective, file, flag } = liveRestore;
  const set = (value: boolean | null): string => (value === null ? status.notSet : truth(value, messages));
  const now = truth(effective, messages);
  const paint = effective === true ? style.good : effective === false ? style.careful : style.quiet;
  if (effective === null && file === null && flag === null) return paint(now);
  return `${paint(now)} (${status.truths(now, set(file), set(flag))})`;
}

const truth = (value: boolean | null, { cli }: Messages): string =>
  value === null ? cli.status.notKnown : value ? cli.status.on : cli.status.off;
