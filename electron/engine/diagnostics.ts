// What helps to find out what is wrong, as one readable text without anything private. Names are those of the contract.
import type { Json } from '../contract/json.ts';
import type { Messages } from '../contract/messages/page.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { ConfigFile, EngineView } from '../contract/snapshot.ts';
import { createRedaction, type Redaction } from './redaction.ts';

export type DiagnosticsFacts = {
  readonly view: EngineView;
  /** Versions of the program and of what it runs on, in the order in which they are told. */
  readonly versions: Readonly<Record<string, string>>;
  /** Paths of the program's own files. */
  readonly paths: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly user: string;
  readonly hostName: string;
  /** The end of the program's own log. */
  readonly log: readonly string[];
  readonly now: Date;
};

const mostLines = 400;
/** Characters. */
const mostText = 100_000;

/** Those that decide which daemon is looked at and how it is reached. */
const told =
  /^(?:DOCKER_(?:HOST|CONTEXT|CONFIG|TLS_VERIFY|CERT_PATH|API_VERSION)|(?:HTTPS?|FTP|ALL|NO)_PROXY|LANG|LC_ALL|LC_MESSAGES|XDG_(?:CURRENT_DESKTOP|SESSION_TYPE|RUNTIME_DIR))$/i;

/** The last lines of a text. */
export const lastLines = (text: string, count: number): readonly string[] => text.trimEnd().split('\n').slice(-count);

/** Sections with a name each; the first line says what this is. */
export function diagnosticsText(facts: DiagnosticsFacts, messages: Messages): string {
  const { view } = facts;
  const env = Object.fromEntries(
    Object.entries(facts.env).flatMap(([name, value]) =>
      value !== undefined && told.test(name) ? [[name, value]] : [],
    ),
  );
  const values = view.config.state === 'read' ? view.config.values : null;
  const long = view.config.state === 'read' && view.config.text.length > mostText;
  const redaction = createRedaction({
    home: facts.home,
    user: facts.user === 'root' ? null : facts.user,
    hosts: [facts.hostName, ...('facts' in view.engine ? [view.engine.facts.name] : [])],
    values: [
      ...(values === null || long ? [] : [values]),
      env,
      [...view.target.flags],
      ...view.candidates.map(({ endpoint }) => endpoint),
    ],
  });
  const sections: readonly (readonly [name: string, lines: readonly string[]])[] = [
    ['versions', pairs(facts.versions, redaction)],
    ['paths', pairs(facts.paths, redaction)],
    ['environment', pairs(env, redaction)],
    ['target', ofTarget(view, redaction)],
    ['engine', ofEngine(view, redaction)],
    ['configuration', ofConfiguration(view, redaction)],
    ['findings', ofFindings(view, messages, redaction)],
    ['outcome', view.lastOutcome === null ? [] : ofOutcome(view.lastOutcome, messages, redaction)],
    ['log', facts.log.map(redaction.text)],
  ];
  const text = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([name, lines]) => `[${name}]\n${lines.join('\n')}\n`)
    .join('\n');
  return `${messages.diagnostics.head(facts.now.toISOString())}\n\n${text}`;
}

const pairs = (values: Readonly<Record<string, Json>>, { json }: Redaction): readonly string[] =>
  Object.entries(values).map(([name, value]) => {
    const left = json(value, name);
    return `${name}: ${typeof left === 'string' ? left : JSON.stringify(left)}`;
  });

function ofTarget({ target, candidates }: EngineView, redaction: Redaction): readonly string[] {
  const { endpoint, source, context, manager, unit, pid, flags, configPath, access } = target;
  return [
    ...pairs({ endpoint, source, context, manager, unit, pid, configPath }, redaction),
    ...pairs(
      access.kind === 'proven' ? { access: 'proven' } : { access: access.reason, detail: access.detail },
      redaction,
    ),
    `flags: ${redaction.words(flags).join(' ')}`,
    ...candidates.map((one) => `candidate: ${redaction.words([one.endpoint]).join('')} (${one.source})`),
  ];
}

function ofEngine({ engine, containers, liveRestore, operation }: EngineView, redaction: Redaction): readonly string[] {
  const {
    swarm,
    name: _name,
    id: _id,
    ...facts
  } = 'facts' in engine ? engine.facts : { swarm: null, name: '', id: '' };
  return [
    ...pairs({ state: engine.state, since: new Date(engine.since).toISOString(), ...facts }, redaction),
    ...pairs({ swarm, liveRestore, containers: containers?.counts ?? null, operation: operation.kind }, redaction),
    ...(engine.state === 'failed' ? engine.log.map((line) => `log: ${redaction.text(line)}`) : []),
  ];
}

/** By its values, so that nothing private hides in a text; only a file that cannot be read has none. */
function ofConfiguration({ config }: EngineView, { text, json }: Redaction): readonly string[] {
  switch (config.state) {
    case 'unknown':
      return [`state: ${config.state}`];
    case 'absent':
      return [`state: ${config.state}`, `path: ${text(config.path)}`];
    case 'read':
      return [`state: ${config.state}`, `path: ${text(config.path)}`, valuesOf(config, json)];
    case 'unreadable':
      return [
        `state: ${config.state}, ${config.problem.kind}`,
        `path: ${text(config.path)}`,
        ...(config.text ?? '').split('\n').slice(0, mostLines).map(text),
      ];
  }
}

/** A file that long was not written by hand; which options it has is what helps. */
const valuesOf = ({ text, values }: Extract<ConfigFile, { state: 'read' }>, json: Redaction['json']): string =>
  JSON.stringify(text.length > mostText ? json(Object.keys(values)) : json(values), null, 2);

const ofFindings = ({ findings }: EngineView, { finding }: Messages, { text }: Redaction): readonly string[] =>
  findings.map(({ severity, about }) => `${severity} ${about.kind}: ${text(finding(about).sentence)}`);

function ofOutcome(outcome: Outcome, { problem, plan }: Messages, redaction: Redaction): readonly string[] {
  const { verb, result, effect, file, apiDowntimeMs, containers, proof, timings, log } = outcome;
  const why = outcome.problem;
  return [
    ...pairs({ verb, result, effect, file, apiDowntimeMs, at: new Date(outcome.startedAt).toISOString() }, redaction),
    `containers: ${containers.kept} of ${containers.before} kept, ${containers.stopped.length} stopped, ${containers.lost.length} lost`,
    ...(proof?.info ?? []).flatMap(({ key, value }) => pairs({ [key]: value }, redaction)),
    ...timings.map(({ step, ms }) => `step: ${step} ${Math.round(ms)} ms`),
    ...(why === null
      ? [plan.outcome(outcome)]
      : [`${why.kind}: ${redaction.text(Object.values(problem(why)).join(' '))}`]),
    ...log.map((line) => `log: ${redaction.text(line)}`),
  ];
}
