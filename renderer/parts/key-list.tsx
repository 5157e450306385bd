// The keys that the window listens to, as they stand on this computer's keyboard.
import { Fragment } from 'react';
import type { Snapshot } from '@contract/snapshot.ts';
import { useMessages } from '../view.tsx';

/** Each with its keys; `Mod` is Control, or Command on a Mac. */
const keys = [
  ['apply', 'Mod S'],
  ['undo', 'Mod Z'],
  ['redo', 'Mod Shift Z / Ctrl Y'],
  ['search', 'Mod F'],
  ['general', 'Mod ,'],
  ['pages', 'Ctrl PageUp / PageDown'],
  ['refresh', 'F5 / Mod R'],
  ['zoom', 'Mod + / − / 0'],
  ['close', 'Mod W'],
  ['complete', 'Ctrl Space'],
  ['fix', 'Mod .'],
  ['nextProblem', 'F8'],
  ['nextMatch', 'F3 / Shift F3'],
  ['leave', 'Esc Tab'],
] as const;

export function KeyList({ platform }: { readonly platform: Snapshot['app']['platform'] }) {
  const { keys: words } = useMessages();
  const shown = (text: string): readonly string[] =>
    text.split(' ').map((key) => (key === 'Mod' ? (platform === 'darwin' ? '⌘' : 'Ctrl') : key));
  return (
    <dl className="facts">
      {keys.map(([name, text]) => (
        <Fragment key={name}>
          <dt>{words[name]}</dt>
          <dd>
            {shown(text).map((key, i) =>
              key === '/' ? (
                <span key={i} className="or">
                  /
                </span>
              ) : (
                <kbd key={i}>{key}</kbd>
              ),
            )}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
