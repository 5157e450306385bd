// What is true of one option, with where it comes from; and the ways on from it.
import type { Json } from '@contract/json.ts';
import { separators } from '@contract/messages/separators.ts';
import { effectOf } from '@contract/options.ts';
import { useActions, useMessages, useSnapshot } from '../view.tsx';
import type { OptionField } from './option-fields.ts';
import { daemonOf, resetValue, type OptionState } from './option-state.ts';
import type { OptionWords } from './option-words.ts';

type OptionDetailsProps = {
  readonly field: OptionField;
  readonly state: OptionState;
  readonly words: OptionWords;
  readonly title: string;
};

export function OptionDetails({ field, state, words, title }: OptionDetailsProps) {
  const actions = useActions();
  const snapshot = useSnapshot();
  const { plan } = useMessages();
  const { option, about } = field;
  const { facts } = words;
  const comma = separators[words.language].words;
  const say = (value: Json | undefined, none: string): string => (value === undefined ? none : wordsFor(value, words));
  const version = snapshot ? daemonOf(snapshot).version : null;
  const removed = effectOf(option.key, 'remove', version);
  const deprecated = about.deprecated ?? option.ignoredSince;
  const lines: readonly (readonly [string, string])[] = [
    [facts.source, words.sources[state.source]],
    [facts.default, say(state.fallback, words.ofMachine)],
    [facts.file, say(state.inFile, words.notSet)],
    [facts.flag, flagWords(state, words)],
    [facts.running, say(state.running, words.notTold)],
    ...(state.pending === undefined ? [] : [[facts.pending, say(state.pending, '')] as const]),
    [facts.set, state.effect === 'none' ? words.ignored : plan.effects[state.effect]],
    [facts.removed, removed === 'none' ? words.ignored : plan.effects[removed]],
    [facts.risk, words.risks[option.risk]],
    [facts.flags, option.flags.length > 0 ? option.flags.join(comma) : words.noFlag],
    [
      facts.versions,
      [words.versions(option.since, option.removed), deprecated ? words.deprecatedSince(deprecated) : '']
        .filter(Boolean)
        .join(comma),
    ],
  ];
  const canReset = state.inFile !== undefined && state.flag === null && state.foreign?.why !== 'flagOnly';
  return (
    <div className="option-details">
      <dl>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="buttons">
        <button type="button" className="button quiet" onClick={() => void actions.open(about.link)}>
          {words.docs}
        </button>
        <button type="button" className="button" onClick={() => actions.showInJson(state.path)}>
          {words.toJson}
        </button>
        <button
          type="button"
          className="button"
          disabled={!canReset}
          aria-label={words.reset(title)}
          onClick={() => actions.edit(state.path, resetValue(field, state))}
        >
          {words.resetLabel}
        </button>
      </div>
    </div>
  );
}

function flagWords({ flag }: OptionState, words: OptionWords): string {
  if (flag === null) return words.notSet;
  const said = flag.value === undefined ? flag.name : wordsFor(flag.value, words);
  return flag.place === '' ? said : words.from(said, flag.place);
}

/** A value in few words; what is long or deep stands as JSON. */
function wordsFor(value: Json, words: OptionWords): string {
  if (value === true) return words.on;
  if (value === false) return words.off;
  if (value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0))
    return words.nothing;
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return value.join(separators[words.language].words);
  return JSON.stringify(value);
}
