// Finds text that does not fit where it stands. Runs inside the page, so everything it needs is inside the function.

/** One line for each piece of text that is cut off, sticks out of its box, or lies on another one. */
export function misfits(): readonly string[] {
  type Piece = { readonly text: string; readonly element: Element; readonly rects: readonly DOMRect[] };
  const slack = 1.5;

  /** Text behind an open dialog is not to be read. */
  const root = document.querySelector('dialog[open]') ?? document.body;
  // What is only laid out when it is scrolled to has no true place before.
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    if (getComputedStyle(element).contentVisibility === 'auto') element.style.contentVisibility = 'visible';
  }
  const pieces: Piece[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element === null || node.textContent?.trim() === '' || !element.checkVisibility({ visibilityProperty: true }))
      continue;
    // Words for screen readers only.
    if (element.closest('.unseen, .visually-hidden, [aria-live].live') !== null) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
    if (rects.length > 0) pieces.push({ text: (node.textContent ?? '').trim().slice(0, 60), element, rects });
  }

  const nameOf = (element: Element): string =>
    `${element.tagName.toLowerCase()}${[...element.classList].map((name) => `.${name}`).join('')}`;
  /** Scrolls by design: it can be reached by keyboard, or is a text field. */
  const mayScroll = (element: Element): boolean => element.matches('[tabindex="0"], textarea, pre, .page');
  const isBox = (element: Element): boolean =>
    element.matches('button, .button, .pill, .card, .bar, .note, td, th, label.radio, fieldset, dialog, .sidebar');

  function faultOf({ text, element, rects }: Piece): string | null {
    for (let around: Element | null = element; around !== null; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (style.display === 'contents' || (style.display.startsWith('inline') && !isBox(around))) continue;
      const box = around.getBoundingClientRect();
      const wide = rects.some(({ left, right }) => left < box.left - slack || right > box.right + slack);
      const high = rects.some(({ top, bottom }) => top < box.top - slack || bottom > box.bottom + slack);
      const clipsX = style.overflowX !== 'visible';
      const clipsY = style.overflowY === 'hidden' || style.overflowY === 'clip';
      const told = style.textOverflow === 'ellipsis' && around.closest('[title]') !== null;
      if (wide && clipsX && !mayScroll(around) && !told) return `“${text}” is cut off by ${nameOf(around)}`;
      if (high && clipsY && !mayScroll(around)) return `“${text}” is cut off in its height by ${nameOf(around)}`;
      if (isBox(around) && (wide || high) && !clipsX && !clipsY) return `“${text}” sticks out of ${nameOf(around)}`;
      if (clipsX && (wide || high)) return null;
      if (style.position === 'fixed') return null;
    }
    return null;
  }

  /** What is left of a piece where something around it cuts it off. */
  function shown(rect: DOMRect, element: Element): DOMRect {
    let { left, right } = rect;
    for (let around: Element | null = element; around !== null; around = around.parentElement) {
      if (getComputedStyle(around).overflowX === 'visible') continue;
      const box = around.getBoundingClientRect();
      left = Math.max(left, box.left);
      right = Math.min(right, box.right);
    }
    return new DOMRect(left, rect.top, right - left, rect.height);
  }

  /** A list that drops down cuts its words off by itself, and draws no text that could be measured. */
  function narrowLists(): readonly string[] {
    // One that says the whole of it to a pointer has its reasons: an address has no end.
    return [...root.querySelectorAll<HTMLSelectElement>('select:not([title])')].flatMap((list) => {
      const copy = list.cloneNode(true) as HTMLSelectElement;
      copy.style.cssText = 'position: absolute; width: max-content; max-width: none';
      list.after(copy);
      const wanted = copy.offsetWidth;
      copy.remove();
      return wanted > list.offsetWidth + slack
        ? [`“${list.selectedOptions[0]?.text ?? ''}” does not fit its list`]
        : [];
    });
  }

  function overlaps(): readonly string[] {
    const seen = pieces.flatMap(({ text, element, rects }) =>
      rects.map((whole) => {
        const rect = shown(whole, element);
        return { text, element, rect, hidden: rect.width <= 0 };
      }),
    );
    const found: string[] = [];
    seen.forEach((a, i) => {
      for (const b of seen.slice(i + 1)) {
        if (a.element === b.element) continue;
        // Out of sight where it stands.
        if (a.hidden || b.hidden) continue;
        const width = Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left);
        const height = Math.min(a.rect.bottom, b.rect.bottom) - Math.max(a.rect.top, b.rect.top);
        if (width < 3 || height < Math.min(a.rect.height, b.rect.height) * 0.4) continue;
        // What scrolls under something else is no neighbor of it.
        const scroller = (of: Element): Element | null =>
          of.closest('.page, [tabindex="0"], textarea, .bar, .sidebar, dialog');
        if (scroller(a.element) !== scroller(b.element)) continue;
        found.push(`“${a.text}” lies on “${b.text}”`);
      }
    });
    return found;
  }

  const beyond = document.documentElement.scrollWidth > innerWidth ? ['the page is wider than the window'] : [];
  const faults = pieces.flatMap((piece) => faultOf(piece) ?? []);
  return [...new Set([...beyond, ...faults, ...narrowLists(), ...overlaps()])];
}
