// Puts what happened into the words of a notification, and names the place where it leads.
import { isWorse, type Audit } from '../contract/audit.ts';
import type { PlaceName, StatusPart } from '../contract/ipc.ts';
import type { Messages } from '../contract/messages/index.ts';
import { separators } from '../contract/messages/separators.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { NoticeKind } from '../contract/preferences.ts';

export type Notice = {
  readonly kind: NoticeKind;
  readonly title: string;
  readonly body: string;
  /** What a click does, as a button where the desktop has those. */
  readonly action: string;
  readonly place: PlaceName;
  /** Where on Status, where that is not at its beginning. */
  readonly part?: StatusPart;
};

export const downNotice = ({ notices }: Messages, running: number | null): Notice => ({
  kind: 'down',
  title: notices.down.title,
  body: notices.down.body(running),
  action: notices.actions.status,
  place: 'status',
});

/** Its containers still run, and the next start would stop them. */
export const rescueNotice = ({ notices, outage }: Messages, running: number): Notice => ({
  kind: 'rescue',
  title: outage.rescue.notice.title,
  body: outage.rescue.notice.body(running),
  action: notices.actions.status,
  place: 'status',
});

export const fallenNotice = ({ notices, outage }: Messages, names: readonly string[]): Notice => ({
  kind: 'fallen',
  title: outage.fallen.notice.title,
  body: outage.fallen.notice.body(names),
  action: notices.actions.status,
  place: 'status',
});

export const backNotice = ({ notices }: Messages, running: number | null): Notice => ({
  kind: 'back',
  title: notices.back.title,
  body: notices.back.body(running),
  action: notices.actions.status,
  place: 'status',
});

/** `ran` and `running`: containers before and after; null where not known. */
export const restartedNotice = ({ notices }: Messages, ran: number | null, running: number | null): Notice => ({
  kind: 'restarted',
  title: notices.restarted.title,
  body: notices.restarted.body(ran, running),
  action: notices.actions.status,
  place: 'status',
  part: 'others-restart',
});

export const fileNotice = ({ notices }: Messages, path: string): Notice => ({
  kind: 'file-changed',
  title: notices.fileChanged.title,
  body: notices.fileChanged.body(path),
  action: notices.actions.file,
  place: 'daemon/json',
});

/** Null where nothing is worth a word: all is as foretold, or those that ended with it are told of by `fallenNotice`. */
export function comparedNotice({ notices, audit: words }: Messages, audit: Audit): Notice | null {
  const surprises = audit.containers.flatMap(({ foretold, deviations }) =>
    foretold === 'keeps-running' || foretold === 'interrupted' ? deviations : [],
  );
  if (audit.orphans.length === 0 && surprises.every(({ kind }) => kind === 'ended')) return null;
  const { title, body } = words.notice;
  return {
    kind: 'not-as-before',
    title,
    body: body(audit),
    action: notices.actions.status,
    place: 'status',
    part: 'others-restart',
  };
}

/** Containers whose log pipes fill while nobody reads them, the fullest first; `inMs` until the first one blocks. */
export type PipesFilling = { readonly names: readonly string[]; readonly inMs: number | null };

export const pipesNotice = ({ notices }: Messages, { names, inMs }: PipesFilling): Notice => ({
  kind: 'pipes-filling',
  title: notices.pipesFilling.title,
  body: notices.pipesFilling.body(names, inMs === null ? null : Math.max(1, Math.round(inMs / 60_000))),
  action: notices.actions.status,
  place: 'status',
  part: 'containers',
});

/** Null: nothing came of it that is worth a word. */
export function outcomeNotice(messages: Messages, outcome: Outcome): Notice | null {
  const { notices } = messages;
  const { verb, result, containers, audit } = outcome;
  const told = (kind: NoticeKind, title: string, body: string): Notice => ({
    kind,
    title,
    body,
    action: notices.actions.status,
    place: 'status',
    part: 'outcome',
  });
  switch (result) {
    case 'applied':
      return told(
        'applied',
        notices.applied.title(verb),
        [
          notices.applied.body(containers.kept, containers.before),
          // Also what kept running may have lost its port or its network.
          ...(audit !== null && isWorse(audit) ? [messages.audit.summary(audit)] : []),
        ].join(separators[messages.language].sentences),
      );
    case 'rolled-back':
      return told('rolled-back', notices.rolledBack.title(verb), notices.rolledBack.body);
    case 'failed':
      return told('rolled-back', notices.failed.title(verb), notices.failed.body);
    case 'refused':
      return told('rolled-back', notices.refused.title(verb), notices.refused.body);
    case 'nothing':
      return null;
  }
}
