// What the program ends with: the contract of scripts that call it.
import type { Outcome } from '../contract/outcome.ts';
import type { Plan } from '../contract/plan.ts';
import type { Problem, ProblemKind } from '../contract/problem.ts';
import { lacksRights } from '../contract/rights.ts';

export const exitCodes = {
  done: 0,
  /** Refused or failed, nothing is changed. */
  refused: 1,
  usage: 2,
  rolledBack: 3,
  /** Failed and not put back. */
  failed: 4,
  notAuthorized: 5,
  noDaemon: 6,
  /** Ended by Ctrl-C, as shells have it. */
  interrupted: 130,
} as const;

/** What is not here keeps something from being done, and is not about rights, daemon or command line. */
const byKind: Readonly<Partial<Record<ProblemKind, number>>> = {
  'engine.absent': exitCodes.noDaemon,
  'engine.not-running': exitCodes.noDaemon,
  'engine.unreachable': exitCodes.noDaemon,
  'engine.denied': exitCodes.notAuthorized,
  'authorization.denied': exitCodes.notAuthorized,
  'authorization.dismissed': exitCodes.notAuthorized,
  'authorization.no-agent': exitCodes.notAuthorized,
  'authorization.insufficient': exitCodes.notAuthorized,
  'endpoint.invalid': exitCodes.usage,
  'context.unknown': exitCodes.usage,
  'change.empty-path': exitCodes.usage,
  usage: exitCodes.usage,
};

/** For a problem that kept something from being done at all. */
export const exitForProblem = (problem: Problem): number =>
  isForRights(problem) ? exitCodes.notAuthorized : (byKind[problem.kind] ?? exitCodes.refused);

const isForRights = (problem: Problem): boolean =>
  (problem.kind === 'target.read-only' && problem.reason === 'not-permitted') ||
  lacksRights(problem) ||
  (problem.kind === 'config.unreadable' && problem.cause === 'denied');

/** A verb that ended with these changed nothing. */
const neverBegun: readonly ProblemKind[] = [
  'authorization.denied',
  'authorization.dismissed',
  'authorization.no-agent',
  'engine.busy',
];

/** With these as well; but a restart or start may have got half way by then. */
const leavesAsItWas: readonly ProblemKind[] = [
  'daemon.still-up',
  'engine.hanging',
  'engine.not-running',
  'service.refused',
  'service.never-ends',
  'service.supervised',
  'service.run-by-script',
  'service.unavailable',
];

export function exitForOutcome({ verb, result, file, problem }: Outcome): number {
  switch (result) {
    case 'applied':
    case 'nothing':
      return exitCodes.done;
    case 'refused':
      return problem === null ? exitCodes.refused : exitForProblem(problem);
    case 'rolled-back':
      return exitCodes.rolledBack;
    case 'failed': {
      if (problem === null || file !== 'unchanged') return exitCodes.failed;
      const halfWay = verb === 'restart' || verb === 'start';
      const notTaken = problem.kind === 'reload.not-taken' && !problem.partly;
      const same = neverBegun.includes(problem.kind) || (!halfWay && leavesAsItWas.includes(problem.kind)) || notTaken;
      return same ? exitForProblem(problem) : exitCodes.failed;
    }
  }
}

/** As `apply` would end, were every danger accepted. */
export const exitForPlan = ({ blocked }: Plan): number => (blocked === null ? exitCodes.done : exitForProblem(blocked));
