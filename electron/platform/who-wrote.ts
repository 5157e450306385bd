// Tells who wrote a file, as far as this computer remembers: a package that was being configured, or an open editor.
import { closeSync, fstatSync, openSync, readlinkSync, readSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import type { Author } from '../contract/history.ts';
import { processIds, readText } from './processes.ts';

const dpkgLog = '/var/log/dpkg.log';
const tailBytes = 64 * 1024;
/** The log has whole seconds, and a postinst writes before its package counts as installed. */
const packageWithinMs = 15_000;
/** An editor that was there when the change was seen says nothing of one that is older. */
const editorWithinMs = 10_000;

const editors = /^(vi|vim\..*|vim|nvim|nano|pico|emacs.*|ed|micro|joe|mcedit|kate|gedit|code|helix|hx|sed|ne|kak)$/;

/** Who wrote this file at this time, in ms since 1970. */
export function whoWrote(path: string, at: number): Author {
  const name = packageAt(tailOf(dpkgLog), at);
  if (name !== null) return { kind: 'package', name };
  const editor = Date.now() - at <= editorWithinMs ? editorOf(path) : null;
  return editor === null ? { kind: 'unknown' } : { kind: 'editor', name: editor };
}

/** The package whose configuration the log tells nearest to this time; the log speaks local time. */
export function packageAt(log: string, at: number): string | null {
  let best: { readonly name: string; readonly away: number } | null = null;
  for (const line of log.split('\n')) {
    const [, date, time, name] =
      /^(\S+) (\S+) (?:configure|status (?:half-configured|installed)) ([^:\s]+)/.exec(line) ?? [];
    if (date === undefined || name === undefined) continue;
    const away = Math.abs(Date.parse(`${date}T${time}`) - at);
    if (away <= packageWithinMs && (best === null || away < best.away)) best = { name, away };
  }
  return best?.name ?? null;
}

/** A program by an editor's name that has this file among its arguments. */
function editorOf(path: string): string | null {
  for (const pid of processIds()) {
    const [program = '', ...args] = (readText(`/proc/${pid}/cmdline`) ?? '').split('\0');
    const name = basename(program);
    if (name !== 'sudoedit' && !editors.test(name)) continue;
    if (args.some((arg) => samePlaceFor(pid, arg, path))) return name;
  }
  return null;
}

function samePlaceFor(pid: number, arg: string, path: string): boolean {
  if (basename(arg) !== basename(path)) return false;
  if (isAbsolute(arg)) return arg === path;
  try {
    return join(readlinkSync(`/proc/${pid}/cwd`), arg) === path;
  } catch {
    // Another user's process: its folder is not ours to know, and the name alone proves nothing.
    return false;
  }
}

function tailOf(path: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    // No dpkg here, or not ours to read.
    return '';
  }
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, tailBytes));
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8');
  } finally {
    closeSync(file);
  }
}
