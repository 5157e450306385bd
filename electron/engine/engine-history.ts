// The engine's memory: records what happens to the daemon that is watched, and answers what is known of its past.
import type { History, VersionText } from '../contract/history.ts';
import { fail, ok, type Result } from '../contract/problem.ts';
import { readConfigText } from './config-text.ts';
import { keptText, readHistory, versionOf } from './history.ts';
import { openHistory } from './history-store.ts';
import type { Platform } from './ports.ts';
import { createRecorder, type Recorder, type RecorderPorts } from './recorder.ts';

export type EngineHistory = {
  readonly recorder: Recorder;
  /** Every version of the file that is known, and everything that happened; newest first. */
  history(): Promise<Result<History>>;
  /** A version's text; its id may be cut short. */
  versionText(id: string): Promise<Result<VersionText>>;
};

/** The ports are asked of the daemon that is watched at the time of each question. */
export function createEngineHistory(
  platform: Platform,
  { file, whoRan }: Pick<RecorderPorts, 'file' | 'whoRan'>,
): EngineHistory {
  const { stateFolder } = platform;
  // A history that cannot be kept (a full disk, a folder that is not ours) keeps nobody from anything.
  const recorder = createRecorder({ stateFolder, file, whoRan, whoWrote: platform.whoWrote, failed: () => undefined });

  async function history(): Promise<Result<History>> {
    const here = file();
    if (here === null) return fail({ kind: 'target.read-only', reason: 'config-unknown', detail: '' });
    await recorder.written();
    const disk = await here.read();
    const etag = disk.state === 'read' ? disk.etag : null;
    return ok(await readHistory(openHistory(stateFolder, here.path), stateFolder, here.path, etag));
  }

  return {
    recorder,
    history,
    async versionText(id) {
      const known = await history();
      const here = file();
      if (!known.ok) return known;
      const version = versionOf(known.value.versions, id);
      if (version === null || here === null) return fail({ kind: 'history.unknown', id });
      const bytes = await keptText(stateFolder, here.path)(version.id);
      if (bytes === null) return fail({ kind: 'history.unknown', id });
      const read = readConfigText(bytes, here.path, null);
      return ok({ id: version.id, text: read.ok ? read.value.text : new TextDecoder().decode(bytes) });
    },
  };
}
