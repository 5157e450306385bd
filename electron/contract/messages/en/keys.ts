// What each key of the window does.
export const keys = {
  title: 'Keyboard',
  apply: 'Apply the draft',
  close: 'Close the window',
  complete: 'In the text: complete',
  fix: 'In the text: fix the problem',
  general: 'Open General',
  leave: 'In the text: leave it',
  nextMatch: 'In the text: next match, match before',
  nextProblem: 'In the text: next problem',
  pages: 'Page before, page after',
  redo: 'Redo',
  refresh: 'Read everything again',
  search: 'Search options, or the text',
  undo: 'Undo',
  zoom: 'Larger, smaller, as before',
};
