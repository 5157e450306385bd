// Starts the containers again that ended with the daemon, one after the other, in the order of their earlier starts.
import { fail, ok, type Result } from '../contract/problem.ts';
import type { EngineView } from '../contract/snapshot.ts';
import { runs } from './audit.ts';

/**
 * All are tried; those that the daemon refuses are named with its words. `only`: of these ids, and nobody if one of them
 * neither ended with the daemon nor runs by now. Null: all that ended with it.
 */
export async function startAgain(
  { fallen, containers }: Pick<EngineView, 'fallen' | 'containers'>,
  only: readonly string[] | null,
  start: (id: string) => Promise<Result<string | null>>,
): Promise<Result<null>> {
  const ended = fallen?.containers ?? [];
  const isMeant = (id: string): boolean =>
    ended.some((one) => one.id === id) || (containers?.list ?? []).some((one) => one.id === id && runs(one));
  const strange = only?.filter((id) => !isMeant(id)) ?? [];
  if (strange.length > 0) return fail({ kind: 'containers.not-fallen', ids: strange });
  const names: string[] = [];
  const lines: string[] = [];
  for (const { id, name } of only === null ? ended : ended.filter((one) => only.includes(one.id))) {
    const started = await start(id);
    if (!started.ok) return started;
    if (started.value === null) continue;
    names.push(name);
    lines.push(started.value);
  }
  return names.length === 0 ? ok(null) : fail({ kind: 'containers.not-started', names, lines });
}
