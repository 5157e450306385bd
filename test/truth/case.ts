// One configuration of the corpus, and what names it in the results.
import { createHash } from 'node:crypto';

export type Case = {
  readonly bytes: Uint8Array;
  readonly flags: readonly string[];
  /** `swarm`: on a machine whose daemon is a manager of a swarm. */
  readonly kind: 'plain' | 'swarm';
  /** Also given to a running daemon by SIGHUP. */
  readonly reload: boolean;
};

export const caseOf = (
  content: string | Uint8Array,
  more: Partial<Pick<Case, 'flags' | 'kind' | 'reload'>> = {},
): Case => ({
  bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  flags: more.flags ?? [],
  kind: more.kind ?? 'plain',
  reload: more.reload ?? false,
});

/** Names what is judged, so that results outlive every change of the corpus around them. */
export const hashOf = ({ bytes, flags, kind }: Case): string =>
  createHash('sha256')
    .update(bytes)
    .update(JSON.stringify([flags, kind]))
    .digest('hex')
    .slice(0, 16);
