// Gathers what the presets depend on, for the daemon and the computer at hand.
import type { Preset } from '../contract/preset.ts';
import { fail, ok, type Result } from '../contract/problem.ts';
import { seenFacts, valuesNow, type Circumstances } from './circumstances.ts';
import type { Platform } from './ports.ts';
import { presetsFor } from './presets.ts';

/** What cannot be read is no ground for a change: fails with what is wrong with the file. */
export function presetsHere(
  now: Circumstances,
  { surroundings, networks }: Pick<Platform, 'surroundings' | 'networks'>,
  mirror: string | null,
): Result<readonly Preset[]> {
  if (now.config.state === 'unreadable') return fail(now.config.problem);
  return ok(
    presetsFor({
      values: valuesNow(now) ?? {},
      version: now.version,
      windows: seenFacts(now)?.osType === 'windows',
      environment: surroundings.env,
      networks: networks(),
      policy: now.policy,
      mirror,
    }),
  );
}
