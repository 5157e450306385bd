// The strip beside the text: which lines differ from the file, and which hold a fault.
import type { Diagnostic } from '@codemirror/lint';
import { RangeSet, StateEffect, StateField, type Range } from '@codemirror/state';
import { Decoration, EditorView, gutter, gutterLineClass, GutterMarker } from '@codemirror/view';

/** Numbers of the lines that differ, from 1. */
export const showChanges = StateEffect.define<readonly number[]>();
/** Where the faults begin. */
export const showFaults = StateEffect.define<readonly Pick<Diagnostic, 'from'>[]>();

class Changed extends GutterMarker {
  override toDOM(): Node {
    const mark = document.createElement('div');
    mark.className = 'cm-changed';
    return mark;
  }
}
class Fault extends GutterMarker {
  override elementClass = 'cm-fault';
}
const changed = new Changed();
const fault = new Fault();
const faultLine = Decoration.line({ class: 'cm-fault' });

const changedLines = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update(marks, transaction) {
    let now = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(showChanges)) continue;
      const { doc } = transaction.state;
      const lines = effect.value.filter((line) => line >= 1 && line <= doc.lines);
      now = RangeSet.of(lines.map((line): Range<GutterMarker> => changed.range(doc.line(line).from)));
    }
    return now;
  },
});

const faultLines = StateField.define<readonly number[]>({
  create: () => [],
  update(starts, transaction) {
    let now = transaction.docChanged ? starts.map((at) => transaction.changes.mapPos(at)) : starts;
    for (const effect of transaction.effects) if (effect.is(showFaults)) now = effect.value.map(({ from }) => from);
    return now;
  },
  provide: (field) => [
    EditorView.decorations.compute([field], (state) =>
      Decoration.set(linesOf(state.field(field), state.doc).map((from) => faultLine.range(from))),
    ),
    gutterLineClass.compute([field], (state) =>
      RangeSet.of(linesOf(state.field(field), state.doc).map((from) => fault.range(from))),
    ),
  ],
});

/** The starts of the lines that hold these places, in order, each once. */
const linesOf = (places: readonly number[], doc: { lineAt(at: number): { from: number }; length: number }) =>
  [...new Set(places.map((at) => doc.lineAt(Math.min(at, doc.length)).from))].toSorted((a, b) => a - b);

export const changeGutter = [
  changedLines,
  faultLines,
  gutter({ class: 'cm-changes', markers: (view) => view.state.field(changedLines) }),
];
