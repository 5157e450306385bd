// The witness, a process of its own: follows a daemon from outside, so that the app's figures can be checked.
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { ask, follow } from './raw-http.ts';
import type { SeenContainer, Testimony, WitnessQuestion } from './testimony.ts';

const answerLimitMs = 5_000;
const reconnectMs = 20;

/** Watches until its parent goes away; answers its parent's questions. `ready` is its first word. */
export function watchAsWitness(socketPath: string, pingEveryMs: number): void {
  const reloads = new Set<string>();
  let lastAnswer: number | null = null;
  let longestGapMs = 0;
  let pings = 0;
  let stream: Socket | null = null;
  let followed = true;
  let answered = (): void => undefined;

  function listen(sinceSeconds: number): void {
    const filters = encodeURIComponent('{"type":{"daemon":true},"event":{"reload":true}}');
    // Heard again from the beginning after every break: an event is told once by its time.
    stream = follow(
      socketPath,
      `/events?since=${sinceSeconds}&filters=${filters}`,
      (line) => {
        const timeNano = /"timeNano":(\d+)/.exec(line)?.[1];
        if (timeNano !== undefined) reloads.add(timeNano);
      },
      () => setTimeout(() => (followed ? listen(sinceSeconds) : undefined), reconnectMs),
    );
  }

  async function ping(): Promise<void> {
    const answer = await ask(socketPath, '/_ping', answerLimitMs);
    if (answer === 'OK') {
      const now = performance.now();
      if (lastAnswer !== null) longestGapMs = Math.max(longestGapMs, now - lastAnswer);
      lastAnswer = now;
      pings += 1;
      answered();
      answered = () => undefined;
    }
    setTimeout(() => void ping(), pingEveryMs);
  }

  async function look(): Promise<Testimony> {
    // One that was asked during a gap may be answered last of all: only then is the gap known.
    await new Promise<void>((resolve) => (answered = resolve));
    const info = await ask(socketPath, '/info', answerLimitMs);
    return {
      containers: await seenContainers(socketPath),
      liveRestore: info === null ? null : (JSON.parse(info) as { LiveRestoreEnabled: boolean }).LiveRestoreEnabled,
      reloads: [...reloads].toSorted(),
      longestGapMs: Math.round(longestGapMs),
      pings,
    };
  }

  process.on('message', (question: WitnessQuestion) => {
    if (question === 'look') void look().then((testimony) => process.send?.(testimony));
    else {
      lastAnswer = null;
      longestGapMs = 0;
      pings = 0;
      // An open stream keeps a daemon from ending for seconds, which would be measured as the gap.
      followed = false;
      stream?.destroy();
      // A gap is between two answers: the one before it has to be there.
      answered = () => process.send?.('measuring');
    }
  });
  process.on('disconnect', () => process.exit(0));
  listen(Math.floor(Date.now() / 1000));
  void ping().then(() => process.send?.('ready'));
}

async function seenContainers(socketPath: string): Promise<readonly SeenContainer[]> {
  const list = await ask(socketPath, '/containers/json', answerLimitMs);
  if (list === null) return [];
  const seen: SeenContainer[] = [];
  for (const { Id: id } of JSON.parse(list) as readonly { Id: string }[]) {
    const one = await ask(socketPath, `/containers/${id}/json`, answerLimitMs);
    if (one === null) continue;
    const { Name: name, State: state } = JSON.parse(one) as { Name: string; State: { Pid: number } };
    seen.push({ name: name.replace(/^\//, ''), pid: state.Pid, startTicks: startTicksOf(state.Pid) });
  }
  return seen.toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The 22nd field; the second may hold spaces and brackets, so that counting begins behind it. */
function startTicksOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    // No such process: that is what is to be told.
    return null;
  }
}
