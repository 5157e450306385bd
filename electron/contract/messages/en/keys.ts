// What each key of the window does.
export const keys = {
  title: 'Keyboard',
  apply: 'Apply the draft',
  close: 'Close the window',
  general: 'Open General',
  pages: 'Page before, page after',
  redo: 'Redo',
  refresh: 'Read everything again',
  search: 'Search options, or the text',
  undo: 'Undo',
  zoom: 'Larger, smaller',
};
