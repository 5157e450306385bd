// Gathers everything afresh before something is planned or done, and thinks it through.
import type { Change, Patch } from '../contract/change.ts';
import type { Verb } from '../contract/ipc.ts';
import type { JsonObject } from '../contract/json.ts';
import { effectOf, optionFor } from '../contract/options.ts';
import type { OptionChange, Plan } from '../contract/plan.ts';
import { namedKeys } from '../contract/privileged.ts';
import type { Policy } from '../contract/policy.ts';
import { fail, ok, type Problem, type Result } from '../contract/problem.ts';
import type { Candidate, Container, EngineFacts, EngineStatus } from '../contract/snapshot.ts';
import type { Rights } from '../contract/rights.ts';
import type { PreparedVerb } from './act.ts';
import type { Prepared } from './apply.ts';
import { runs } from './audit.ts';
import { accessBlock, stateBlock } from './blocks.ts';
import { keyOfEdit, keysToName } from './authority.ts';
import type { Circumstances } from './circumstances.ts';
import { editConfigText, encodeConfigText, newText, readConfigText, type ConfigText } from './config-text.ts';
import { isHidden, type ConfigState } from './config-state.ts';
import { atStart, byFlag, normalizePatch } from './live-restore.ts';
import type { Machine } from './machine.ts';
import type { PastGap } from './expected-gap.ts';
import type { Identification, Shim } from './ports.ts';
import type { PreparedStart } from './start-with.ts';
import { canSave, keepAlive } from './outage.ts';
import { realPath } from './real-path.ts';
import { planChange, planRescue, planStartWith, planVerb, type Edited } from './plan.ts';
import { accessOf } from './view.ts';

/** One look at everything, as of now. */
export type Gathered = {
  readonly candidate: Candidate;
  readonly identification: Identification;
  readonly engine: EngineStatus;
  readonly lastFacts: EngineFacts | null;
  readonly state: ConfigState;
  readonly containers: readonly Container[];
  readonly policy: Policy;
  readonly machine: Machine | null;
  readonly killMode: string | null;
  readonly shims: readonly Shim[];
  readonly pastGaps: readonly PastGap[];
  readonly step: Rights['step'];
};

/** What a plan is made from. */
export function circumstancesOf(gathered: Gathered): Circumstances {
  const { candidate, identification, engine, lastFacts, state, containers, killMode, shims, pastGaps, policy } =
    gathered;
  const facts = 'facts' in engine ? engine.facts : null;
  return {
    engine,
    lastFacts,
    version: facts?.version ?? lastFacts?.version ?? null,
    endpoint: candidate.endpoint,
    access: accessOf(identification, facts ? { kind: 'up', facts } : { kind: 'down' }, gathered.step),
    elevates: gathered.step === 'installed',
    manager: identification.managerKind,
    killMode,
    unit: identification.manager.unit,
    shims,
    usual: identification.usual,
    ownContainerd: identification.flags.some((flag) => flag.startsWith('--containerd')) ? false : null,
    flags: identification.flags,
    startFlags: identification.startFlags,
    flagSource: identification.flagSource,
    flagPlaces: identification.flagPlaces,
    config: state.config,
    policy,
    machine: gathered.machine,
    containers,
    pastGaps,
    realPath,
    now: Date.now(),
  };
}

