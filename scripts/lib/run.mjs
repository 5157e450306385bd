// Runs other programs: captured and quiet, or shown; a failure carries the program's own last words.

import { spawn } from 'node:child_process';
import { StepError } from './say.mjs';

/**
 * @typedef {object} Finished
 * @property {number | null} code
 * @property {NodeJS.Signals | null} signal
 * @property {string} stdout
 * @property {string} stderr
 */

/**
 * Runs a program to its end and returns what it said; never rejects because of its exit code.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, show?: boolean }} [options]
 * @returns {Promise<Finished>}
 */
export function attempt(program, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: options.show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    const timer = options.timeoutMs ? setTimeout(() => child.kill('SIGKILL'), options.timeoutMs) : undefined;
    child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('error', (error) => {
      clearTimeout(timer);
      done({ code: 127, signal: null, stdout, stderr: `${stderr}${error.message}\n` });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      done({ code, signal, stdout, stderr });
    });
  });
}

/**
 * Runs a program that must succeed and returns its standard output.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, show?: boolean, failed?: string, todo?: string }} [options]
 *   `failed` says in the user's words what did not work, `todo` what to do about it
 */
export async function run(program, args, options = {}) {
  const result = await attempt(program, args, options);
  if (result.code === 0) return result.stdout;
  const how = result.signal ? `was ended by ${result.signal}` : `ended with code ${result.code}`;
  const words = (result.stderr.trim() || result.stdout.trim()).split('\n').slice(-12).join('\n  ');
  const more = options.todo === undefined ? {} : { todo: options.todo };
  throw new StepError(
    `${options.failed ?? `${program} failed`}: ${program} ${how}${words ? `\n  ${words}` : ''}`,
    more,
  );
}
