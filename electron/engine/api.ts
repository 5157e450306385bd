// The questions of the Engine API that we ask, each answer read field by field.
import { fail, ok, type Result } from '../contract/problem.ts';
import type { Container, ContainerCounts, EngineFacts } from '../contract/snapshot.ts';
import type { Json } from '../contract/json.ts';
import {
  containerFrom,
  execIdsIn,
  factsFrom,
  isExecOfUser,
  lastRunIn,
  listedFrom,
  minimumFrom,
  quorumFrom,
  type LastRun,
  type Listed,
} from './api-answers.ts';
import type { Http, HttpFailure, HttpStream } from './http.ts';
import { createLineReader } from './lines.ts';
import { logLinesIn, type LogLine } from './log-lines.ts';

/** The oldest API we speak (engine 19.03) and the newest we were tried with; servers of 29 refuse less than 1.44. */
const oldest = '1.40';
const newest = '1.51';

const limitMs = 10_000;
/** Mounts and networks of a container can take their time. */
const startLimitMs = 120_000;
/** A log is read in the time after a restart, when much else is asked for. */
const logLimits = { limitMs: 5_000, maxBytes: 4 * 1024 * 1024, encoding: 'latin1' } as const;
/** Inspecting asks for one container each; more at once than this only makes dockerd slower. */
const inspectAtOnce = 6;

/** A container that is used as a shell server has more; that it has many is enough to know. */
const mostExecs = 20;

const filters = (what: Readonly<Record<string, readonly string[]>>): string => encodeURIComponent(JSON.stringify(what));
/**
 * What changes something that we tell. Commands run inside containers, which every health check is, are not among
 * them: the daemon sends nothing for those (`health_status` also stands for its forms with a colon; measured on 20.10,
 * 26.1, 28.5).
 */
const changing = 'create start restart die pause unpause destroy rename update health_status reload';
const told = filters({ type: ['daemon', 'container'], event: changing.split(' ') });
/** What a container is connected to is told as an event of the network, with the container among its attributes. */
const heard = filters({
  type: ['daemon', 'container', 'network'],
  event: `${changing} kill connect disconnect`.split(' '),
});
const managersOnly = filters({ role: ['manager'] });

/** A `daemon`, `container` or `network` event. */
export type ApiEvent = {
  readonly type: string;
  readonly action: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Decimal text of nanoseconds since 1970. */
  readonly timeNano: string;
};

export type PingAnswer =
  | { readonly kind: 'ok'; readonly apiVersion: string }
  | { readonly kind: 'not-ready' }
  | { readonly kind: 'failed'; readonly failure: HttpFailure };

export type LogAsked = {
  /** Ms since 1970; null: whenever they were written. */
  readonly sinceMs: number | null;
  /** So many lines of the end of the log at most. */
  readonly tail: number;
  /** Of a terminal there is one stream, without frames. */
  readonly tty: boolean;
};

/** `too-large`: those lines are longer than what is read. `none`: its driver keeps none that could be read, or no answer. */
export type LogSilence = 'too-large' | 'none';

export type Api = {
  /** `/_ping` without a version; `not-ready` for any answer but 200. */
  ping(limitMs: number): Promise<PingAnswer>;
  /**
   * Chooses the version to speak: the newest that both know, by `Api-Version` of a ping and, only where the server
   * knows newer ones than we do, its `MinAPIVersion`. `engine.unsupported` where the server is too old for us.
   */
  negotiate(serverVersion: string): Promise<Result<string>>;
  facts(): Promise<Result<EngineFacts>>;
  /** All containers; those that run with process id and start time. */
  containers(): Promise<Result<readonly Container[]>>;
  container(id: string): Promise<Result<Container | null>>;
  /** Null while it never ended, and where the daemon does not know it. */
  lastRun(id: string): Promise<LastRun | null>;
  /** The times of the last lines of its log. */
  logLines(id: string, asked: LogAsked): Promise<readonly LogLine[] | LogSilence>;
  /** Any document, as it is; null for 404. */
  document(path: string): Promise<Result<Json | null>>;
  /** Starts a container that does not run; null: done, else the daemon's words why not. */
  start(id: string): Promise<Result<string | null>>;
  /**
   * Events of the daemon and of containers from now on, by this computer's clock; resolves when the daemon has answered.
   * It answers before it listens, and what happens in between is sent all the same because of that time.
   */
  events(onEvent: (event: ApiEvent) => void): Promise<Result<HttpStream>>;
  /** Those of the past, since ms since 1970; as many as the daemon remembers (256 on all versions). */
  eventsSince(sinceMs: number): Promise<Result<readonly ApiEvent[]>>;
  close(): void;
};

