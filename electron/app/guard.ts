// Refuses what no page of ours ever needs: other addresses, windows, permissions, devices, downloads.
import type { App, Session } from 'electron';
import { ORIGIN, PAGE } from './protocol.ts';

/** Whether anything may be loaded from this address. Developer tools are a page of their own scheme. */
export function mayRequest(address: string, developing: boolean): boolean {
  if (address.startsWith(PAGE)) return true;
  return developing && (address.startsWith('devtools://') || address.startsWith('chrome-extension://'));
}

/** Whether a frame of ours may go to this address: only the page itself, loaded again. */
export const mayNavigate = (address: string): boolean => address === PAGE;

/** Whether a message comes from our page: the main frame of our window, showing our origin. */
export function isOurs<Frame extends { readonly origin: string }>(sender: Frame | null, ours: Frame | null): boolean {
  return sender !== null && sender === ours && sender.origin === ORIGIN;
}

/** Closes everything that a session could be asked for. `refused` is told the address, for the log. */
export function guardSession(session: Session, developing: boolean, refused: (what: string) => void): void {
  session.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, ({ url }, respond) => {
    const cancel = !mayRequest(url, developing);
    if (cancel) refused(`request to ${url}`);
    respond({ cancel });
  });
  session.setPermissionRequestHandler((_contents, permission, respond) => {
    refused(`permission ${permission}`);
    respond(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, respond) => respond({}));
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
}

/** Keeps every web contents, of whatever kind, where it is. */
export function guardContents(app: App, refused: (what: string) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-frame-navigate', (event) => {
      if (event.isMainFrame && mayNavigate(event.url)) return;
      refused(`navigation to ${event.url}`);
      event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      refused(`window for ${url}`);
      return { action: 'deny' };
    });
  });
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, respond) => {
    event.preventDefault();
    respond(false);
  });
}
