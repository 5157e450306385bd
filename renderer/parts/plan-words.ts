// A plan in three short sentences for the bar: what, who survives, and what else is to be known.
import type { Messages } from '@contract/messages/page.ts';
import type { Plan } from '@contract/plan.ts';
import { joined } from '../sentences.ts';
import { countVerdicts } from '../verdict-counts.ts';
import { titleOfKey, type Titles } from '../fields/titles.ts';

/** The sentences, and whether every container keeps running. */
export function planWords(messages: Messages, titles: Titles, plan: Plan) {
  const { bar } = messages.window;
  const { all, kept, interrupted, stops, hidden, lost } = countVerdicts(plan.containers);
  const asked = plan.changes.filter(({ waiting }) => waiting !== true);
  const title = asked.length === 0 ? bar.layoutOnly : messages.plan.changesNeed(asked);
  const names = (keep: (change: Plan['changes'][number]) => boolean): readonly string[] =>
    asked.filter(keep).map(({ key }) => titleOfKey(messages, titles, key));
  const later = names(({ risk }) => risk === 'deferred');
  const causes = names(({ effect, risk }) => effect === 'restart' && risk !== 'deferred');
  const waiting = plan.changes
    .filter((change) => change.waiting === true)
    .map(({ key }) => titleOfKey(messages, titles, key));
  const mixed = asked.some(({ effect }) => effect !== 'restart');
  return {
    title,
    safe: kept === all,
    who:
      kept === all && plan.effect === 'none'
        ? ''
        : kept === all
          ? bar.allKeep(all)
          : bar.someEnd(stops, hidden + lost, all),
    more: joined(
      messages,
      interrupted > 0 ? bar.interrupted(interrupted) : '',
      plan.effect === 'reload-then-restart' ? bar.twoPhases : '',
      mixed && causes.length > 0 ? bar.restartBecause(causes) : '',
      waiting.length > 0 ? bar.alsoTakes(waiting) : '',
      later.length > 0 && all > 0 ? bar.later(later) : '',
      plan.expectedGapMs === 0 ? '' : messages.plan.gap(plan.expectedGapMs, plan.expectedGapRangeMs),
    ),
  };
}
