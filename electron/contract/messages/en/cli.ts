// English: cli.

export const cli = {};
