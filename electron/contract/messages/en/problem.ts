// English: problem.

export const problem = {};
