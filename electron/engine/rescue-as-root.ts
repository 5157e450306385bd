// The rescue where an administrator has to be asked: the same change and the same start, each carried out as root.
import type { Outcome } from '../contract/outcome.ts';
import type { Result } from '../contract/problem.ts';
import { actAsRoot, applyAsRoot, type Elevation } from './elevation.ts';
import { isHidden } from './config-state.ts';
import { prepareRescue, type Gathered } from './gather.ts';
import { taken } from './looked.ts';
import { keepAlive } from './outage.ts';
import { refusal } from './outcome.ts';
import type { Steps } from './steps.ts';
import type { ViewStore } from './view.ts';

type Ports = {
  readonly elevation: Elevation;
  readonly store: ViewStore;
  readonly gather: () => Promise<Result<Gathered>>;
};

/** Nothing is started before the file is written. Without `keep` live restore is turned off again afterwards. */
export async function rescueAsRoot(
  ports: Ports,
  { etag, keep }: { readonly etag: string | null; readonly keep: boolean },
  steps: Steps,
): Promise<Outcome> {
  const seen = await ports.gather();
  if (!seen.ok) return refusal('start', seen.problem);
  // Of a file that only root may read, root tells at the start; then it is written, and nobody is lost by that.
  if (!isHidden(seen.value.state.config)) {
    const prepared = prepareRescue(seen.value);
    const problem = prepared.ok ? prepared.value.plan.blocked : prepared.problem;
    if (problem !== null) return refusal('start', problem);
  }
  const written = await change(ports, true, etag, steps);
  if (written.result !== 'applied' && written.result !== 'nothing') return { ...written, verb: 'start' };
  const gathered = await ports.gather();
  if (!gathered.ok) return { ...refusal('start', gathered.problem), file: 'new' };
  const started = taken(
    'start',
    ports.store,
    await actAsRoot(ports.elevation, gathered.value, 'start', { accept: [] }, steps),
  );
  if (started.result !== 'applied') return { ...started, file: 'new' };
  if (keep) return { ...started, file: 'new', history: written.history };
  const back = await change(ports, false, null, steps);
  return back.result === 'applied' ? { ...started, file: 'new' } : { ...back, verb: 'start' };
}

/** With its etag where somebody saw the file; else as it is now. */
async function change(ports: Ports, on: boolean, seen: string | null, steps: Steps): Promise<Outcome> {
  const gathered = await ports.gather();
  if (!gathered.ok) return refusal('start', gathered.problem);
  const { config } = gathered.value.state;
  const etag = seen ?? ('etag' in config ? config.etag : null);
  const patch = on ? keepAlive : [{ path: ['live-restore'], set: false }];
  const request = { etag, accept: [] };
  const done = await applyAsRoot(ports.elevation, gathered.value, { kind: 'patch', patch }, request, steps);
  return taken('apply', ports.store, done);
}
