// The port to whoever asks an administrator, and the verbs that go that way: the same outcomes, by another process.
import { changeByHand, quoted, rescueByHand, verbByHand } from '../contract/by-hand.ts';
import type { Change } from '../contract/change.ts';
import type { Verb } from '../contract/ipc.ts';
import type { Outcome, Step } from '../contract/outcome.ts';
import type { Fallen, PipesReport } from '../contract/outage.ts';
import type { Consent } from '../contract/plan.ts';
import type { PrivilegedRequest, StatusDocument } from '../contract/privileged.ts';
import { fail, ok, type Result } from '../contract/problem.ts';
import type { Rights } from '../contract/rights.ts';
import type { Candidate } from '../contract/snapshot.ts';
import { keysOfEdits, keysToName, type Authorized } from './authority.ts';
import { consentProblem, type Prepared } from './apply.ts';
import { isHidden } from './config-state.ts';
import { readConfigText } from './config-text.ts';
import { prepareChange, prepareRescue, prepareVerb, prepareWayBack, type Gathered } from './gather.ts';
import { keepAlive } from './outage.ts';
import type { Identification } from './ports.ts';
import type { RescueRequest } from './rescue.ts';
import type { Steps } from './steps.ts';

export type Elevation = {
  /** Asks nobody anything. */
  rights(candidate: Candidate, found: Identification): Promise<Rights>;
  /**
   * Has one request carried out as root, after at most one question. Fails with `authorization.*`; then nothing was
   * begun, but for `authorization.lost`.
   */
  carryOut(
    request: PrivilegedRequest,
    by: Authorized,
    command: string,
    step: (step: Step) => void,
  ): Promise<Result<StatusDocument>>;
  /** What came of an earlier step of ours that nobody was there to hear; told once. */
  leftBehind(): Promise<Outcome | null>;
};

const consentIn = ({ accept, shown }: Consent): Consent => (shown ? { accept, shown } : { accept });

/** What the edits of a change need, and what they go on. */
function applyRequest(
  change: Change,
  given: { readonly etag: string | null } & Consent,
  /** Null where we may not read the file. */
  prepared: Prepared | null,
): Result<{ readonly request: PrivilegedRequest; readonly by: Authorized }> {
  if (prepared === null && change.kind === 'text')
    return fail({ kind: 'config.unreadable', path: '', cause: 'denied' });
  const named = prepared === null ? keysOfEdits(change) : keysToName(prepared);
  const etag = prepared === null ? ('unseen' as const) : { seen: given.etag };
  return ok({
    request: { version: 1, verb: 'apply', change, etag, ...consentIn(given) },
    by: { authority: named.length === 0 ? 'control' : 'change', named },
  });
}

/** Follows the other process's steps as if they were our own. */
async function elevated(
  elevation: Elevation,
  asked: { readonly request: PrivilegedRequest; readonly by: Authorized; readonly command: string },
  steps: Steps,
): Promise<Result<StatusDocument>> {
  await steps.begin('authorizing');
  const done = await elevation.carryOut(asked.request, asked.by, asked.command, (step) => void steps.begin(step));
  steps.end();
  if (!done.ok) return done;
  return done.value.problem === null ? done : fail(done.value.problem);
}

/** What may be asked for: the change was thought through with what we see, and only what would be begun is asked. */
export async function applyAsRoot(
  elevation: Elevation,
  gathered: Gathered,
  change: Change,
  given: { readonly etag: string | null } & Consent,
  steps: Steps,
): Promise<Result<StatusDocument> | 'nothing'> {
  const prepared = prepareChange(gathered, change);
  if (!prepared.ok) return prepared;
  const { plan, before, after } = prepared.value;
  const { config } = gathered.state;
  const blind = isHidden(config);
  const path = 'path' in config ? config.path : '';
  if (!blind && before.etag !== given.etag) return fail({ kind: 'config.changed', path });
  if (plan.blocked) return fail(plan.blocked);
  const unasked = consentProblem(plan, given);
  if (unasked) return fail(unasked);
  if (!blind && before.bytes !== null && Buffer.compare(before.bytes, after) === 0) return 'nothing';
  const asked = applyRequest(change, given, blind ? null : prepared.value);
  if (!asked.ok) return asked;
  const command = changeByHand(plan, targetOf(gathered)) ?? `sudo -e ${quoted(path)}`;
  return elevated(elevation, { ...asked.value, command }, steps);
}

export async function actAsRoot(
  elevation: Elevation,
  gathered: Gathered,
  verb: Verb,
  consent: Consent,
  steps: Steps,
): Promise<Result<StatusDocument>> {
  const { plan } = prepareVerb(gathered, verb);
  if (plan.blocked) return fail(plan.blocked);
  const unasked = consentProblem(plan, consent);
  if (unasked) return fail(unasked);
  const command = verbByHand(verb, targetOf(gathered)) ?? '';
  const by: Authorized = { authority: 'control', named: [] };
  return elevated(elevation, { request: { version: 1, verb, ...consent }, by, command }, steps);
}

