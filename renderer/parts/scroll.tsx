// A part that may be longer than its frame; it can be scrolled by keyboard too.
import type { ReactNode } from 'react';

type ScrollProps = {
  readonly className: string;
  readonly label: string;
  readonly id?: string;
  readonly children: ReactNode;
};

// Without the tab stop, whoever has no pointer could not see what is out of the frame; and a landmark for each would
// be one too many for those who listen.
/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role */
export const Scroll = ({ className, label, id, children }: ScrollProps) => (
  <div className={className} id={id} role="group" aria-label={label} tabIndex={0}>
    {children}
  </div>
);
