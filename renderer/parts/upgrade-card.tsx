// Another version of the engine that the package manager has: what Docker says of it, and the way as commands to copy.
import type { Upgrade, UpgradeVerdict } from '@contract/upgrade.ts';
import { gapIn } from '../sentences.ts';
import { useMessages } from '../view.tsx';
import { CopyCommand } from './by-hand.tsx';
import { Mark, type Tone } from './mark.tsx';
import { Row, Section } from './row.tsx';

const tones: Readonly<Record<UpgradeVerdict, Tone>> = {
  patch: 'good',
  unsupported: 'warn',
  skips: 'warn',
  downgrade: 'warn',
  none: 'good',
  unknown: 'off',
};

/** `29.1.0` of `5:29.1.0-1~debian.12~bookworm`; what does not read so stays as it is. */
const releaseOf = (version: string): string =>
  /^(?:\d+:)?v?(\d+\.\d+\.\d+(?:[-~](?:rc|beta|alpha)[.\d]*)?)/.exec(version)?.[1] ?? version;

export function UpgradeCard({ upgrade }: { readonly upgrade: Upgrade }) {
  const messages = useMessages();
  const { upgrade: words } = messages;
  const { name, running, candidate, verdict, held, byItself, removed, steps, problems } = upgrade;
  const release = releaseOf(candidate ?? '');
  const isWhole = release === candidate || release === running;
  const isNotKept = verdict === 'patch' && steps.some(({ kind }) => kind === 'stop');
  const more = [
    ...(isNotKept ? [words.notKept] : []),
    ...(held === true ? [words.held] : []),
    ...byItself.map((who) => words.byItselfSentence(who)),
    ...(removed.length > 0 ? [words.removed(removed)] : []),
  ];
  return (
    <Section title={words.title}>
      <Row
        title={
          <span className="upgrade-change">
            <Mark tone={isNotKept || problems.length > 0 ? 'warn' : tones[verdict]} />
            {words.change(running ?? '', (isWhole ? candidate : release) ?? '')}
          </span>
        }
        help={
          <>
            {words.verdict(verdict)}
            {!isWhole && (
              <code className="upgrade-package">
                {name} {candidate}
              </code>
            )}
          </>
        }
      />
      {more.length > 0 && (
        <ul className="card-note upgrade-notes">
          {more.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {problems.length > 0 && (
        <div className="card-note">
          <p>{words.problems}:</p>
          <ul className="upgrade-notes">
            {problems.map((problem) => (
              <li key={problem.id}>
                {words.problem(problem)}
                {gapIn(messages)}
                <span className="dim">{words.source(problem.source)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {steps.length > 0 && (
        <details className="card-text upgrade-steps">
          <summary>{words.steps}</summary>
          <ol>
            {steps.map(({ kind, command }) => (
              <li key={kind}>
                {words.step(kind)}
                <CopyCommand command={command} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </Section>
  );
}
