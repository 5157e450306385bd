// Whether a dialog stands before the page: then the keys are its own.

export const hasModal = (page: Document): boolean => page.querySelector('dialog[open]') !== null;
