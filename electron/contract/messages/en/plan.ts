// English: plan.

export const plan = {};
