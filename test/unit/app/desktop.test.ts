// Small parts of the desktop program: links, autostart, the window's place, the log, the version.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createXdgAutostart, desktopEntry } from '../../../electron/app/autostart.ts';
import { addressOf, links } from '../../../electron/app/links.ts';
import { createLog, redacted } from '../../../electron/app/log.ts';
import { appVersion, isUnsupported, pinnedElectron } from '../../../electron/app/version.ts';
import { fittingPlace } from '../../../electron/app/window-place.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'afloat-desktop-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test.each(links)('the link %s is an address of the web, encrypted, without surprises', (link) => {
  const url = new URL(addressOf(link));
  expect(url.protocol).toBe('https:');
  expect([url.username, url.password, url.port, url.search]).toEqual(['', '', '', '']);
});

describe('opening at login', () => {
  const entry = {
    command: ['/opt/Afloat/afloat'],
    name: 'Afloat',
    comment: 'Comment',
    comments: { ja: 'コメント' },
  };
  const path = (): string => join(folder, 'autostart', 'app.afloat.Afloat.desktop');

  test('is an entry that starts the app in the tray', () => {
    const autostart = createXdgAutostart(folder, 'app.afloat.Afloat', entry);
    expect(autostart.isOn()).toBe(false);
    autostart.set(true);
    expect(autostart.isOn()).toBe(true);
    expect(readFileSync(path(), 'utf8').split('\n')).toEqual([
      '[Desktop Entry]',
      'Type=Application',
      'Version=1.1',
      'Name=Afloat',
      'Comment=Comment',
      'Comment[ja]=コメント',
      'TryExec=/opt/Afloat/afloat',
      'Exec=/opt/Afloat/afloat --hidden',
      'Icon=app.afloat.Afloat',
      'Terminal=false',
      'StartupNotify=false',
      'X-GNOME-Autostart-enabled=true',
      '',
    ]);
    expect(readdirSync(join(folder, 'autostart'))).toEqual(['app.afloat.Afloat.desktop']);
    autostart.set(false);
    expect(autostart.isOn()).toBe(false);
    autostart.set(false);
  });

  test.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])(
    'is off when the desktop switched it off: %s',
    (line) => {
      const autostart = createXdgAutostart(folder, 'app.afloat.Afloat', entry);
      autostart.set(true);
      writeFileSync(path(), `[Desktop Entry]\n${line}\n`);
      expect(autostart.isOn()).toBe(false);
    },
  );

  test.each([
    ['/home/a b/afloat', '"/home/a b/afloat"'],
    ['/opt/50%/afloat', '/opt/50%%/afloat'],
    ['/opt/$x/"y"/`z`', '"/opt/\\\\$x/\\\\"y\\\\"/\\\\`z\\\\`"'],
    ['C:\\afloat', '"C:\\\\\\\\afloat"'],
  ])('quotes %s as the specification wants', (program, quoted) => {
    expect(desktopEntry({ ...entry, command: [program] })).toContain(`\nExec=${quoted} --hidden\n`);
  });
});

describe('the window', () => {
  const screen = { x: 0, y: 0, width: 1280, height: 800 };
  const second = { x: 1280, y: 0, width: 1920, height: 1080 };
  const kept = (over: object) => ({ x: 100, y: 80, width: 900, height: 640, maximized: false, ...over });

  test.each([
    ['the first start', null, [screen], { width: 980, height: 700 }],
    ['where it was', kept({}), [screen], { x: 100, y: 80, width: 900, height: 640 }],
    ['on another display', kept({ x: 1500 }), [screen, second], { x: 1500, y: 80, width: 900, height: 640 }],
    ['a display that is gone', kept({ x: 1500 }), [screen], { width: 900, height: 640 }],
    ['above every display', kept({ y: -300 }), [screen], { width: 900, height: 640 }],
    ['hardly visible', kept({ x: 1200 }), [screen], { width: 900, height: 640 }],
    ['smaller than it may be', kept({ width: 10, height: 10 }), [screen], { x: 100, y: 80, width: 720, height: 560 }],
    [
      'larger than the display',
      kept({ width: 5000, height: 5000 }),
      [screen],
      { x: 100, y: 80, width: 1280, height: 800 },
    ],
    ['no display at all', kept({}), [], { width: 900, height: 640 }],
  ])('%s', (_what, place, areas, fits) => {
    expect(fittingPlace(place, areas)).toEqual(fits);
  });
});

describe('the log', () => {
  test.each([
    ['https://user:secret@mirror.example.org/x', 'https://***@mirror.example.org/x'],
    ['proxy http://token@10.0.0.1:3128, and tcp://a:b@c', 'proxy http://***@10.0.0.1:3128, and tcp://***@c'],
    ['at /home/mira/afloat/x.ts:1', 'at ~/afloat/x.ts:1'],
    ['one\n    two', 'one | two'],
    ['mail me@example.org', 'mail me@example.org'],
  ])('%j becomes %j', (text, clean) => {
    expect(redacted(text, '/home/mira')).toBe(clean);
  });

  test('gives every bug a reference that is found again, and is for its user only', () => {
    const log = createLog(join(folder, 'logs'), '/home/mira');
    const reference = log.report(new Error('a bug at http://a:b@c'));
    expect(reference).toMatch(/^[0-9A-F]{6}$/);
    const text = readFileSync(log.path, 'utf8');
    expect(text).toContain(`bug ${reference} Error: a bug at http://***@c | at `);
    expect(statSync(log.path).mode & 0o777).toBe(0o600);
  });

  test('starts a new file when it is large, and keeps one old', () => {
    const log = createLog(folder, '');
    for (let i = 0; i < 5; i++) log.info('x'.repeat(600_000));
    expect(readdirSync(folder).sort()).toEqual(['afloat.log', 'afloat.log.1']);
    expect(statSync(log.path).size).toBeLessThan(1_300_000);
  });

  test('what cannot be written is let go', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => createLog(join(folder, 'file', 'logs'), '').info('x')).not.toThrow();
  });
});

test('only the pinned runtime is supported', () => {
  expect(isUnsupported(pinnedElectron)).toBe(false);
  expect(isUnsupported('33.2.1')).toBe(true);
  expect([appVersion(pinnedElectron), appVersion('33.2.1')]).toEqual(['0.0.0-test', '0.0.0-test~dev']);
});
