// Why a verb cannot be done now, as far as the page can tell; main has the last word.
import type { Verb } from '@contract/ipc.ts';
import type { Messages } from '@contract/messages/page.ts';
import type { Snapshot } from '@contract/snapshot.ts';

/** The reason in a few words; null where nothing speaks against it. */
export function whyNot(snapshot: Snapshot, verb: Verb, words: Messages['window']['status']['whyNot']): string | null {
  const { engine, operation, target, rights } = snapshot;
  if (operation.kind === 'running') return words.busy;
  if (target.access.kind === 'read-only' && engine.state !== 'connecting') return words.readOnly;
  if (rights.step === 'missing') return words.noRights;
  switch (engine.state) {
    case 'running':
      return verb === 'start' ? words.running : null;
    case 'stopped':
    case 'armed':
    case 'failed':
      return verb === 'start' ? null : words.notRunning;
    case 'hanging':
      // A daemon that does not answer must not get a SIGHUP, which could end it.
      return verb === 'restart' || verb === 'stop' ? null : verb === 'start' ? words.running : words.hanging;
    case 'absent':
      return words.absent;
    case 'denied':
      if (rights.step !== 'installed') return words.denied;
      return verb === 'start' ? words.running : null;
    case 'connecting':
    case 'reloading':
    case 'starting':
    case 'restarting':
    case 'stopping':
      return words.changing;
  }
}
