// Limits that every new container gets.
import { isJsonObject } from '../contract/json.ts';
import { fault, type Context, type Unplaced } from './check-context.ts';
import { memberOf } from './check-type.ts';

/** What the kernel has limits for; Docker writes them in capitals by itself. */
const limits =
  'as core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(' ');

/** What `fs.nr_open` can be set to at most, where nobody knows what it is; there is no unlimited number of open files [source]. */
const mostEver = 2_147_483_584;

/** By its `Name`; the key beside it only says what a container may override (measured on 20.10, 26.1, 28.5). */
export function ulimitFindings({ values, machine }: Context): readonly Unplaced[] {
  const given = values['default-ulimits'];
  const mostOpenFiles = machine?.mostOpenFiles ?? mostEver;
  return Object.entries(isJsonObject(given) ? given : {}).flatMap(([key, limit]): readonly Unplaced[] => {
    const path = ['default-ulimits', key];
    if (limit !== null && !isJsonObject(limit)) return [];
    const name = memberOf(limit, 'name');
    if (typeof name?.value !== 'string' || name.value === '')
      return [fault(path, key, 'limit-without-name', 'containers')];
    const written = [...path, name.written];
    if (!limits.includes(name.value.toLowerCase())) return [fault(written, name.value, 'not-a-choice', 'containers')];
    const soft = memberOf(limit, 'soft')?.value ?? 0;
    const hard = memberOf(limit, 'hard')?.value ?? 0;
    if (name.value.toLowerCase() === 'nofile' && (hard === -1 || Number(hard) > mostOpenFiles))
      return [fault(path, hard, 'too-many-files', 'containers')];
    if (name.value.toLowerCase() === 'nofile' && soft === 0) return [fault(path, soft, 'no-open-files', 'containers')];
    if (typeof soft === 'number' && typeof hard === 'number' && hard !== -1 && (soft > hard || soft === -1))
      return [fault(path, `${soft}:${hard}`, 'soft-above-hard', 'containers')];
    return name.value.toLowerCase() === key.toLowerCase()
      ? []
      : [fault(written, name.value, 'another-limit', 'nothing')];
  });
}
