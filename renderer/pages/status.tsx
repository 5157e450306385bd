// What the daemon is really doing: its state with what helps, facts, containers live, findings, the last action.
import { isWorse } from '@contract/audit.ts';
import type { Snapshot } from '@contract/snapshot.ts';
import { ContainerTable } from '../parts/container-table.tsx';
import { DaemonFacts } from '../parts/daemon-facts.tsx';
import { DrillCard } from '../parts/drill-card.tsx';
import { EngineCard } from '../parts/engine-card.tsx';
import { FallenCard } from '../parts/fallen-card.tsx';
import { Findings } from '../parts/findings.tsx';
import { LastOutcome } from '../parts/last-outcome.tsx';
import { OrphansCard } from '../parts/orphans-card.tsx';
import { ReadOnlyNote } from '../parts/read-only-note.tsx';
import { OthersRestartCard } from '../parts/others-restart-card.tsx';
import { OutageTable } from '../parts/outage-table.tsx';
import { RescueCard } from '../parts/rescue-card.tsx';
import { Section } from '../parts/row.tsx';
import { StatusJump } from '../parts/status-jump.tsx';
import { UpgradeCard } from '../parts/upgrade-card.tsx';
import { useMessages } from '../view.tsx';

export function Status({ snapshot }: { readonly snapshot: Snapshot }) {
  const { status: words, pages } = useMessages().window;
  const { engine, findings, lastOutcome } = snapshot;
  // What was done from here since then is the later proof.
  const { othersRestart } = snapshot;
  const others = othersRestart && othersRestart.at > (lastOutcome?.startedAt ?? 0) ? othersRestart : null;
  const known = engine.state !== 'absent' && engine.state !== 'denied';
  const warnings = 'facts' in engine ? engine.facts.warnings : [];
  return (
    <>
      <header className="head">
        <h1>{pages.status}</h1>
      </header>
      <StatusJump />
      <RescueCard snapshot={snapshot} />
      <EngineCard snapshot={snapshot} />
      <FallenCard snapshot={snapshot} />
      {others && isWorse(others.audit) && <OthersRestartCard restart={others} />}
      {known && engine.state !== 'connecting' && <ReadOnlyNote snapshot={snapshot} />}
      {findings.length > 0 && (
        <section className="section" aria-label={words.findings} data-part="findings" tabIndex={-1}>
          <div className="section-head">
            <h2>{words.findings}</h2>
          </div>
          <Findings findings={findings} />
        </section>
      )}
      {snapshot.orphans.length > 0 && <OrphansCard orphans={snapshot.orphans} />}
      {snapshot.outage ? (
        <OutageTable outage={snapshot.outage} snapshot={snapshot} />
      ) : (
        known && <ContainerTable snapshot={snapshot} />
      )}
      {snapshot.upgrade && <UpgradeCard upgrade={snapshot.upgrade} />}
      {'facts' in engine && snapshot.target.access.kind === 'proven' && (
        <DrillCard busy={snapshot.operation.kind === 'running'} />
      )}
      {engine.state !== 'absent' && <DaemonFacts snapshot={snapshot} />}
      {warnings.length > 0 && (
        <Section title={words.warnings}>
          <ul className="card-text warnings">
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Section>
      )}
      {others && !isWorse(others.audit) && <OthersRestartCard restart={others} />}
      {lastOutcome && <LastOutcome outcome={lastOutcome} />}
    </>
  );
}
