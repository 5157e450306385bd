// The command that tells what is true of every option, or of one: its value, where that comes from, what a change takes.
import type { Json } from '../contract/json.ts';
import type { OptionTruth } from '../contract/option-truth.ts';
import { effectOf, optionFor, options as allOptions, type Option } from '../contract/options.ts';
import { lockOn, type Policy } from '../contract/policy.ts';
import type { Messages } from '../contract/messages/index.ts';
import type { EngineView } from '../contract/snapshot.ts';
import { nearest } from '../engine/nearest.ts';
import { optionTruths } from '../engine/sources.ts';
import { exitCodes } from './exit-code.ts';
import { withEngine, type Session } from './session.ts';
import { columns, labeled, visible, type TextStyle } from './text-style.ts';

/** `key` null: all that this daemon's file or flags can set. */
export async function options(session: Session, key: string | null): Promise<number> {
  const { screen } = session;
  const wanted = key === null ? null : (optionFor(key) ?? null);
  if (key !== null && wanted === null) {
    const near = nearest(
      key,
      allOptions.map((option) => option.key),
    );
    return screen.usage({ kind: 'key-unknown', key, near });
  }
  return withEngine(session, false, (engine) => {
    const view = engine.get();
    const version = 'facts' in view.engine ? view.engine.facts.version : null;
    const isFileKnown = view.config.state === 'read' || view.config.state === 'absent';
    const truths = truthsOf(view).filter((truth) => wanted === null || truth.key === wanted.key);
    screen.result({ options: truths.map((truth) => optionDocument(truth, version, view.policy)) }, () =>
      wanted === null
        ? optionsText(truths, version, screen.messages, screen.style)
        : truths
            .map((truth) =>
              optionText(truth, wanted, { version, isFileKnown, policy: view.policy }, screen.messages, screen.style),
            )
            .join(''),
    );
    return Promise.resolve(exitCodes.done);
  });
}

/** What the engine published, and the defaults of everything else. */
function truthsOf(view: EngineView): readonly OptionTruth[] {
  const published = new Map(view.options.map((truth) => [truth.key, truth]));
  const version = 'facts' in view.engine ? view.engine.facts.version : null;
  const { config } = view;
  const values = config.state === 'read' || config.state === 'absent' ? {} : null;
  const bare = { values, flags: [], flagSource: '', flagPlaces: {}, running: {}, version };
  return optionTruths(bare).map((truth) => published.get(truth.key) ?? truth);
}

/** The names are the contract of scripts. */
function optionDocument(truth: OptionTruth, version: string | null, policy: Policy) {
  const { key, value, source, running, pending } = truth;
  return {
    key,
    value,
    source,
    running,
    pending,
    effectOnSet: effectOf(key, 'set', version),
    effectOnRemove: effectOf(key, 'remove', version),
    risk: optionFor(key)?.risk ?? 'unknown',
    default: truth.default,
    file: truth.file,
    flag: truth.flag,
    locked: lockedBy(policy, truth.key),
  };
}

/** The policy that keeps an option as it is, and its reason; null: none does. */
function lockedBy(policy: Policy, key: string): { readonly policy: string; readonly reason: string | null } | null {
  const lock = lockOn(policy, key.split('.'));
  return lock && policy.state === 'in-force' ? { policy: policy.path, reason: lock.reason } : null;
}

function optionsText(
  truths: readonly OptionTruth[],
  version: string | null,
  messages: Messages,
  style: TextStyle,
): string {
  const { cli, plan } = messages;
  const rows = truths.map((truth) => [
    truth.key,
    shortened(valueText(truth.value, cli.options.notKnown)),
    `${cli.options.sources[truth.source]}${truth.pending === null ? '' : `, ${cli.options.waits}`}`,
    plan.effects[effectOf(truth.key, 'set', version)],
  ]);
  const paint = (cell: string, row: number, column: number): string => {
    const truth = truths[row];
    if (column === 2 && truth?.pending !== null) return style.careful(cell);
    return truth?.source === 'default' ? style.quiet(cell) : cell;
  };
  return columns(rows, paint)
    .map((line) => `${line}\n`)
    .join('');
}

/** What an option is told from, beside its own truth. */
type Grounds = { readonly version: string | null; readonly isFileKnown: boolean; readonly policy: Policy };

function optionText(
  truth: OptionTruth,
  option: Option,
  { version, isFileKnown, policy }: Grounds,
  messages: Messages,
  style: TextStyle,
): string {
  const { cli, plan } = messages;
  const words = cli.options;
  const { flag } = truth;
  const locked = lockedBy(policy, option.key);
  const told = (value: Json, none: string): string => valueText(value, none);
  const rows: readonly (readonly [string, string])[] = [
    [words.labels.value, told(truth.value, words.notKnown)],
    [words.labels.source, words.sources[truth.source]],
    [words.labels.default, told(truth.default, words.notKnown)],
    [words.labels.file, told(truth.file, isFileKnown ? words.notSet : words.notKnown)],
    [words.labels.flag, flag === null ? words.notSet : words.byFlag(flag.name, told(flag.value, ''), flag.place)],
    [words.labels.running, told(truth.running, words.notTold)],
    ...(truth.pending === null ? [] : ([[words.labels.pending, told(truth.pending, '')]] as const)),
    [words.labels.set, plan.effects[effectOf(option.key, 'set', version)]],
    [words.labels.remove, plan.effects[effectOf(option.key, 'remove', version)]],
    ...(option.risk === 'none' ? [] : ([[words.labels.risk, plan.risks[option.risk]]] as const)),
    ...(locked === null
      ? []
      : ([[words.labels.locked, messages.policy.locked(locked.policy, locked.reason)]] as const)),
  ];
  return `${style.strong(option.key)}\n${labeled(rows, style)}`;
}

/** Text as it is, everything else as JSON. */
const valueText = (value: Json, none: string): string =>
  value === null ? none : visible(typeof value === 'string' && value !== '' ? value : JSON.stringify(value));

const mostSigns = 40;
const shortened = (text: string): string => (text.length > mostSigns ? `${text.slice(0, mostSigns - 1)}…` : text);
