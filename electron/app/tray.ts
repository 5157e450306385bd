// The icon at the tray and its menu: hands the projection to Electron, and nothing that has not changed.
import { Menu, nativeImage, Tray, type MenuItemConstructorOptions, type NativeImage } from 'electron';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import type { TrayAction, TrayIcon, TrayItem, TrayView } from './tray-view.ts';

export type TrayPorts = {
  /** Folder with the icons, named `STATE-PANEL-SIZE.png`. */
  readonly icons: string;
  /** Edge of the icon in pixels: what panels draw at this scale. */
  readonly size: number;
  readonly clicked: (action: TrayAction) => void;
  /** A plain click on the icon, where the desktop tells of those. */
  readonly activated: () => void;
};

export type AppTray = {
  /** Shows this. `dark` is about the panel that the icon stands on. */
  show(view: TrayView, dark: boolean): void;
  close(): void;
};

export function createTray(first: TrayView, dark: boolean, ports: TrayPorts): AppTray {
  const images = new Map<string, NativeImage>();
  const imageFor = (icon: TrayIcon, onDark: boolean): NativeImage => {
    const name = `${icon}-${onDark ? 'dark' : 'light'}-${ports.size}.png`;
    const image = images.get(name) ?? nativeImage.createFromPath(join(ports.icons, name));
    images.set(name, image);
    return image;
  };
  const tray = new Tray(imageFor(first.icon, dark));
  let shown: { readonly view: TrayView; readonly dark: boolean } | null = null;

  function show(view: TrayView, onDark: boolean): void {
    if (shown === null || shown.view.icon !== view.icon || shown.dark !== onDark)
      tray.setImage(imageFor(view.icon, onDark));
    if (shown?.view.tooltip !== view.tooltip) tray.setToolTip(view.tooltip);
    // On Linux a menu is a copy: it has to be set again to change, and an open one closes when it is.
    if (!isDeepStrictEqual(shown?.view.items, view.items)) setMenu(view.items);
    shown = { view, dark: onDark };
  }

  function setMenu(items: readonly TrayItem[]): void {
    tray.setContextMenu(Menu.buildFromTemplate(items.map((item) => template(item, () => setMenu(items)))));
  }

  /** `again`: a switch was clicked and shows what was asked for; it is to show what is true until that has changed. */
  function template(item: TrayItem, again: () => void): MenuItemConstructorOptions {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'text':
        return { label: item.label, enabled: false };
      case 'action':
        return { label: item.label, enabled: item.enabled, click: () => ports.clicked(item.action) };
      case 'switch': {
        const click = (): void => {
          again();
          ports.clicked(item.action);
        };
        return { type: 'checkbox', label: item.label, enabled: item.enabled, checked: item.on, click };
      }
    }
  }

  tray.on('click', ports.activated);
  show(first, dark);
  return { show, close: () => tray.destroy() };
}
