// Saves the containers that outlived their daemon: live restore into its file, then the start, as one transaction.
import type { Outcome } from '../contract/outcome.ts';
import { ok, type Result } from '../contract/problem.ts';
import type { ApplyRequest, ApplySite, Prepared } from './apply.ts';
import { startWith } from './start-with.ts';
import type { Steps } from './steps.ts';

export type RescueRequest = Pick<ApplyRequest, 'etag' | 'unseen'> & {
  /** Live restore stays on afterwards. */
  readonly keep: boolean;
};

export type RescueSite = ApplySite & {
  /** The change, planned as the start that follows it; fails where there is nobody to save. */
  prepareRescue(): Promise<Result<Prepared>>;
};

/**
 * Writes `true`, starts, and looks that everybody is still the same process. Without `keep` the value goes back
 * afterwards, first in the memory of the daemon, then the old bytes.
 */
export const rescue = (site: RescueSite, { keep, ...request }: RescueRequest, steps: Steps): Promise<Outcome> =>
  startWith(
    site,
    {
      ...request,
      accept: [],
      async prepare() {
        const prepared = await site.prepareRescue();
        if (!prepared.ok) return prepared;
        return ok({ ...prepared.value, lastly: keep ? null : { bytes: prepared.value.before.bytes } });
      },
    },
    steps,
  );
