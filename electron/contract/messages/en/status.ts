// English: status.

export const status = {};
