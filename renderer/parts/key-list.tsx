// The keys that the window listens to, as they stand on this computer's keyboard.
import { Fragment } from 'react';
import type { Snapshot } from '@contract/snapshot.ts';
import { useMessages } from '../view.tsx';

/** Each with its keys; `Mod` is Control, or Command on a Mac. */
const keys = [
  ['apply', 'Mod S'],
  ['undo', 'Mod Z'],
  ['redo', 'Mod Shift Z'],
  ['search', 'Mod F'],
  ['general', 'Mod ,'],
  ['pages', 'Ctrl PageUp / PageDown'],
  ['refresh', 'F5'],
  ['zoom', 'Mod + / −'],
  ['close', 'Mod W'],
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
          <dd>{shown(text).map((key) => (key === '/' ? ' / ' : <kbd key={key}>{key}</kbd>))}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