export function createApi(http: Http, endpoint: string): Api {
  let version = newest;
  let negotiatedFor: string | null = null;
  const unreachable = (failure: HttpFailure): Result<never> => {
    if (failure === 'denied') return fail({ kind: 'engine.denied', endpoint });
    if (failure === 'refused') return fail({ kind: 'engine.absent', endpoint });
    if (failure === 'timeout') return fail({ kind: 'engine.hanging', endpoint, waitedMs: limitMs });
    return fail({ kind: 'engine.unreachable', endpoint, cause: failure });
  };
  /** The document at a path; null for 404. */
  const read = async (path: string, prefix = `/v${version}`): Promise<Result<Json | null>> => {
    const answer = await http.get(`${prefix}${path}`, { limitMs });
    if (!answer.ok) return unreachable(answer.failure);
    if (answer.status === 404) return ok(null);
    if (answer.status !== 200) {
      return fail({ kind: 'engine.unreachable', endpoint, cause: `${answer.status} ${answer.text.slice(0, 200)}` });
    }
    try {
      return ok(JSON.parse(answer.text) as Json);
    } catch {
      // Whatever sent this is no Docker daemon, or one that broke off.
      return fail({ kind: 'engine.unreachable', endpoint, cause: 'not JSON' });
    }
  };
  const inspect = async (id: string, listed: Listed | null): Promise<Result<Container | null>> => {
    const document = await read(`/containers/${encodeURIComponent(id)}/json`);
    if (!document.ok) return document;
    if (document.value === null) return ok(null);
    const container = containerFrom(document.value, listed);
    const execs = await execsIn(document.value);
    if (!container?.details || execs === 0) return ok(container);
    return ok({ ...container, details: { ...container.details, execs } });
  };
  /** How many commands of `docker exec` run in a container that was inspected. */
  const execsIn = async (document: Json): Promise<number> => {
    const { ids, healthTest } = execIdsIn(document);
    const answers = await Promise.all(
      ids.slice(0, mostExecs).map((id) => read(`/exec/${encodeURIComponent(id)}/json`)),
    );
    return answers.filter((one) => one.ok && one.value !== null && isExecOfUser(one.value, healthTest)).length;
  };
  return {
    async ping(pingLimitMs) {
      const answer = await http.get('/_ping', { limitMs: pingLimitMs, maxBytes: 64 * 1024 });
      if (!answer.ok) return { kind: 'failed', failure: answer.failure };
      // Go's server says so in plain words to whoever comes without (net/http).
      if (answer.status === 400 && answer.text.includes('HTTPS server')) return { kind: 'failed', failure: 'tls' };
      if (answer.status !== 200) return { kind: 'not-ready' };
      const said = answer.headers['api-version'];
      return { kind: 'ok', apiVersion: typeof said === 'string' ? said : '' };
    },
    async negotiate(serverVersion) {
      if (serverVersion !== '' && isNewer(oldest, serverVersion)) {
        return fail({ kind: 'engine.unsupported', apiVersion: serverVersion, minimum: oldest });
      }
      if (serverVersion !== negotiatedFor) {
        const isAhead = serverVersion === '' || isNewer(serverVersion, newest);
        const least = isAhead ? minimumFrom(await read('/version', '')) : '';
        version = !isAhead ? serverVersion : isNewer(least, newest) ? least : newest;
        negotiatedFor = serverVersion;
      }
      return ok(version);
    },
    async facts() {
      const info = await read('/info');
      if (!info.ok) return info;
      const facts = info.value === null ? null : factsFrom(info.value, version);
      if (!facts) return fail({ kind: 'engine.unreachable', endpoint, cause: 'not an answer to /info' });
      if (facts.swarm.role !== 'manager') return ok(facts);
      const nodes = await read(`/nodes?filters=${managersOnly}`);
      return ok({ ...facts, swarm: { ...facts.swarm, quorum: nodes.ok ? quorumFrom(nodes.value) : null } });
    },
    async containers() {
      const document = await read('/containers/json?all=1');
      if (!document.ok) return document;
      const listed = listedFrom(document.value);
      const found: Container[] = [];
      for (let from = 0; from < listed.length; from += inspectAtOnce) {
        const batch = listed.slice(from, from + inspectAtOnce);
        const answers = await Promise.all(
          batch.map((one) => (one.runs ? inspect(one.container.id, one) : Promise.resolve(ok(one.container)))),
        );
        for (const answer of answers) {
          if (!answer.ok) return answer;
          // Gone between the list and the question: then it is no container any more.
          if (answer.value) found.push(answer.value);
        }
      }
      return ok(found);
    },
    container: (id) => inspect(id, null),
    async lastRun(id) {
      const document = await read(`/containers/${encodeURIComponent(id)}/json`);
      return document.ok && document.value !== null ? lastRunIn(document.value) : null;
    },
    async logLines(id, { sinceMs, tail, tty }) {
      const since = sinceMs === null ? '' : `&since=${(sinceMs / 1_000).toFixed(3)}`;
      const what = `stdout=1&stderr=1&timestamps=1&tail=${tail}${since}`;
      const answer = await http.get(`/v${version}/containers/${encodeURIComponent(id)}/logs?${what}`, logLimits);
      if (!answer.ok) return answer.failure === 'too-large' ? 'too-large' : 'none';
      return answer.status === 200 ? logLinesIn(Buffer.from(answer.text, 'latin1'), tty) : 'none';
    },
    document: (path) => read(path),
    async start(id) {
      const answer = await http.post(`/v${version}/containers/${encodeURIComponent(id)}/start`, {
        limitMs: startLimitMs,
      });
      if (!answer.ok) return unreachable(answer.failure);
      // 304: it runs already.
      return ok(answer.status < 400 ? null : answer.text.slice(0, 500).trim());
    },
    async events(onEvent) {
      // From the next millisecond on: an event of this one may be the receipt of an earlier reload.
      const since = ((Date.now() + 1) / 1_000).toFixed(3);
      const lines = createLineReader((line) => {
        const event = eventFrom(line);
        if (event) onEvent(event);
      });
      const opened = await http.stream(`/v${version}/events?since=${since}&filters=${heard}`, limitMs, lines);
      return opened.ok ? ok(opened.stream) : unreachable(opened.failure);
    },
    async eventsSince(sinceMs) {
      const [since, until] = [sinceMs, Date.now()].map((ms) => (ms / 1_000).toFixed(3));
      const answer = await http.get(`/v${version}/events?since=${since}&until=${until}&filters=${told}`, { limitMs });
      if (!answer.ok) return unreachable(answer.failure);
      return ok(answer.text.split('\n').flatMap((line) => eventFrom(line) ?? []));
    },
    close: () => http.close(),
  };
}