/** Plans a change and prepares what the transaction needs to carry it out. */
export function prepareChange(gathered: Gathered, change: Change): Result<Prepared> {
  const now = circumstancesOf(gathered);
  const facts = 'facts' in gathered.engine ? gathered.engine.facts : null;
  if (now.elevates && isHidden(now.config)) return prepareBlindly(now, change);
  const path = gathered.identification.configPath ?? '';
  const { bytes } = gathered.state;
  const before = readConfigText(bytes ?? new Uint8Array(), path, bytes === null ? null : now.version);
  const edited = editedBy(change, before, path, now.version, facts);
  const planned = planChange(now, edited);
  if (!planned.ok) return planned;
  if (!edited.ok) return edited;
  const plan = planned.value;
  const unchanged = plan.text !== null && plan.text.before === plan.text.after;
  const like = before.ok ? before.value : newText;
  const etag = 'etag' in gathered.state.config ? gathered.state.config.etag : null;
  const files = {
    before: { etag, bytes, folderMissing: gathered.state.folderMissing },
    // The very bytes where no text changes, so that nothing is written for the sake of an encoding.
    after: unchanged && bytes !== null ? bytes : encodeConfigText(edited.value.text, bytes === null ? newText : like),
  };
  const authority = now.elevates ? authorityFor(keysToName({ plan, ...files })) : null;
  return ok({
    ...files,
    plan: { ...plan, authority },
    facts,
    containers: gathered.containers,
    liveRestoreByFlag: byFlag(gathered.identification.startFlags) !== null,
    setBack: setBackFor(plan.changes, facts),
    withPlugins: namesPlugins(edited.value.values),
  });
}

/**
 * Edits of a file that we may not read: what they need is told by themselves, what they do to containers by whoever
 * carries them out, before he does.
 */
function prepareBlindly(now: Circumstances, change: Change): Result<Prepared> {
  if (change.kind === 'text' && now.config.state === 'unreadable') return fail(now.config.problem);
  const empty = planVerb('reload', now);
  const changes = changesOfEdits(change, now.version);
  const effects = new Set(changes.map(({ effect }) => effect));
  const effect = effects.has('restart') ? 'restart' : effects.has('reload') ? 'reload' : 'none';
  const authority = authorityFor(namedKeys(changes));
  const blocked = accessBlock(now) ?? stateBlock(now, 'apply');
  return ok({
    plan: { ...empty, verb: 'apply', effect, changes, findings: [], authority, needs: [], blocked },
    before: { etag: null, bytes: null, folderMissing: false },
    after: new Uint8Array(),
    facts: null,
    containers: [],
    liveRestoreByFlag: false,
    setBack: [],
    withPlugins: false,
  });
}

function changesOfEdits(change: Change, version: string | null): readonly OptionChange[] {
  const edits = change.kind === 'patch' ? change.patch : [];
  return edits.map((edit): OptionChange => {
    const key = keyOfEdit(edit);
    const [act, to] = 'set' in edit ? (['set', edit.set] as const) : (['remove', undefined] as const);
    return { key, from: undefined, to, effect: effectOf(key, act, version), risk: 'none' };
  });
}

const authorityFor = (named: readonly string[]): Plan['authority'] => ({
  authority: named.length === 0 ? 'control' : 'change',
  named,
});

/** Plans the start that saves whoever still runs: the same change, with what becomes of them at that start. */
export function prepareRescue(gathered: Gathered): Result<Prepared> {
  const prepared = prepareChange(gathered, { kind: 'patch', patch: keepAlive });
  if (!prepared.ok) return prepared;
  const now = circumstancesOf(gathered);
  const text = prepared.value.plan.text?.after ?? '';
  const plan = planRescue(now, readEdited(text, gathered.identification.configPath ?? '', now.version));
  return plan.ok ? ok({ ...prepared.value, plan: plan.value }) : plan;
}

/**
 * Plans the start with an earlier text. Where it would stop somebody who can be saved, live restore is on in the file for
 * that start, and the text is the very one afterwards.
 */
