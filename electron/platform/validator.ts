// Asks the daemon's own program whether it would start with a configuration, without writing a file.
import type { Validator } from '../engine/ports.ts';
import { run } from './run.ts';

/** It took 40 to 133 ms (measured); a machine under load takes longer. */
const timeoutMs = 10_000;

/** Where distributions keep docker-proxy, which `--validate` wants to find (measured on 26.1 and 28.5). */
const systemFolders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/**
 * `dockerd --validate` with the daemon's own binary, the flags of its next start and PATH; the text comes through a pipe. It exists in 23.0
 * and newer. As another user it can be refused what the daemon may read: then nothing is said. Root is not let run it on
 * `userns-remap: default`, because it would make that user and group (measured on 28.5).
 */
export const createValidator = (): Validator => ({
  async validate(text, daemon) {
    if (daemon.executable === null) return { kind: 'not-checked', why: 'no-binary' };
    if (/"userns-remap"\s*:\s*"default"/.test(text)) return { kind: 'not-checked', why: 'no-permission' };
    const path = [daemon.environment['PATH'], ...systemFolders].filter(Boolean).join(':');
    const flags = withoutConfigFile(daemon.startFlags);
    // Node gives a child a socket as its input, which cannot be opened by name; behind `cat` it is a pipe, which can.
    const through = ['-c', 'cat | "$0" "$@"', daemon.executable];
    const judged = await run('/bin/sh', [...through, '--validate', '--config-file', '/dev/stdin', ...flags], {
      timeoutMs,
      input: text,
      env: { ...daemon.environment, PATH: path },
    });
    const said = `${judged.stdout}${judged.stderr}`;
    if (judged.timedOut) return { kind: 'not-checked', why: 'timeout' };
    if (judged.code === 0) return { kind: 'accepted' };
    if (judged.code === 126 || judged.code === 127 || judged.code === null)
      return { kind: 'not-checked', why: 'no-binary' };
    if (/unknown flag: --validate/.test(said)) return { kind: 'not-checked', why: 'not-offered-by-version' };
    if (/userland-proxy-path is not set/.test(said)) return { kind: 'not-checked', why: 'path' };
    if (/permission denied/i.test(said)) return { kind: 'not-checked', why: 'no-permission' };
    const lines = said
      .split('\n')
      .map((line) => line.trim().replaceAll('/dev/stdin', daemon.configPath ?? 'daemon.json'));
    return { kind: 'refused', lines: lines.filter((line) => line !== '').slice(-5) };
  },
});

/** The daemon's flags less the one that names its file, which is given anew. */
export const withoutConfigFile = (flags: readonly string[]): readonly string[] =>
  flags.filter((flag, i) => !/^--?config-file(=|$)/.test(flag) && !/^--?config-file$/.test(flags[i - 1] ?? ''));
