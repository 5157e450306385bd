// The command that tells what an upgrade of the engine would do, and the way that loses nobody. It upgrades nothing.
import type { Messages } from '../contract/messages/index.ts';
import type { Upgrade } from '../contract/upgrade.ts';
import { exitCodes } from './exit-code.ts';
import { notThere } from './not-there.ts';
import { withEngine, type Session } from './session.ts';
import { columns, labeled, visible, type TextStyle } from './text-style.ts';

export const upgrade = (session: Session): Promise<number> =>
  withEngine(session, false, async (engine) => {
    const { screen } = session;
    const absent = notThere(engine.get());
    if (absent) return screen.problem(absent);
    const found = await engine.upgrade();
    screen.result(upgradeDocument(found, screen.messages), () => upgradeText(found, screen.messages, screen.style));
    return exitCodes.done;
  });

function upgradeDocument({ name, ...found }: Upgrade, { upgrade: words, plan }: Messages) {
  return {
    package: name,
    ...found,
    message: words.verdict(found.verdict),
    containers: found.containers.map(({ reasons, ...one }) => ({
      ...one,
      reasons: reasons.map((reason) => ({ kind: reason.kind, message: plan.reason(reason) })),
    })),
    problems: found.problems.map((problem) => ({ ...problem, message: words.problem(problem) })),
    steps: found.steps.map((step) => ({ ...step, message: words.step(step.kind) })),
  };
}

function upgradeText(found: Upgrade, { upgrade: words }: Messages, style: TextStyle): string {
  const { labels } = words;
  const { verdict, containers, removed, steps, byItself, held, problems } = found;
  const known = (text: string | null): string => (text === null ? words.unknown : visible(text));
  const rows = [
    [labels.package, known(found.name)],
    [labels.running, found.running === null ? words.down : visible(found.running)],
    [labels.installed, known(found.installed)],
    [labels.candidate, known(found.candidate)],
    [labels.held, held === null ? words.unknown : held ? words.yes : words.no],
    [
      labels.byItself,
      byItself.length > 0
        ? byItself.map((who) => words.byItself(who)).join('\n')
        : found.manager === null
          ? words.unknown
          : words.nobody,
    ],
  ] as const;
  const sentence = words.verdict(verdict);
  const isSafe = verdict === 'patch' || verdict === 'none' || verdict === 'unknown';
  const isNotKept = verdict === 'patch' && steps.some(({ kind }) => kind === 'stop');
  const fates = columns(containers.map((one) => [one.name, words.fate(one.verdict)]));
  return [
    labeled(rows, style),
    `${isSafe ? sentence : style.careful(sentence)}\n`,
    isNotKept ? `${style.careful(words.notKept)}\n` : '',
    fates.map((line) => `  ${line}\n`).join(''),
    problems.length > 0
      ? `${words.problems}:\n${problems.map((one) => `  - ${visible(words.problem(one))}\n    ${one.source}\n`).join('')}`
      : '',
    removed.length > 0 ? `${style.careful(words.removed(removed.map(visible)))}\n` : '',
    steps.map(({ kind, command }, i) => `${i + 1}. ${words.step(kind)}\n   ${visible(command)}\n`).join(''),
  ]
    .filter((part) => part !== '')
    .join('\n');
}
