// Reads the app's own arguments, and lets those of Chromium and Node pass.
import { fail, ok, type Result } from '../contract/problem.ts';
import { managerKinds, type ManagerKind } from '../contract/snapshot.ts';

/** What the app was started with. */
export type Arguments = {
  readonly host: string | null;
  readonly context: string | null;
  readonly configFile: string | null;
  readonly manager: ManagerKind | null;
  /** Opens on a private daemon to practice on. */
  readonly sandbox: boolean;
  /** Started at login: in the tray, without a window. */
  readonly hidden: boolean;
};

const texts = {
  '--host': 'host',
  '--context': 'context',
  '--config-file': 'configFile',
  '--manager': 'manager',
} as const;
const switches = { '--sandbox': 'sandbox', '--hidden': 'hidden' } as const;

/** Switches of the runtime that people and test drivers really use; everything else that is not ours is a mistake. */
const runtimeSwitch =
  /^--(no-sandbox|inspect(-brk|-port)?|remote-debugging-(port|pipe|address)|user-data-dir|ozone-platform(-hint)?|(enable|disable)-(features|gpu|logging|dev-shm-usage|software-rasterizer|crash-reporter|wayland-ime)|force-device-scale-factor|force-renderer-accessibility|high-dpi-support|lang|log-file|log-level|v|gtk-version|password-store|js-flags|trace-(warnings|deprecation))(=.*)?$/;

/**
 * The arguments after the program. Both `--host VALUE` and `--host=VALUE` are read; the last one counts.
 * Fails with `usage`, naming the argument.
 */
export function parseArguments(argv: readonly string[]): Result<Arguments> {
  const found: { -readonly [K in keyof Arguments]: Arguments[K] } = {
    host: null,
    context: null,
    configFile: null,
    manager: null,
    sandbox: false,
    hidden: false,
  };
  const rest = [...argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    const [name = '', ...after] = argument.split('=');
    if (Object.hasOwn(switches, argument)) found[switches[argument as keyof typeof switches]] = true;
    else if (Object.hasOwn(texts, name)) {
      const value = after.length > 0 ? after.join('=') : rest.shift();
      if (value === undefined || value === '' || value.startsWith('--')) return fail({ kind: 'usage', detail: name });
      const key = texts[name as keyof typeof texts];
      const manager = managerKinds.find((kind) => kind === value);
      if (key !== 'manager') found[key] = value;
      else if (manager !== undefined) found.manager = manager;
      else return fail({ kind: 'usage', detail: `${name} ${value}` });
    } else if (!runtimeSwitch.test(argument)) return fail({ kind: 'usage', detail: argument });
  }
  return ok(found);
}

/**
 * What stands behind the program in `process.argv`. Where Electron was told on its command line which app to run, that
 * folder is the first argument that is no switch.
 */
export function ownArguments(argv: readonly string[], toldWhichApp: boolean): readonly string[] {
  const all = argv.slice(1);
  if (!toldWhichApp) return all;
  const folder = all.findIndex((argument) => !argument.startsWith('-'));
  return all.filter((_, index) => index !== folder);
}
