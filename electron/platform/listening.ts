// Reads where something listens in a process's network, from /proc, which tells it to everybody.
import { readText } from './processes.ts';

/** State of a listening TCP socket, and of a bound UDP one. */
const states = { tcp: '0A', udp: '07' } as const;

/** For example `tcp/8080`; null where nothing could be read. */
export function listeningPorts(pid: number): ReadonlySet<string> | null {
  const texts = (['tcp', 'udp'] as const).map(
    (kind) => [kind, [readText(`/proc/${pid}/net/${kind}`), readText(`/proc/${pid}/net/${kind}6`)]] as const,
  );
  if (texts.every(([, both]) => both.every((text) => text === null))) return null;
  return new Set(texts.flatMap(([kind, both]) => both.flatMap((text) => portsIn(text ?? '', kind))));
}

/** Lines as `0: 0100007F:1F90 00000000:0000 0A ...`. */
export const portsIn = (text: string, kind: keyof typeof states): readonly string[] =>
  text.split('\n').flatMap((line) => {
    const [, local = '', , state] = line.trim().split(/\s+/);
    const port = local.split(':')[1];
    return state === states[kind] && port !== undefined ? [`${kind}/${Number.parseInt(port, 16)}`] : [];
  });
