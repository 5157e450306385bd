// Time that passes on the screen; it ticks only while something is under way.
import { useEffect, useState } from 'react';

/** Milliseconds since a moment, renewed at each step; null: nothing is under way, and nothing ticks. */
export function useElapsed(since: number | null, stepMs = 100): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (since === null) return;
    const timer = setInterval(() => setNow(Date.now()), stepMs);
    return () => clearInterval(timer);
  }, [since, stepMs]);
  // Before the first tick the clock still stands where it last stopped.
  return since === null ? 0 : Math.max(0, now - since);
}
