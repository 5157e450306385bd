// Which operating system this is, for the rooms that may not ask themselves.

export const system: NodeJS.Platform = process.platform;
