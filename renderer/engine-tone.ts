// The shape of an engine state.
import type { EngineState } from '@contract/snapshot.ts';
import type { Tone } from './parts/mark.tsx';

const tones: Readonly<Record<EngineState, Tone>> = {
  connecting: 'busy',
  running: 'good',
  reloading: 'busy',
  starting: 'busy',
  restarting: 'busy',
  stopping: 'busy',
  stopped: 'off',
  armed: 'off',
  hanging: 'warn',
  failed: 'bad',
  denied: 'warn',
  absent: 'off',
};

/** Circle for running, ring for down, triangle and square where something is wrong. */
export const toneOf = (state: EngineState): Tone => tones[state];
