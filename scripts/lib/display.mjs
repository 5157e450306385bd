// Whether a window can be shown here: a display that is named need not be there.

import { connect } from 'node:net';
import { isAbsolute, join } from 'node:path';

/** @param {string} path of a socket; with a leading NUL in the abstract namespace @returns {Promise<boolean>} */
function answers(path) {
  return new Promise((done) => {
    const socket = connect(path);
    const end = (/** @type {boolean} */ is) => {
      socket.destroy();
      done(is);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}

/**
 * Looks for the display of the user's session. One of another machine (`host:0`) is taken for there.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<string | null>} null: a window can be shown; otherwise why not, in words
 */
export async function whyNoDisplay({ DISPLAY, WAYLAND_DISPLAY, XDG_RUNTIME_DIR = '' }) {
  if (!DISPLAY && !WAYLAND_DISPLAY) return '$DISPLAY and $WAYLAND_DISPLAY are empty';
  if (WAYLAND_DISPLAY) {
    const path = isAbsolute(WAYLAND_DISPLAY) ? WAYLAND_DISPLAY : join(XDG_RUNTIME_DIR, WAYLAND_DISPLAY);
    if (await answers(path)) return null;
    if (!DISPLAY) return `nothing answers at $WAYLAND_DISPLAY, ${path}`;
  }
  const number = /^(?:unix)?:(\d+)(?:\.\d+)?$/.exec(DISPLAY ?? '')?.[1];
  if (number === undefined) return null;
  const path = `/tmp/.X11-unix/X${number}`;
  if ((await answers(path)) || (await answers(`\0${path}`))) return null;
  return `nothing answers at $DISPLAY, ${DISPLAY}`;
}
