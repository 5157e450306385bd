// A desktop session of alice's in a test machine: a display, a panel, an authentication agent, and her hands.
import { mkdirSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { openShell } from '../host/shell.ts';
import type { TestHost } from '../host/test-host.ts';

export type Desktop = {
  /** Runs a line of shell in her session; resolves with what it said. Throws where it fails. */
  run(line: string): Promise<string>;
  /** Starts a program in her session, with its words in a log of that name. */
  start(name: string, command: string): Promise<void>;
  /** Asks until the line succeeds and says something. */
  until(line: string, limitMs?: number): Promise<string>;
  /** A picture of the whole screen. */
  picture(name: string): Promise<void>;
  /** Opens the tray's menu and goes to an item by keys, as somebody without a mouse would. */
  choose(keys: readonly ('Down' | 'Up')[]): Promise<void>;
  close(): void;
};

const notes = '/opt/afloat/notes';
const pictures = join(process.cwd(), 'test-results', 'desktop');

/** Where the one tray icon is: the panel stands at the top left and holds nothing before it. */
const iconAt = '16 16';

const panel = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array"><value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="32"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/><value type="int" value="2"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray"><property name="square-icons" type="bool" value="true"/></property>
    <property name="plugin-2" type="string" value="clock"/>
  </property>
</channel>`;

const agents = [
  '/usr/lib/policykit-1-gnome/polkit-gnome-authentication-agent-1',
  '/usr/libexec/polkit-mate-authentication-agent-1',
];

/** Logs alice in, and waits until her panel shows tray icons. */
export async function openDesktop(host: TestHost): Promise<Desktop> {
  const shell = openShell(host, { DISPLAY: ':97', XDG_CURRENT_DESKTOP: 'XFCE' });
  const desktop: Desktop = {
    run: shell.run,
    async start(name, command) {
      await desktop.run(`${command} >/tmp/${name}.log 2>&1 &`);
    },
    async until(line, limitMs = 60_000) {
      const limit = Date.now() + limitMs;
      for (;;) {
        const { code, said } = await shell.attempt(line);
        if (code === 0 && said !== '') return said;
        if (Date.now() > limit) {
          await desktop.picture('gave-up');
          throw new Error(`never: ${line} (${code} ${said})`);
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async picture(name) {
      await desktop.run(`import -window root ${notes}/${name}.png`);
      mkdirSync(pictures, { recursive: true });
      copyFileSync(join(host.folder, 'shared', 'notes', `${name}.png`), join(pictures, `${name}.png`));
    },
    async choose(keys) {
      // GTK grabs the keyboard for its menu once that is on the screen.
      await desktop.run(`xdotool mousemove ${iconAt} click 3`);
      await desktop.until('xdotool search --onlyvisible --class "^xfce4-panel|Wrapper" | tail -n +2');
      await new Promise((resolve) => setTimeout(resolve, 1000));
      for (const key of keys) await desktop.run(`xdotool key ${key}; sleep 0.1`);
    },
    close: shell.close,
  };
  await desktop.start('display', 'Xvfb :97 -screen 0 1100x760x24 -nolisten tcp');
  await desktop.until('ls /tmp/.X11-unix/X97');
  await desktop.run('dbus-update-activation-environment DISPLAY XDG_CURRENT_DESKTOP; xsetroot -solid "#4a5a6a"');
  const settings = '.config/xfce4/xfconf/xfce-perchannel-xml';
  await desktop.run(`cd; mkdir -p ${settings}; cat >${settings}/xfce4-panel.xml <<'END'\n${panel}\nEND`);
  await desktop.start('panel', 'xfce4-panel --disable-wm-check');
  await desktop.start('agent', `$(ls ${agents.join(' ')} 2>/dev/null | head -n 1)`);
  await desktop.until('busctl --user status org.kde.StatusNotifierWatcher');
  return desktop;
}