/** One step, so that nothing is left halfway where a second question would not be answered. */
export async function rescueAsRoot(
  elevation: Elevation,
  gathered: Gathered,
  { etag, keep }: RescueRequest,
  steps: Steps,
): Promise<Result<StatusDocument>> {
  const { config } = gathered.state;
  const path = 'path' in config ? config.path : '';
  // Of a file that only root may read, only root can tell whom its start would stop.
  const prepared = isHidden(config) ? null : prepareRescue(gathered);
  if (prepared?.ok === false) return prepared;
  const seen = prepared?.value ?? null;
  if (seen !== null && seen.before.etag !== etag) return fail({ kind: 'config.changed', path });
  if (seen?.plan.blocked) return fail(seen.plan.blocked);
  const named = seen === null ? keysOfEdits({ kind: 'patch', patch: keepAlive }) : keysToName(seen);
  const where = targetOf(gathered);
  const write = seen === null ? null : changeByHand({ text: seen.plan.text, effect: 'none' }, where);
  const command = [write ?? `sudo -e ${quoted(path)}`, verbByHand('start', where) ?? []].flat().join(' && ');
  const by: Authorized = { authority: named.length === 0 ? 'control' : 'change', named };
  const request = { version: 1, verb: 'rescue', etag: seen === null ? 'unseen' : { seen: etag }, keep } as const;
  return elevated(elevation, { request, by, command }, steps);
}

/** The text of an earlier version goes to root with it, who may have kept no history of his own. */
export async function goBackAsRoot(
  elevation: Elevation,
  gathered: Gathered,
  { earlier, etag, ...consent }: Consent & { readonly earlier: Uint8Array; readonly etag: string | null },
  steps: Steps,
): Promise<Result<StatusDocument>> {
  const { config } = gathered.state;
  const path = 'path' in config ? config.path : '';
  const read = readConfigText(earlier, path, null);
  if (!read.ok) return read;
  const prepared = prepareWayBack(gathered, earlier);
  if (!prepared.ok) return prepared;
  const { plan, before } = prepared.value;
  if (before.etag !== etag) return fail({ kind: 'config.changed', path });
  if (plan.blocked) return fail(plan.blocked);
  const unasked = consentProblem(plan, consent);
  if (unasked) return fail(unasked);
  const named = keysToName(prepared.value);
  const by: Authorized = { authority: named.length === 0 ? 'control' : 'change', named };
  const command = rescueByHand({ ...plan, blocked: deniedAt(path) }, targetOf(gathered)) ?? `sudo -e ${quoted(path)}`;
  // A mark before it comes back, too; of UTF-16 the same text, because a request is one in UTF-8.
  const text =
    read.value.encoding === 'utf-8' ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(earlier) : read.value.text;
  const request = { version: 1, verb: 'go-back', text, etag, ...consentIn(consent) } as const;
  return elevated(elevation, { request, by, command }, steps);
}

/** As for who cannot ask: it is the command for just that case. */
const deniedAt = (path: string) => ({ kind: 'config.not-writable', path, block: 'denied' }) as const;

export const lookAsRoot = (elevation: Elevation, steps: Steps): Promise<Result<StatusDocument>> =>
  elevated(
    elevation,
    { request: { version: 1, verb: 'look' }, by: { authority: 'look', named: [] }, command: 'sudo docker info' },
    steps,
  );

/** Root finds out itself who ended with the daemon. */
export const startAgainAsRoot = (
  elevation: Elevation,
  containers: Fallen['containers'],
  steps: Steps,
): Promise<Result<StatusDocument>> =>
  elevated(
    elevation,
    {
      request: { version: 1, verb: 'start-again', containers: containers.map(({ id }) => id) },
      by: { authority: 'control', named: [] },
      command: ['sudo docker start', ...containers.map(({ name }) => quoted(name))].join(' '),
    },
    steps,
  );

export async function pipesAsRoot(
  elevation: Elevation,
  enlargeTo: number | null,
  steps: Steps,
): Promise<Result<PipesReport>> {
  const by: Authorized = { authority: enlargeTo === null ? 'look' : 'control', named: [] };
  const command = enlargeTo === null ? 'sudo afloat pipes' : `sudo afloat pipes --enlarge ${enlargeTo}`;
  const done = await elevated(elevation, { request: { version: 1, verb: 'pipes', enlargeTo }, by, command }, steps);
  if (!done.ok) return done;
  return done.value.pipes === null ? fail({ kind: 'authorization.lost', detail: '' }) : ok(done.value.pipes);
}

const targetOf = ({ identification }: Gathered) => ({
  manager: identification.managerKind,
  unit: identification.manager.unit,
  pid: identification.pid,
  configPath: identification.configPath,
});
