// Stands in for Electron here, so that importing it from this room does not compile.
export {};
