// Runs a command so that it leaves nothing behind: mounts of its own, orphans reaped, a display and a bus of its own.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { dirname, join } from 'node:path';
import { builtFile } from './build.mjs';
import { checkout } from './checkout.mjs';
import { attempt } from './run.mjs';
import { endLine, say } from './say.mjs';

const mark = 'AFLOAT_RUN';
const quietBus = join(checkout, 'scripts', 'lib', 'quiet-bus.sh');

/**
 * @param {readonly string[]} command
 * @param {{ display?: boolean, engines?: string | undefined }} options `engines`: the path of engines.json, where there is one
 * @returns {string[]} the command to run instead
 */
export function wrapped(command, { display, engines }) {
  let all = [...command];
  if (display) {
    const screen = '-screen 0 1280x900x24 -nolisten tcp';
    all = ['dbus-run-session', `--dbus-daemon=${quietBus}`, '--', 'xvfb-run', '-a', '-s', screen, ...all];
  }
  if (process.platform !== 'linux') return all;
  // The first process of a container or of this machine need not reap what daemons orphan: docker-init does.
  const init = engines === undefined ? '' : join(dirname(engines), 'tools', 'docker-init');
  if (existsSync(init)) all = [init, '-s', '--', ...all];
  if (process.getuid?.() === 0) all = ['unshare', '--mount', '--propagation', 'private', ...all];
  return all;
}

/** An environment whose processes can be told from all others later. @returns {{ environment: Record<string, string>, id: string }} */
export function markedRun() {
  const id = `${process.pid}-${Date.now()}`;
  return { environment: { [mark]: id }, id };
}

/** @param {string} id @returns {Map<number, string>} the marked run's processes with all descendants: id to name */
function processesOf(id) {
  /** @type {Map<number, { parent: number, name: string, marked: boolean }>} */
  const found = new Map();
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state === 'Z') continue;
      const marked = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`${mark}=${id}`);
      found.set(pid, { parent: Number(parent), name, marked });
    } catch {
      // Gone meanwhile, or another user's: not ours in either case.
    }
  }
  /** @param {number} pid @returns {boolean} */
  const ours = (pid) => {
    const process = found.get(pid);
    return process !== undefined && (process.marked || ours(process.parent));
  };
  return new Map([...found].filter(([pid]) => ours(pid)).map(([pid, { name }]) => [pid, name]));
}

/**
 * Ends what the marked run left running, with all descendants. What is just ending gets a moment to do so.
 * @param {string} id
 * @returns {Promise<string[]>} the names of those that had to be ended
 */
export async function endLeftovers(id) {
  if (process.platform !== 'linux') return [];
  if (await goneWithin(id, 1000)) return [];
  const left = processesOf(id);
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGKILL'])) {
    for (const pid of processesOf(id).keys()) {
      try {
        process.kill(pid, signal);
      } catch {
        // It has ended by itself.
      }
    }
    if (await goneWithin(id, 3000)) break;
  }
  return [...left.values()];
}

/** @param {string} id @param {number} milliseconds */
async function goneWithin(id, milliseconds) {
  for (const end = Date.now() + milliseconds; Date.now() < end; await sleep(50)) {
    if (processesOf(id).size === 0) return true;
  }
  return false;
}

/**
 * Runs a built program of ours with the arguments of this script, and ends what it leaves.
 * @param {'tour' | 'bench' | 'truth' | 'pictures' | 'screens'} program
 * @param {{ display?: boolean, environment: Record<string, string> }} options
 * @returns {Promise<number>} its exit code
 */
export async function runAlone(program, { display = false, environment }) {
  const mark = markedRun();
  const command = [process.execPath, builtFile(program), ...process.argv.slice(2)];
  const [tool = '', ...args] = wrapped(command, { display, engines: environment['AFLOAT_ENGINES'] });
  endLine();
  const { code } = await attempt(tool, args, {
    cwd: checkout,
    show: true,
    env: { ...process.env, ...environment, ...mark.environment },
  });
  const left = await endLeftovers(mark.id);
  if (left.length > 0) say(program, `ended what was left running: ${left.join(', ')}`);
  return code ?? 1;
}
