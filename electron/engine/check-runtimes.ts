// Runtimes, and which of them is the usual one.
import { isJsonObject, type Json, type JsonObject } from '../contract/json.ts';
import { givenFlags } from './daemon-flags.ts';
import { fault, isOld, lacking, type Context, type Unplaced } from './check-context.ts';
import { memberOf } from './check-type.ts';

/** dockerd brings these with it. */
const builtIn = ['runc', 'io.containerd.runc.v2'];
const builtInOld = ['runc', 'io.containerd.runc.v2', 'io.containerd.runtime.v1.linux'];
/** A containerd shim stands for itself. */
const isShim = (name: string): boolean => /^[a-z0-9]+(?:\.[a-zA-Z0-9_-]+)+$/.test(name);

export function runtimeFindings(context: Context): readonly Unplaced[] {
  const given = context.values['runtimes'];
  const runtimes: JsonObject = isJsonObject(given) ? given : {};
  return [
    ...Object.entries(runtimes).flatMap(([name, value]) => runtime(name, value, context)),
    ...usual(context, runtimes),
  ];
}

function runtime(name: string, value: Json, context: Context): readonly Unplaced[] {
  const path = ['runtimes', name];
  const old = isOld(context);
  if (name === 'runc') return [fault(path, name, 'reserved-runtime', 'always')];
  if (!isJsonObject(value)) return value === null && !old ? [fault(path, name, 'runtime-without-path', 'always')] : [];
  const program = textOf(value, 'path');
  const type = textOf(value, 'runtimeType');
  const args = memberOf(value, 'runtimeArgs')?.value;
  const options = memberOf(value, 'options')?.value;
  if (old) return programFindings(program, [...path, 'path'], context);
  if (program === '' && type === '') return [fault(path, name, 'runtime-without-path', 'always')];
  if (program !== '' && type !== '') return [fault(path, name, 'runtime-path-and-type', 'always')];
  if (type !== '' && Array.isArray(args) && args.length > 0)
    return [fault([...path, 'runtimeArgs'], name, 'runtime-arguments-with-type', 'always')];
  if (program !== '' && options !== undefined && isJsonObject(options) && Object.keys(options).length > 0)
    return [fault([...path, 'options'], name, 'runtime-options', 'always')];
  return [...optionFindings(options, [...path, 'options']), ...programFindings(program, [...path, 'path'], context)];
}

/** The options of runc's own shim that are of another type than text; unknown ones pass (measured on 28.5). */
const booleans = ['nopivotroot', 'nonewkeyring', 'systemdcgroup'];
const texts = ['shimcgroup', 'binaryname', 'root', 'criupath', 'criuimagepath', 'criuworkpath'];

function optionFindings(options: Json | undefined, path: readonly string[]): readonly Unplaced[] {
  if (options === undefined || !isJsonObject(options)) return [];
  return Object.entries(options).flatMap(([name, value]) => {
    const known = name.toLowerCase();
    const wanted = booleans.includes(known) ? 'boolean' : texts.includes(known) ? 'string' : null;
    return wanted === null || value === null || typeof value === wanted
      ? []
      : [fault([...path, name], value, 'runtime-options', 'always')];
  });
}

/**
 * A program that is not there is told in the log only; then containers with it fail. A name alone is looked for as shells
 * do, any other relative path in the folder of each container (measured on 20.10, 26.1, 28.5).
 */
function programFindings(program: string, path: readonly string[], { machine }: Context): readonly Unplaced[] {
  const facts = machine?.paths[program];
  if (!program.startsWith('/') && program.includes('/')) return [fault(path, program, 'not-absolute', 'containers')];
  if (!program.startsWith('/') || facts === undefined) return [];
  if (facts.type === 'missing') return [lacking(path, program, 'no-program', 'containers')];
  return facts.type === 'file' && !facts.executable ? [lacking(path, program, 'not-executable', 'containers')] : [];
}

function usual(context: Context, runtimes: JsonObject): readonly Unplaced[] {
  const name = context.values['default-runtime'];
  if (typeof name !== 'string' || name === '') return [];
  const byFlag = givenFlags(context.flags)
    .filter((flag) => flag.name === 'add-runtime')
    .flatMap(({ values }) => values.map((value) => value.split('=')[0] ?? ''));
  const known = [...Object.keys(runtimes), ...byFlag, ...(isOld(context) ? builtInOld : builtIn)];
  if (known.includes(name) || (!isOld(context) && isShim(name))) return [];
  return [fault(['default-runtime'], name, 'unknown-runtime', 'always')];
}

const textOf = (object: JsonObject, name: string): string => {
  const value = memberOf(object, name)?.value;
  return typeof value === 'string' ? value : '';
};
