// Stands in for the desktop's notifications: takes them over D-Bus as they come, and clicks on them.
import dbus from 'dbus-next';

/** A notification as the app sent it. */
export type Notified = {
  readonly id: number;
  readonly app: string;
  readonly title: string;
  readonly body: string;
  /** Keys of what can be clicked; `default` is the notification itself. */
  readonly actions: readonly string[];
};

export type NotificationServer = {
  /** All that came so far, in order. */
  all(): readonly Notified[];
  /** Resolves with the notification at this place in the order, counted from 0. */
  nth(place: number, limitMs?: number): Promise<Notified>;
  /** Clicks on it, as on most desktops: it goes away with that. */
  click(notified: Notified): void;
  close(): void;
};

const name = 'org.freedesktop.Notifications';

/** Becomes the notification server of the session bus. Start it before the app, as a desktop does. */
export async function openNotificationServer(): Promise<NotificationServer> {
  const bus = dbus.sessionBus();
  const all: Notified[] = [];
  const waiting = new Set<() => void>();

  class Notifications extends dbus.interface.Interface {
    GetCapabilities(): string[] {
      return ['body', 'actions'];
    }
    GetServerInformation(): string[] {
      return ['stand-in', 'Afloat tests', '1', '1.2'];
    }
    Notify(app: string, _replaces: number, _icon: string, title: string, body: string, actions: string[]): number {
      const id = all.length + 1;
      // They come in pairs: a key and what stands on its button.
      all.push({ id, app, title, body, actions: actions.filter((_, i) => i % 2 === 0) });
      for (const wake of waiting) wake();
      return id;
    }
    CloseNotification(_id: number): void {}
    ActionInvoked(id: number, key: string): [number, string] {
      return [id, key];
    }
    NotificationClosed(id: number, reason: number): [number, number] {
      return [id, reason];
    }
  }
  Notifications.configureMembers({
    methods: {
      GetCapabilities: { inSignature: '', outSignature: 'as' },
      GetServerInformation: { inSignature: '', outSignature: 'ssss' },
      Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
      CloseNotification: { inSignature: 'u', outSignature: '' },
    },
    signals: { ActionInvoked: { signature: 'us' }, NotificationClosed: { signature: 'uu' } },
  });
  const server = new Notifications(name);
  bus.export('/org/freedesktop/Notifications', server);
  await bus.requestName(name, 0);
  const closedByUser = 2;

  return {
    all: () => [...all],
    async nth(place, limitMs = 30_000) {
      const end = Date.now() + limitMs;
      for (;;) {
        const told = all[place];
        if (told) return told;
        const left = end - Date.now();
        if (left <= 0) throw new Error(`No ${place + 1}. notification within ${limitMs} ms: ${JSON.stringify(all)}`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          waiting.add(() => {
            clearTimeout(timer);
            resolve();
          });
        });
        waiting.clear();
      }
    },
    click({ id }) {
      server.ActionInvoked(id, 'default');
      server.NotificationClosed(id, closedByUser);
    },
    close: () => bus.disconnect(),
  };
}
