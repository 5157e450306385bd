// The commands that only look: status, watch, check.
import type { Problem } from '../contract/problem.ts';
import type { PipesReport } from '../contract/outage.ts';
import type { EngineView } from '../contract/snapshot.ts';
import type { Engine } from '../engine/engine.ts';
import type { Command } from './arguments.ts';
import { exitCodes } from './exit-code.ts';
import { fix } from './fix.ts';
import { notThere } from './not-there.ts';
import { checkDocument } from './plan-document.ts';
import { findingDocument } from './problem-document.ts';
import { readInput, withEngine, type Session } from './session.ts';
import { checkText, findingsText } from './show-findings.ts';
import { statusText, summaryText } from './show-status.ts';
import { statusDocument } from './status-document.ts';

export const status = (session: Session): Promise<number> =>
  withEngine(session, false, async (engine) => {
    const { screen } = session;
    const left = await whoIsLeft(engine);
    const view = engine.get();
    screen.result(statusDocument(view, screen.messages), () => statusText(view, left, screen.messages, screen.style));
    return exitCodes.done;
  });

/** With two looks at their pipes, a second apart, so that it can be said when each is full. Null while the daemon is up. */
async function whoIsLeft(engine: Engine): Promise<PipesReport | null> {
  const { outage } = engine.get();
  if (outage === null || outage.containers.length === 0) return outage;
  const report = await engine.pipes({ enlargeTo: null });
  return report.ok ? report.value : outage;
}

/** Every finding about this daemon and its containers; silence is health. */
export const doctor = (session: Session): Promise<number> =>
  withEngine(session, false, async (engine) => {
    const { screen } = session;
    const absent = notThere(engine.get());
    if (absent) return screen.problem(absent);
    const findings = await engine.doctor();
    const document = { findings: findings.map((finding) => findingDocument(screen.messages, finding)) };
    screen.result(document, () =>
      findings.length === 0
        ? `${screen.messages.doctor.healthy}\n`
        : findingsText(findings, null, screen.messages, screen.style),
    );
    return exitCodes.done;
  });

/** Tells every change of what is shown, until a signal or until nobody reads any more. */
export const watch = (session: Session): Promise<number> =>
  withEngine(session, false, async (engine) => {
    const { around, screen, interrupts } = session;
    let last = '';
    const tell = (view: EngineView): void => {
      const document = statusDocument(view, screen.messages);
      const text = summaryText(view, screen.messages, screen.style);
      const now = screen.json ? JSON.stringify(document) : text;
      if (now === last) return;
      last = now;
      screen.line(document, () => text);
    };
    const unread = new Promise<void>((resolve) => void around.onStdoutClosed(resolve));
    const stop = engine.watch(tell);
    await Promise.race([interrupts.next(), unread]);
    stop();
    return exitCodes.done;
  });

type Check = Extract<Command, { readonly name: 'check' }>;

export async function check(session: Session, command: Check): Promise<number> {
  if (command.fix) return fix(session, command);
  const { around, screen } = session;
  const { path, engineVersion, flags } = command;
  const input = path === null ? { bytes: null } : await readInput(around, path);
  if ('fault' in input) return screen.usage(input.fault);
  return withEngine(session, false, async (engine) => {
    const view = engine.get();
    const unknown = path === null ? withoutFile(view) : null;
    if (unknown !== null) return screen.problem(unknown);
    const checked = await engine.check(input.bytes, { version: engineVersion, flags });
    if (!checked.ok) return screen.problem(checked.problem);
    const { verdict, findings } = checked.value;
    screen.result(checkDocument(verdict, findings, screen.messages), () => {
      const name = path ?? ('path' in view.config ? view.config.path : '');
      return checkText(checked.value, name, screen.messages, screen.style);
    });
    return verdict === 'starts' ? exitCodes.done : exitCodes.refused;
  });
}

/** Why there is no file to check. */
function withoutFile(view: EngineView): Problem | null {
  if (view.config.state !== 'unknown') return null;
  const absent = notThere(view);
  if (absent) return absent;
  const { access } = view.target;
  return access.kind === 'read-only'
    ? { kind: 'target.read-only', reason: access.reason, detail: access.detail }
    : { kind: 'target.read-only', reason: 'config-unknown', detail: '' };
}
