// English: tray.

export const tray = {};
