// Runs one command from its words to its exit code.
import { randomBytes } from 'node:crypto';
import { languageFor, messagesIn, type Language, type Messages } from '../contract/messages/index.ts';
import { act, apply, goBack, plan, rescue } from './act.ts';
import { options as tellOptions } from './options.ts';
import { pipes } from './pipes.ts';
import { readArguments, type Command } from './arguments.ts';
import { exitCodes } from './exit-code.ts';
import { history, rollback } from './history.ts';
import { listenForInterrupts, type Interrupts } from './interrupts.ts';
import { drill } from './drill.ts';
import { check, doctor, status, watch } from './look.ts';
import { createScreen, type Screen } from './screen.ts';
import type { Session } from './session.ts';
import type { CliSurroundings } from './surroundings.ts';

/**
 * Resolves with the exit code, when all that was said is out. Never throws: what is a mistake of ours is told with a
 * reference.
 */
export async function runCli(around: CliSurroundings): Promise<number> {
  const { code, messages, acted } = await runCommand(around);
  const cause = await around.flushed();
  if (cause === null) return code;
  around.stderr.write(`${messages.cli.prefix.problem}${messages.cli.unwritten(cause)}\n`);
  // What became of the daemon counts for more than that it could not be told.
  return code === exitCodes.done && !acted ? exitCodes.refused : code;
}

type Ended = {
  readonly code: number;
  readonly messages: Messages;
  /** Whether something was begun that changes the daemon or its file. */
  readonly acted: boolean;
};

async function runCommand(around: CliSurroundings): Promise<Ended> {
  const read = readArguments(around.argv);
  const language = (read.ok ? read.options.language : read.language) ?? languageOf(around.env);
  const messages = messagesIn(language);
  if (!read.ok) {
    const screen = createScreen(around, read.json, messages);
    if (read.fault.kind === 'command-missing') screen.aside(`${messages.cli.help.general}\n`);
    return { code: screen.usage(read.fault), messages, acted: false };
  }
  const { command, options } = read;
  const screen = createScreen(around, options.json, messages);
  if (command.name === 'version' || command.name === 'help')
    return { code: tell(command, around, screen), messages, acted: false };
  const interrupts = listenForInterrupts(around, messages);
  try {
    const code = await carryOut(command, { around, options, screen, interrupts });
    return { code, messages, acted: interrupts.wasHeld() };
  } catch (error) {
    return { code: bug(error, around, screen, interrupts), messages, acted: interrupts.wasHeld() };
  } finally {
    interrupts.stop();
  }
}

type Telling = Extract<Command, { readonly name: 'version' } | { readonly name: 'help' }>;
type Acting = Exclude<Command, Telling>;

function tell(command: Telling, around: CliSurroundings, screen: Screen): number {
  const { cli } = screen.messages;
  if (command.name === 'version') screen.result({ version: around.version }, () => `${cli.version(around.version)}\n`);
  else {
    const help = cli.help[command.about ?? 'general'];
    screen.result({ help }, () => help);
  }
  return exitCodes.done;
}

function carryOut(command: Acting, session: Session): Promise<number> {
  switch (command.name) {
    case 'status':
      return status(session);
    case 'watch':
      return watch(session);
    case 'drill':
      return drill(session, command);
    case 'check':
      return check(session, command);
    case 'options':
      return tellOptions(session, command.key);
    case 'presets':
      return import('./carry.ts').then(({ presets }) => presets(session));
    case 'export':
      return import('./carry.ts').then(({ exportTo }) => exportTo(session, command));
    case 'plan':
      return plan(session, command);
    case 'apply':
      return apply(session, command);
    case 'doctor':
      return doctor(session);
    case 'upgrade':
      return import('./upgrade.ts').then(({ upgrade }) => upgrade(session));
    case 'diagnostics':
      return import('./diagnostics.ts').then(({ diagnostics }) => diagnostics(session, command));
    case 'history':
      return history(session, command.id);
    case 'rollback':
      return rollback(session, command);
    case 'pipes':
      return pipes(session, command.enlargeTo);
    case 'way-back':
      return goBack(session, command);
    case 'rescue':
      return rescue(session, command.keep);
    case 'verb':
      return act(session, command.verb, command.accept);
  }
}

/** A surprise: what is known of it goes to standard error, and the caller hears that nothing is sure. */
function bug(error: unknown, around: CliSurroundings, screen: Screen, interrupts: Interrupts): number {
  const reference = randomBytes(2).toString('hex').toUpperCase();
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  around.stderr.write(`${screen.messages.cli.bug(reference)}\n${trace}\n`);
  const code = screen.problem({ kind: 'internal', reference });
  return interrupts.wasHeld() ? exitCodes.failed : code;
}

/** As the C library finds it; English where the terminal would not show the signs of another one. */
function languageOf(env: CliSurroundings['env']): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || 'C';
  const encoding = /\.([^@]*)/.exec(locale)?.[1] ?? 'utf8';
  return /^utf-?8$/i.test(encoding) ? languageFor('system', [locale]) : 'en';
}
