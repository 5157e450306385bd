// Where the focus goes in a part of the page that somebody was led to.

/** What is filled in comes before the buttons beside it, which only undo or explain. */
export const firstControlIn = (part: ParentNode): HTMLElement | null =>
  part.querySelector<HTMLElement>(':is(input, select, textarea):not(:disabled)') ??
  part.querySelector<HTMLElement>(':is(button, a):not(:disabled)');
