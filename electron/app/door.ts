// What is behind the door for requests: the shape is checked, then the request is done, and a bug gets a reference.
import type { RequestName, Requests } from '../contract/ipc.ts';
import { fail, type Result } from '../contract/problem.ts';
import { isJson } from './is-json.ts';
import { schemas } from './schemas.ts';

/** One per request; expected failures are values. */
export type Handlers = {
  readonly [R in RequestName]: (input: Requests[R]['input']) => Promise<Result<Requests[R]['output']>>;
};

/** Answers a request by name with whatever came for an input. */
export type Door = (name: RequestName, raw: unknown) => Promise<Result<unknown>>;

/** Never rejects: what a handler throws, and what does not have the request's shape, goes to `report`. */
export function createDoor(handlers: Handlers, report: (bug: unknown) => string): Door {
  async function answer<R extends RequestName>(name: R, raw: unknown): Promise<Result<Requests[R]['output']>> {
    try {
      if (!isJson(raw)) return fail({ kind: 'internal', reference: report(`${name} refused: not JSON`) });
      const input = schemas[name].safeParse(raw);
      if (input.success) return await handlers[name](input.data);
      const issues = input.error.issues.map((issue) => `${issue.path.map(String).join('.')} ${issue.code}`);
      return fail({ kind: 'internal', reference: report(`${name} refused: ${issues.join(', ')}`) });
    } catch (bug) {
      // Whatever it is, the page gets a value and the log the rest.
      return fail({ kind: 'internal', reference: report(bug) });
    }
  }
  return (name, raw) => answer(name, raw);
}
