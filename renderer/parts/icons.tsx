// The few drawings: one per page, the life ring, and signs for buttons. All are decoration beside words.
import type { ReactNode } from 'react';

function Drawing({ children }: { readonly children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const GeneralIcon = () => (
  <Drawing>
    <path d="M3 6h9M16 6h1M3 14h1M8 14h9" />
    <circle cx="14" cy="6" r="2" />
    <circle cx="6" cy="14" r="2" />
  </Drawing>
);

export const DaemonIcon = () => (
  <Drawing>
    <rect x="3" y="4" width="14" height="5" rx="1.5" />
    <rect x="3" y="11" width="14" height="5" rx="1.5" />
    <path d="M6 6.5h.01M6 13.5h.01" />
  </Drawing>
);

export const StatusIcon = () => (
  <Drawing>
    <path d="M2 10h4l2.5-5 3 10 2.5-5h4" />
  </Drawing>
);

export const AboutIcon = () => (
  <Drawing>
    <circle cx="10" cy="10" r="7" />
    <path d="M10 9v4M10 6.5h.01" />
  </Drawing>
);

export const HistoryIcon = () => (
  <Drawing>
    <circle cx="10" cy="10" r="7" />
    <path d="M10 6v4l3 2" />
  </Drawing>
);

export const AddIcon = () => (
  <Drawing>
    <path d="M10 5v10M5 10h10" />
  </Drawing>
);

export const RemoveIcon = () => (
  <Drawing>
    <path d="M6 6l8 8M14 6l-8 8" />
  </Drawing>
);

export const UndoIcon = () => (
  <Drawing>
    <path d="M7 5L4 8l3 3M4 8h7a4 4 0 0 1 0 8H8" />
  </Drawing>
);

export const RedoIcon = () => (
  <Drawing>
    <path d="M13 5l3 3-3 3M16 8H9a4 4 0 0 0 0 8h3" />
  </Drawing>
);

export const LockIcon = () => (
  <Drawing>
    <rect x="5" y="9" width="10" height="7" rx="1.5" />
    <path d="M7 9V7a3 3 0 0 1 6 0v2" />
  </Drawing>
);

export const UpIcon = () => (
  <Drawing>
    <path d="M10 15V6M6 10l4-4 4 4" />
  </Drawing>
);

export const ChevronIcon = () => (
  <Drawing>
    <path d="M6 8l4 4 4-4" />
  </Drawing>
);

export const SearchIcon = () => (
  <Drawing>
    <circle cx="9" cy="9" r="5" />
    <path d="M13 13l4 4" />
  </Drawing>
);

/** The mark: a life ring, in the accent color while live restore is on. */
export function Ring({ on, large = false }: { readonly on: boolean; readonly large?: boolean }) {
  const kind = `${on ? 'ring on' : 'ring'}${large ? ' large' : ''}`;
  return (
    <svg className={kind} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <circle className="ring-ground" cx="24" cy="24" r="15" />
      <circle className="ring-bands" cx="24" cy="24" r="15" />
      <circle className="ring-edge" cx="24" cy="24" r="21" />
      <circle className="ring-edge" cx="24" cy="24" r="9.2" />
    </svg>
  );
}
