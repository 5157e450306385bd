// One line of a card: a title with one sentence of help on the left, the control on the right.
import type { ReactNode } from 'react';
import type { StatusPart } from '@contract/ipc.ts';
import { lockOn } from '@contract/policy.ts';
import { useMessages, useView } from '../view.tsx';
import { LockIcon } from './icons.tsx';

type RowProps = {
  readonly title: ReactNode;
  readonly help?: ReactNode;
  /** Id of the control that the title labels; the help gets `<id>-help`. */
  readonly id?: string;
  readonly children?: ReactNode;
};

export function Row({ title, help, id, children }: RowProps) {
  return (
    <div className="row">
      <div className="row-words">
        {id ? (
          <label className="row-title" htmlFor={id} id={`${id}-title`}>
            {title}
          </label>
        ) : (
          <span className="row-title">{title}</span>
        )}
        {help && (
          <p className="row-help" id={id && `${id}-help`}>
            {help}
          </p>
        )}
      </div>
      {children && <div className="row-control">{children}</div>}
    </div>
  );
}

/** Why an option does not move here; nothing where it does. */
export const LockLine = ({ lock }: { readonly lock: string | null }) =>
  lock === null ? null : (
    <p className="row-help locked">
      <LockIcon /> {lock}
    </p>
  );

/** What the administrator says of this option, where they locked it. */
export function useLock(option: string | undefined): string | null {
  const policy = useView((view) => view.snapshot?.policy);
  const { policy: words } = useMessages();
  if (option === undefined || policy?.state !== 'in-force') return null;
  const lock = lockOn(policy, option.split('.'));
  return lock && words.locked(policy.path, lock.reason);
}

/** A quiet group of rows under a heading. */
export function Section({
  title,
  children,
  aside,
  part,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly aside?: ReactNode;
  /** What leads here from outside of the window finds it by this. */
  readonly part?: StatusPart;
}) {
  return (
    <section className="section" aria-label={title} data-part={part} tabIndex={part && -1}>
      <div className="section-head">
        <h2>{title}</h2>
        {aside}
      </div>
      <div className="card">{children}</div>
    </section>
  );
}
