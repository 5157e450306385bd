// The status for human eyes.
import { verbByHand } from '../contract/by-hand.ts';
import { liveRestoreKnown } from '../contract/live-restore-known.ts';
import type { Messages } from '../contract/messages/index.ts';
import { separators } from '../contract/messages/separators.ts';
import type { PipesReport, Rescue } from '../contract/outage.ts';
import { shownState } from '../contract/shown-state.ts';
import type { EngineState, EngineView } from '../contract/snapshot.ts';
import { findingsText, problemText } from './show-findings.ts';
import { leftLines } from './show-pipes.ts';
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

/** `left`: who runs on without the daemon; null while it is up. */
export function statusText(view: EngineView, left: PipesReport | null, messages: Messages, style: TextStyle): string {
  const { cli, plan, status } = messages;
  const labels = { ...cli.labels, left: messages.outage.pipes.cliLabel, rescue: messages.outage.rescue.cli.label };
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
  const { rescue } = view;
  if (left !== null) rows.push([labels.left, leftLines(left, Date.now(), messages, style).join('\n')]);
  if (rescue !== null) rows.push([labels.rescue, rescueLine(rescue, messages, style)]);
  if (containers !== null) rows.push([labels.containers, status.containers(containers.counts)]);
  if (facts !== null && facts.swarm.state !== 'inactive') rows.push([labels.swarm, status.swarm(facts.swarm)]);
  if (view.rights.step !== 'unneeded') rows.push([labels.rights, rightsLine(view, messages)]);
  if (operation.kind === 'running') rows.push([labels.operation, plan.steps[operation.step]]);
  const parts = [labeled(rows, style)];
  if (access.kind === 'read-only' && engine.state !== 'absent') {
    const problem = { kind: 'target.read-only', reason: access.reason, detail: access.detail } as const;
    parts.push(problemText(problem, messages, { ...style, bad: style.careful }));
  }
  if (engine.state === 'failed' && engine.log.length > 0) {
    parts.push(`${labels.log}:\n${engine.log.map((line) => `  ${visible(line)}\n`).join('')}`);
  }
  if (config.state === 'unreadable') parts.push(problemText(config.problem, messages, style));
  // The fault of the file stands there already.
  const findings = view.findings.filter(({ about }) => config.state !== 'unreadable' || about.kind !== 'text-fault');
  if (findings.length > 0) parts.push(findingsText(findings, null, messages, style));
  return parts.join('\n');
}

/** One line for `watch`. */
export function summaryText(view: EngineView, messages: Messages, style: TextStyle): string {
  const { cli, plan, status } = messages;
  const { engine, operation, containers, liveRestore } = view;
  const state = operation.kind === 'running' ? plan.steps[operation.step] : status.engine[shownState(engine)].word;
  const version = 'facts' in engine ? engine.facts.version : null;
  const counts = containers === null ? null : status.containers(containers.counts);
  const effective = status.liveRestore.effective(liveRestore.effective);
  return `${cli.status.summary(style[tones[engine.state]](state), version, effective, counts)}\n`;
}

function engineLine({ engine }: EngineView, { cli, language, status }: Messages, style: TextStyle): string {
  const facts = 'facts' in engine ? engine.facts : null;
  const { word, line, more } = status.engine[shownState(engine)];
  const parts = [style[tones[engine.state]](word)];
  if (facts !== null) parts.push(cli.status.versions(facts.version, facts.apiVersion));
  if (facts?.rootless) parts.push(cli.status.rootless);
  const lines = engine.state === 'running' ? [] : [line, ...(more === undefined ? [] : [more])];
  return [parts.join(separators[language].words), ...lines].join('\n');
}

function endpointLine({ target, candidates }: EngineView, { cli, language, status }: Messages): string {
  const source = target.context === null ? status.sources[target.source] : cli.status.context(target.context);
  const others = candidates.flatMap(({ endpoint }) => (endpoint === target.endpoint ? [] : [visible(endpoint)]));
  const line = [visible(target.endpoint), source].join(separators[language].words);
  return others.length > 0 ? `${line}\n${cli.status.others(others)}` : line;
}

function managerLine({ target }: EngineView, { cli, language, status }: Messages): string {
  return [status.managers[target.manager].name, target.unit, target.pid === null ? null : cli.status.pid(target.pid)]
    .filter((part) => part !== null)
    .join(separators[language].words);
}

function configLine({ config }: EngineView, { cli, status }: Messages): string {
  const words = cli.status.config;
  if (config.state === 'unknown') return words.unknown;
  const line = words[config.state](config.path);
  return config.writable.ok ? line : `${line}\n${status.writable(config.writable)}`;
}

function rightsLine({ config, rights, target }: EngineView, { rights: words }: Messages): string {
  const byHand = rights.step === 'missing' ? verbByHand('reload', target) : null;
  return [
    words.file(config),
    words.group(rights.group),
    words.change(rights),
    ...(byHand === null ? [] : [`${words.byHand} ${byHand}`]),
  ].join('\n');
}

/** What still runs without the daemon, and how to save it: before anybody starts it. */
function rescueLine({ containers, blocked }: Rescue, messages: Messages, style: TextStyle): string {
  const words = messages.outage.rescue;
  const offer = style.bad(words.cli.offer(containers.map(({ name }) => visible(name))));
  if (blocked === null) return `${offer}\n${words.cli.how}`;
  const { title, remedy } = messages.problem(blocked);
  return [offer, words.blocked, title, remedy].filter(Boolean).join('\n');
}

function liveRestoreLine(view: EngineView, messages: Messages, style: TextStyle): string {
  const { liveRestore, engine } = view;
  const words = messages.status.liveRestore;
  const { effective, file, flag, blockedBy } = liveRestore;
  const paint = effective === true ? style.good : effective === false ? style.careful : style.quiet;
  const now = paint(words.effective(effective));
  if (engine.state === 'absent' || engine.state === 'denied') return now;
  const known = liveRestoreKnown(view);
  const truths = messages.cli.status.truths(
    now,
    known.file ? words.set(file) : words.notKnown,
    known.flag ? words.set(flag) : words.notKnown,
  );
  return [truths, words.sentence(liveRestore), ...(blockedBy === null ? [] : [words.blocks[blockedBy]])].join('\n');
}
