// A mark as CodeMirror shows it: squiggle, words, and where one click puts it right the button for that.
import { forEachDiagnostic, type Diagnostic } from '@codemirror/lint';
import type { EditorState, Text } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { Messages } from '@contract/messages/page.ts';
import type { Place } from '@contract/problem.ts';
import { joined } from '../sentences.ts';
import type { Fix } from '../draft.ts';
import type { Mark } from './marks.ts';
import { keyRange, rangeFrom } from './text-place.ts';

type Fixable = Diagnostic & { readonly fix?: Fix };

/** `follow` is called with what the button is to put right. */
export function diagnosticOf(
  { at, severity, sentence, remedy, fix }: Mark,
  doc: Text,
  text: string,
  messages: Messages,
  follow: (fix: Fix) => void,
): Fixable {
  const range = 'line' in at ? rangeFrom(text, offsetOf(doc, at)) : (keyRange(text, at) ?? { from: 0, to: 0 });
  const words = joined(messages, sentence, remedy);
  const message = `${messages.editor.severities[severity]}: ${words}`;
  if (fix === undefined) return { ...range, severity, message };
  const label = messages.window.actions.putRight;
  // The package's own button has a name that cannot be translated.
  const renderMessage = ({ state }: EditorView): Node => withButton(message, label, state.readOnly, () => follow(fix));
  return { ...range, severity, message, renderMessage, fix };
}

/** What puts right the mark that the caret is in; null where there is none. */
export function fixAt(state: EditorState): Fix | null {
  const { head } = state.selection.main;
  let found: Fix | null = null;
  forEachDiagnostic(state, ({ fix }: Fixable, from, to) => {
    if (found === null && fix !== undefined && from <= head && head <= to) found = fix;
  });
  return found;
}

/** A line and column in the text as it is, as far as they are in it. */
export function offsetOf(doc: Text, { line, column }: Place): number {
  const there = doc.line(Math.min(Math.max(1, line), doc.lines));
  return Math.min(there.from + column - 1, there.to);
}

function withButton(message: string, label: string, readOnly: boolean, act: () => void): Node {
  const words = document.createElement('span');
  words.append(message);
  if (readOnly) return words;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'cm-putRight';
  button.textContent = label;
  button.onclick = act;
  words.append(button);
  return words;
}
