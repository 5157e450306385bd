// Log drivers and their options. dockerd looks at their names at every start, at most of their values only for a container.
import { fault, lacking, since, stray, takesSize, textInForce, type Context, type Unplaced } from './check-context.ts';
import { at, ownFindings, type LogOptions } from './check-log-drivers.ts';
import { isJsonObject } from '../contract/json.ts';
import { logOptionsOf, logOptionsOfAll } from '../contract/log-options.ts';
import { givenFlags } from './daemon-flags.ts';
import { isBoolean, isInteger, isTrue } from './go-values.ts';
import { isPattern } from './go-pattern.ts';
import { nearest } from './nearest.ts';

export function loggingFindings(context: Context): readonly Unplaced[] {
  const driver = textInForce(context, 'log-driver') || 'json-file';
  const given = context.values['log-opts'];
  const byFlag = givenFlags(context.flags)
    .filter(({ name }) => name === 'log-opt')
    .flatMap(({ values }) =>
      values.map((value): [string, string] => [value.split('=')[0] ?? '', value.slice(value.indexOf('=') + 1)]),
    );
  const options: LogOptions = Object.fromEntries([
    ...Object.entries(isJsonObject(given) ? given : {}).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[key, value]] : value === null ? [[key, '']] : [],
    ),
    ...byFlag,
  ]);
  // Nothing is written, so nothing is asked.
  if (driver === 'none') return [];
  const names = Object.keys(options);
  const known = isBuiltIn(driver, context) ? logOptionsOf(driver) : undefined;
  if (known === undefined) {
    const path = context.values['log-driver'] === undefined ? ['log-opts'] : ['log-driver'];
    // Without options nobody asks for the driver before a container does.
    return isPlugin(context, driver)
      ? []
      : [fault(path, driver, 'unknown-log-driver', names.length > 0 ? 'start' : 'containers')];
  }
  const found = [
    ...names
      .filter((name) => !known.includes(name))
      .map((name) => stray(['log-opts', name], 'unknown-log-option', 'start')),
    ...bufferFindings(options, context),
    ...cacheFindings(options),
    ...rotationFindings(options, driver, context),
    ...tagFindings(options),
    ...patternFindings(options, driver),
    ...(driver === 'journald' && context.machine !== null && !context.machine.systemd
      ? [lacking(['log-driver'], driver, 'no-systemd', 'containers')]
      : []),
    ...(ownFindings[driver]?.(options, context) ?? []),
  ];
  return found;
}

/** The option of a driver that a mistyped one was meant to be. */
export const logOptionLike = (typed: string, driver: string): string | null =>
  nearest(typed, logOptionsOf(driver) ?? logOptionsOfAll);

/** Debian's newer builds leave Google's driver out (measured on 26.1, 28.5). */
function isBuiltIn(driver: string, context: Context): boolean {
  if (driver === 'gcplogs') return !(/dfsg/.test(context.version) && since(context, '28.0'));
  return driver !== 'logentries' || !since(context, '25.0');
}

/** `name:tag`, or one that announces itself. */
const isPlugin = ({ machine }: Context, driver: string): boolean =>
  driver.includes('/') || driver.includes(':') || machine === null || machine.plugins.includes(driver);

function bufferFindings(options: LogOptions, context: Context): readonly Unplaced[] {
  const { mode, 'max-buffer-size': size } = options;
  const found: Unplaced[] = [];
  if (mode !== undefined && mode !== '' && mode !== 'blocking' && mode !== 'non-blocking')
    found.push(at('mode', mode, 'bad-log-option', 'start'));
  if (size !== undefined && mode !== 'non-blocking')
    found.push(at('max-buffer-size', size, 'log-option-needs-other', 'start'));
  else if (size !== undefined && !takesSize(context, size))
    found.push(at('max-buffer-size', size, 'bad-log-option', 'start'));
  return found;
}

/** Whatever the driver is, whether or not it has a cache (measured on 26.1 and 28.5). */
function cacheFindings({ 'cache-disabled': disabled }: LogOptions): readonly Unplaced[] {
  return disabled === undefined || disabled === '' || isBoolean(disabled)
    ? []
    : [at('cache-disabled', disabled, 'bad-log-option', 'start')];
}

/** Only a container that is made later stumbles over these (measured on 20.10, 26.1, 28.5). */
function rotationFindings(options: LogOptions, driver: string, context: Context): readonly Unplaced[] {
  if (driver !== 'json-file' && driver !== 'local') return [];
  const { 'max-size': size, 'max-file': files, compress } = options;
  const found: Unplaced[] = [];
  const isNone = size !== undefined && Number.parseFloat(size) === 0;
  if (size !== undefined && (!takesSize(context, size) || (isNone && driver === 'json-file')))
    found.push(at('max-size', size, 'bad-log-option', 'containers'));
  // The driver `local` compresses unless it is told not to, and for that it needs a second file.
  const least = driver === 'json-file' || (compress !== undefined && isBoolean(compress) && !isTrue(compress)) ? 1 : 2;
  if (files !== undefined && (!isInteger(files) || Number(files) < least))
    found.push(at('max-file', files, 'bad-log-option', 'containers'));
  if (compress !== undefined && !isBoolean(compress))
    found.push(at('compress', compress, 'bad-log-option', 'containers'));
  if (driver === 'json-file' && files !== undefined && files !== '1' && (size === undefined || size === ''))
    found.push(at('max-file', files, 'log-option-needs-other', 'containers'));
  if (
    driver === 'json-file' &&
    compress !== undefined &&
    isTrue(compress) &&
    (size === undefined || files === undefined || files === '1')
  )
    found.push(at('compress', compress, 'log-option-needs-other', 'containers'));
  return found;
}

/** What a tag may ask about a container [source of 20.10, 26.1, 28.5]. */
const tagFields =
  'Config ContainerID ContainerName ContainerEntrypoint ContainerArgs ContainerImageID ContainerImageName ContainerCreated ContainerEnv ContainerLabels LogPath DaemonName Hostname Command ID FullID Name ImageID ImageFullID ImageName'.split(
    ' ',
  );

/** A template; only what is certainly none is told (measured on 26.1 and 28.5). */
function tagFindings({ tag }: LogOptions): readonly Unplaced[] {
  if (tag === undefined) return [];
  const opened = tag.split('{{').slice(1);
  const isOpen = opened.some((part) => !part.includes('}}'));
  const isUnknown = opened.some((part) => {
    const [, field] = /^-?\s*\.(\w+)\s*-?\}\}/.exec(part) ?? [];
    return field !== undefined && !tagFields.includes(field);
  });
  return isOpen || isUnknown ? [at('tag', tag, 'bad-log-option', 'containers')] : [];
}

/** Syslog passes over them; newer ones read the second only for a container that has variables (measured on all three). */
const patternFindings = (options: LogOptions, driver: string): readonly Unplaced[] =>
  driver === 'syslog'
    ? []
    : ['labels-regex', 'env-regex'].flatMap((name) => {
        const text = options[name];
        return text === undefined || isPattern(text) ? [] : [at(name, text, 'bad-log-option', 'containers')];
      });
