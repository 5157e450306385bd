// English: finding.

export const finding = {};