export function prepareWayBack(gathered: Gathered, earlier: Uint8Array): Result<PreparedStart> {
  const now = circumstancesOf(gathered);
  const path = gathered.identification.configPath ?? '';
  const read = readConfigText(earlier, path, now.version);
  if (!read.ok) return read;
  const { values } = read.value;
  const prepared = prepareChange(gathered, { kind: 'text', text: read.value.text });
  if (!prepared.ok) return prepared;
  const plain = planStartWith(now, readEdited(read.value.text, path, now.version));
  if (!plain.ok) return plain;
  const { authority } = prepared.value.plan;
  const back = { ...prepared.value, plan: { ...plain.value, authority }, after: earlier, lastly: null };
  const { startFlags } = gathered.identification;
  const stopsSomebody = gathered.containers.some(runs) && !atStart(values, startFlags);
  if (!stopsSomebody || !canSave(startFlags, gathered.lastFacts)) return ok(back);
  const alive = editConfigText(read.value, keepAlive);
  const saving = alive.ok ? planStartWith(now, readEdited(alive.value, path, now.version)) : alive;
  // What may not be saved (a lock by policy) is asked about instead.
  if (!alive.ok || !saving.ok || saving.value.blocked?.kind !== plain.value.blocked?.kind) return ok(back);
  const { containers, needs } = saving.value;
  // Who has no right to write it here is shown the text to write by hand.
  const text = back.plan.blocked === null ? back.plan.text : saving.value.text;
  return ok({
    ...back,
    plan: { ...back.plan, containers, needs, text },
    after: encodeConfigText(alive.value, read.value),
    lastly: { bytes: earlier },
  });
}

/** Plans a verb without a change. */
export function prepareVerb(gathered: Gathered, verb: Verb): PreparedVerb {
  const { config, bytes } = gathered.state;
  const { configPath, configPathGiven } = gathered.identification;
  const plan = planVerb(verb, circumstancesOf(gathered));
  // Without the file that its flag names it ends at once, and a reload fails without a word (measured on 28.5).
  const isMissing = config.state === 'absent' && configPathGiven && verb !== 'stop';
  const missing: Problem | null = isMissing
    ? { kind: 'config.unreadable', path: configPath ?? '', cause: 'missing' }
    : null;
  return {
    plan: { ...plan, blocked: plan.blocked ?? missing },
    facts: 'facts' in gathered.engine ? gathered.engine.facts : null,
    containers: gathered.containers,
    bytes,
    configPath: gathered.identification.configPath ?? '',
    withPlugins: config.state === 'read' && namesPlugins(config.values),
  };
}

function editedBy(
  change: Change,
  before: Result<ConfigText>,
  path: string,
  version: string | null,
  facts: EngineFacts | null,
): Result<Edited> {
  if (change.kind === 'patch') {
    if (!before.ok) return before;
    const empty = change.patch.some((edit) => edit.path.length === 0 || edit.path.some((key) => key === ''));
    if (empty) return fail({ kind: 'change.empty-path' });
    const text = editConfigText(before.value, normalizePatch(change.patch, facts?.liveRestore ?? null));
    return text.ok ? readEdited(text.value, path, version) : text;
  }
  // The mark belongs to the encoding, which the file keeps: as text it would be written twice.
  return readEdited(change.text.replace(/^\uFEFF/, ''), path, version);
}

/** What dockerd makes of a text: by its own rules and by the newest, so that what is written starts after an upgrade too. */
function readEdited(text: string, path: string, version: string | null): Result<Edited> {
  const bytes = new TextEncoder().encode(text);
  const own = readConfigText(bytes, path, version);
  const read = own.ok ? readConfigText(bytes, path, null) : own;
  return read.ok ? ok({ text, values: read.value.values }) : read;
}

/**
 * Edits that give the running daemon back what it had: for options that it takes on reload, that were not in the file,
 * and that it keeps when they go from the file again (measured on 20.10 and 28.5).
 */
export function setBackFor(changes: readonly OptionChange[], facts: EngineFacts | null): Patch {
  return changes.flatMap((change) => {
    const option = optionFor(change.key);
    if (change.effect !== 'reload' || change.from !== undefined || !option?.sticks) return [];
    const running =
      facts === null
        ? null
        : change.key === 'live-restore'
          ? facts.liveRestore
          : change.key === 'debug'
            ? facts.debug
            : null;
    const value = running ?? option.default;
    return value === null ? [] : [{ path: option.path, set: value }];
  });
}

const namesPlugins = (values: JsonObject): boolean => {
  const plugins = values['authorization-plugins'];
  return Array.isArray(plugins) && plugins.length > 0;
};