/** How many run, are paused, and do not. */
export function countsOf(containers: readonly Container[]): ContainerCounts {
  const running = containers.filter(({ state }) => state === 'running' || state === 'restarting').length;
  const paused = containers.filter(({ state }) => state === 'paused').length;
  return { running, paused, stopped: containers.length - running - paused };
}

function isNewer(a: string, b: string): boolean {
  const [aMajor = 0, aMinor = 0] = a.split('.').map(Number);
  const [bMajor = 0, bMinor = 0] = b.split('.').map(Number);
  return aMajor > bMajor || (aMajor === bMajor && aMinor > bMinor);
}

/** Nanoseconds are taken from the text: as a number they would lose their last digits. */
function eventFrom(line: string): ApiEvent | null {
  let value: { Type?: unknown; Action?: unknown; Actor?: { ID?: unknown; Attributes?: unknown } };
  try {
    value = JSON.parse(line) as typeof value;
  } catch {
    // A broken line tells nothing; the next one may.
    return null;
  }
  const { Type: type, Action: action, Actor: actor } = value;
  if (typeof type !== 'string' || typeof action !== 'string') return null;
  const attributes = Object.entries((actor?.Attributes ?? {}) as Record<string, unknown>).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return {
    type,
    action,
    id: typeof actor?.ID === 'string' ? actor.ID : '',
    attributes: Object.fromEntries(attributes),
    timeNano: /"timeNano":(\d+)/.exec(line)?.[1] ?? '',
  };
}
