// What is worth knowing about a configuration or a daemon, the gravest first.
import type { Finding } from '@contract/plan.ts';
import { bySeverity } from '@contract/severity.ts';
import { findingWords } from '../sentences.ts';
import { severityTones } from '../severity.ts';
import { useActions, useMessages, useView } from '../view.tsx';
import { Note } from './note.tsx';

export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const messages = useMessages();
  const actions = useActions();
  const isDrafted = useView(({ draft }) => draft !== null);
  // A text that is being written is put right where it is written.
  const isText = useView(({ draft }) => draft?.change.kind === 'text');
  const sorted = findings.toSorted(bySeverity);
  return (
    <div className="notes">
      {sorted.map((finding, i) => {
        const { title, detail, lines } = findingWords(messages, finding);
        const { place, path } = finding;
        const line = place?.line;
        // Beside a draft the text is another than the one that was checked, in which its line may be another too.
        const at = isDrafted && path.length > 0 ? path : place;
        const defuse = finding.about.kind === 'live-restore-with-swarm' && line !== undefined && (
          <button type="button" className="button primary" onClick={() => void actions.defuse()}>
            {messages.drill.defuse}
          </button>
        );
        const go = line !== undefined && at !== null && (
          <button type="button" className="button" onClick={() => actions.showInJson(at)}>
            {messages.window.actions.editLine(line)}
          </button>
        );
        const { about, fix } = finding;
        // Into the draft, where it is seen as a difference before anything is written.
        const putRight = fix !== undefined && !defuse && !isText && (
          <button type="button" className="button" onClick={() => void actions.take(fix)}>
            {messages.window.actions.putRight}
          </button>
        );
        const mute = about.kind === 'doctor' && (
          <button type="button" className="button" onClick={() => void actions.mute(about.check)}>
            {messages.doctor.mute}
          </button>
        );
        const buttons = (defuse || putRight || go || mute) && (
          <>
            {defuse || putRight}
            {!defuse && go}
            {mute}
          </>
        );
        return (
          <Note key={i} tone={severityTones[finding.severity]} title={title} lines={lines} buttons={buttons}>
            {detail && <p>{detail}</p>}
          </Note>
        );
      })}
    </div>
  );
}
