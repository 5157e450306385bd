// What stands in a field while somebody types, beside the value that came of it: that may be spelled otherwise.
import { useState } from 'react';

type Typed = {
  readonly text: string;
  /** The value when it was typed. */
  readonly from: string;
  /** The value that came of it; null: none did so far. */
  readonly to: string | null;
};

/**
 * The typed text, until the value is changed by other hands (undo, reset, the file): then that is to be seen. Null:
 * nothing is typed. `put` says whether the text becomes the value, maybe a moment later.
 */
export function useTyped(value: string): {
  readonly typed: string | null;
  readonly put: (text: string, isTaken: boolean) => void;
  readonly drop: () => void;
} {
  const [kept, setKept] = useState<Typed | null>(null);
  const now = followed(kept, value);
  if (now !== kept) setKept(now);
  return {
    typed: now?.text ?? null,
    put: (text, isTaken) => setKept({ text, from: value, to: isTaken && text.trim() !== value ? null : value }),
    drop: () => setKept(null),
  };
}

function followed(typed: Typed | null, value: string): Typed | null {
  if (typed === null) return null;
  if (typed.to === null) return value === typed.from ? typed : { ...typed, to: value };
  return value === typed.to ? typed : null;
}
