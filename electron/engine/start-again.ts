// Starts the containers again that ended with the daemon, one after the other, in the order of their earlier starts.
import type { Fallen } from '../contract/outage.ts';
import { fail, ok, type Result } from '../contract/problem.ts';

/** All are tried; those that the daemon refuses are named with its words. */
export async function startAgain(
  fallen: Fallen | null,
  start: (id: string) => Promise<Result<string | null>>,
): Promise<Result<null>> {
  const names: string[] = [];
  const lines: string[] = [];
  for (const { id, name } of fallen?.containers ?? []) {
    const started = await start(id);
    if (!started.ok) return started;
    if (started.value === null) continue;
    names.push(name);
    lines.push(started.value);
  }
  return names.length === 0 ? ok(null) : fail({ kind: 'containers.not-started', names, lines });
}
