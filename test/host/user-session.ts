// alice's session in a test machine: an engine as she runs it, and an authentication agent that answers as a test says.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { bundled } from '../fakes/program.ts';
import { forgetEngineProgram, openEngineAs, type EngineInside } from './engine-inside.ts';
import type { TestHost } from './test-host.ts';

/** What somebody at the desk does when the question comes; `held`: waits for the next answer; `none`: nothing can ask. */
export type Answer = 'right' | 'wrong' | 'dismiss' | 'held' | 'none' | { readonly lateMs: number };

export type UserSession = {
  readonly engine: EngineInside;
  answer(how: Exclude<Answer, 'none'>): void;
  /** The questions since the last time this was asked, by polkit action. */
  asked(): readonly { readonly action: string; readonly message: string }[];
  /** Ends the program without a word, as when it crashes. */
  kill(): Promise<void>;
  /** Ends the whole session, as a logout does. */
  logOut(): Promise<void>;
};

let agent: Promise<{ readonly path: string; readonly folder: string }> | null = null;

/** Ends what a file of tests has opened, and removes the programs that its sessions were made with. */
export async function endSessions(host: TestHost | undefined, session?: UserSession): Promise<void> {
  await session?.engine.close();
  await host?.down();
  await forgetEngineProgram();
  if (agent !== null) rmSync((await agent).folder, { recursive: true, force: true });
  agent = null;
}

const notes = '/opt/afloat/notes';

/**
 * Opens a session with an engine in it, with the program's own words behind it, and waits until the agent is there, where
 * one is wanted.
 */
export async function openSession(
  host: TestHost,
  first: Answer,
  ...words: readonly 'watchful'[]
): Promise<UserSession> {
  const path = (name: string): string => `${host.folder}/shared/notes/${name}`;
  const answer = (how: Exclude<Answer, 'none'>): void => {
    // In one step: the agent may read it at any moment.
    writeFileSync(path('mode.new'), typeof how === 'string' ? how : `late ${how.lateMs}`);
    renameSync(path('mode.new'), path('mode'));
  };
  for (const name of ['asked', 'agent-ready', 'session']) rmSync(path(name), { force: true });
  if (first !== 'none') answer(first);
  agent ??= bundled('polkit-agent');
  const agentPath = host.bring((await agent).path);
  // systemd takes a double dollar sign for a single one, so that bash is asked in another way who it is.
  // The agent ends with the program, whose process the shell becomes.
  const beside = `/opt/node ${agentPath} ${notes} $BASHPID </dev/null >${notes}/agent-log 2>&1 &`;
  const ready = `while [ ! -e ${notes}/agent-ready ]; do sleep 0.05; done`;
  const lines = [
    `echo "$XDG_SESSION_ID $BASHPID" >${notes}/session`,
    ...(first === 'none' ? [] : [beside, ready]),
    'exec /opt/node "$0" "$@"',
  ];
  const engine = await openEngineAs(host, (program) =>
    host.startAsUser(['/bin/bash', '-c', lines.join('\n'), program, ...words]),
  );
  const [session = '', pid = ''] = readFileSync(path('session'), 'utf8').trim().split(' ');
  return {
    engine,
    answer,
    asked() {
      const text = existsSync(path('asked')) ? readFileSync(path('asked'), 'utf8') : '';
      rmSync(path('asked'), { force: true });
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { readonly action: string; readonly message: string });
    },
    async kill() {
      await host.exec(['kill', '-KILL', pid]);
    },
    async logOut() {
      await host.exec(['loginctl', 'kill-session', '--signal=KILL', session]);
      await host.exec(['loginctl', 'terminate-session', session]);
    },
  };
}
