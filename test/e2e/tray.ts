// Stands in for the desktop's panel: takes tray icons over D-Bus, reads their menus, and clicks in them.
import dbus, { type MessageBus } from 'dbus-next';

/** A line of a menu, as the app sent it. */
export type MenuLine = {
  readonly id: number;
  readonly label: string;
  readonly enabled: boolean;
  /** Null: no check mark. */
  readonly checked: boolean | null;
};

export type TrayItem = {
  menu(): Promise<readonly MenuLine[]>;
  /** Clicks the line whose label begins so, as soon as it can be clicked. */
  click(label: string): Promise<void>;
  /** Resolves with the first menu that fits. */
  menuUntil(fits: (lines: readonly MenuLine[]) => boolean, limitMs?: number): Promise<readonly MenuLine[]>;
  tooltip(): Promise<string>;
  /** Edges of the icon's pictures in pixels, and a number that changes with what they show. */
  icon(): Promise<{ readonly edges: readonly number[]; readonly sum: number }>;
};

export type TrayHost = {
  /** The app's icon; waits until it is there. */
  item(limitMs?: number): Promise<TrayItem>;
  /** How many icons were ever registered. */
  registered(): number;
  close(): void;
};

const name = 'org.kde.StatusNotifierWatcher';
const itemInterface = 'org.kde.StatusNotifierItem';
const menuInterface = 'com.canonical.dbusmenu';
const usualLimitMs = 30_000;

type Layout = [number, Record<string, { value: unknown } | undefined>, { value: Layout }[]];

/** Becomes the place for tray icons on the session bus. Start it before the app, as a desktop does. */
export async function openTrayHost(): Promise<TrayHost> {
  const bus = dbus.sessionBus();
  const items: { readonly owner: string; readonly path: string }[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const resolve of waiting) resolve();
  };

  class Watcher extends dbus.interface.Interface {
    readonly RegisteredStatusNotifierItems: string[] = [];
    readonly IsStatusNotifierHostRegistered = true;
    readonly ProtocolVersion = 0;
    // Who called is in the message only: see below.
    RegisterStatusNotifierItem(_service: string): void {}
    RegisterStatusNotifierHost(_service: string): void {}
  }
  const read = dbus.interface.ACCESS_READ;
  Watcher.configureMembers({
    properties: {
      RegisteredStatusNotifierItems: { signature: 'as', access: read },
      IsStatusNotifierHostRegistered: { signature: 'b', access: read },
      ProtocolVersion: { signature: 'i', access: read },
    },
    methods: {
      RegisterStatusNotifierItem: { inSignature: 's', outSignature: '' },
      RegisterStatusNotifierHost: { inSignature: 's', outSignature: '' },
    },
  });
  bus.on('message', (message: dbus.Message) => {
    if (message.member === 'RegisterStatusNotifierItem') {
      const service = String(message.body[0]);
      // Either a path of the caller, or a name with the usual path.
      const ofCaller = service.startsWith('/');
      const sender = message.sender ?? '';
      items.push(ofCaller ? { owner: sender, path: service } : { owner: service, path: '/StatusNotifierItem' });
    }
    wake();
  });
  bus.export('/StatusNotifierWatcher', new Watcher(name));
  await bus.requestName(name, 0);

  /** Looks again after every message, until it finds something. */
  async function until<T>(look: () => Promise<T | null> | T | null, what: string, limitMs: number): Promise<T> {
    const end = Date.now() + limitMs;
    for (;;) {
      const messaged = new Promise<void>((resolve) => waiting.add(resolve));
      const found = await look();
      if (found !== null) return found;
      if (Date.now() > end) throw new Error(`Not seen within ${limitMs} ms: ${what}`);
      const timer = setTimeout(wake, 1000);
      await messaged;
      clearTimeout(timer);
      waiting.clear();
    }
  }

  return {
    registered: () => items.length,
    async item(limitMs = usualLimitMs) {
      const { owner, path } = await until(() => items.at(-1) ?? null, 'a tray icon', limitMs);
      await call(bus, 'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'AddMatch', 's', [
        `type='signal',sender='${owner}'`,
      ]);
      return createItem(bus, owner, path, until);
    },
    close: () => bus.disconnect(),
  };
}

type Until = <T>(look: () => Promise<T | null> | T | null, what: string, limitMs: number) => Promise<T>;

function createItem(bus: MessageBus, owner: string, path: string, until: Until): TrayItem {
  const property = async <T>(member: string): Promise<T> => {
    const answer = await call(bus, owner, path, 'org.freedesktop.DBus.Properties', 'Get', 'ss', [
      itemInterface,
      member,
    ]);
    return (answer[0] as { value: T }).value;
  };
  async function menu(): Promise<readonly MenuLine[]> {
    const [, root] = await call(bus, owner, await property<string>('Menu'), menuInterface, 'GetLayout', 'iias', [
      0,
      -1,
      [],
    ]);
    return linesOf(root as Layout).filter(({ label }) => label !== '');
  }
  return {
    menu,
    async click(label) {
      const line = await until(
        async () => (await menu()).find((one) => one.label.startsWith(label) && one.enabled) ?? null,
        `'${label}' to click`,
        usualLimitMs,
      );
      bus.send(
        new dbus.Message({
          destination: owner,
          path: await property<string>('Menu'),
          interface: menuInterface,
          member: 'Event',
          signature: 'isvu',
          body: [line.id, 'clicked', new dbus.Variant('i', 0), 0],
          // Quit ends the app before it could answer.
          flags: dbus.MessageFlag.NO_REPLY_EXPECTED,
        }),
      );
    },
    menuUntil: (fits, limitMs = usualLimitMs) =>
      until(
        async () => {
          const lines = await menu();
          return fits(lines) ? lines : null;
        },
        'such a menu',
        limitMs,
      ),
    tooltip: async () => {
      const [, , title, text] = await property<[string, unknown, string, string]>('ToolTip');
      return title || text;
    },
    async icon() {
      const pictures = await property<[number, number, Buffer][]>('IconPixmap');
      const sum = pictures.reduce((all, [, , bytes]) => bytes.reduce((now, byte) => (now * 31 + byte) % 1e9, all), 7);
      return { edges: pictures.map(([width]) => width), sum };
    },
  };
}

function linesOf([id, properties, children]: Layout): readonly MenuLine[] {
  const { label, enabled } = properties;
  const toggle = properties['toggle-type'];
  const own: MenuLine = {
    id,
    label: typeof label?.value === 'string' ? label.value : '',
    enabled: enabled?.value !== false,
    checked: toggle === undefined || toggle.value === '' ? null : properties['toggle-state']?.value === 1,
  };
  return [own, ...children.flatMap((child) => linesOf(child.value))];
}

async function call(
  bus: MessageBus,
  destination: string,
  path: string,
  interfaceName: string,
  member: string,
  signature: string,
  body: unknown[],
): Promise<unknown[]> {
  const message = new dbus.Message({ destination, path, interface: interfaceName, member, signature, body });
  const reply = await bus.call(message);
  return reply?.body ?? [];
}
