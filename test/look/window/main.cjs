// The scenes in a bare window of the runtime, without the app around them: its page, its Chromium, nothing else.
const { app, BrowserWindow, Menu, protocol } = require('electron');
const { readFileSync } = require('node:fs');
const { extname, join, normalize } = require('node:path');

const folder = process.env.AFLOAT_LOOK;
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

protocol.registerSchemesAsPrivileged([{ scheme: 'look', privileges: { standard: true, secure: true } }]);
app.disableHardwareAcceleration();
Menu.setApplicationMenu(null);
void app.whenReady().then(() => {
  protocol.handle('look', (request) => {
    const path = normalize(decodeURIComponent(new URL(request.url).pathname));
    const type = types[extname(path)];
    if (type === undefined) return new Response(null, { status: 404 });
    return new Response(readFileSync(join(folder, path)), { headers: { 'Content-Type': type } });
  });
  // When its driver is there and asks: one that comes while a first window is being made waits for ever now and then.
  app.on('activate', () => {
    const window = new BrowserWindow({ width: 900, height: 640, useContentSize: true, frame: false });
    void window.loadURL('about:blank');
  });
});
