// English: window.

export const window = {};
