// Shows that each unpacked daemon works: started alone in namespaces of its own, asked, made to run a container, stopped.

import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './run.mjs';
import { say, StepError } from './say.mjs';

/**
 * @param {import('./engines.mjs').Engines} found
 * @returns {Promise<number>} the exit code
 */
export async function verifyEngines(found) {
  if (process.getuid?.() !== 0) throw new StepError('a Docker daemon can only be started as root; nothing was started');
  let failures = 0;
  for (const engine of found.engines) {
    const started = Date.now();
    try {
      const words = await verify(engine, found);
      say('engines', `dockerd ${engine.version}: ${words} (${Date.now() - started} ms in all)`);
    } catch (error) {
      failures += 1;
      say('engines', `dockerd ${engine.version}: FAILED: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return failures === 0 ? 0 : 1;
}

/** @param {import('./engines.mjs').Engine} engine @param {import('./engines.mjs').Engines} found */
async function verify(engine, found) {
  const work = await mkdtemp(join(tmpdir(), 'afloat-engine-'));
  const socket = join(work, 'docker.sock');
  await writeFile(join(work, 'daemon.json'), '{}\n');
  const path = [...engine.path, process.env['PATH']].join(':');
  const flags = [
    '--data-root',
    join(work, 'data'),
    '--exec-root',
    join(work, 'exec'),
    '--pidfile',
    join(work, 'pid'),
    '-H',
    `unix://${socket}`,
    '--config-file',
    join(work, 'daemon.json'),
    '--cgroup-parent',
    `/${basename(work)}`,
  ];
  // Its own network, because two daemons in one wipe each other's rules; its own mounts, so that nothing is left behind.
  // docker-init hands signals on, and reaps what the daemon orphans: a container's shim would stay a zombie otherwise.
  const init = join(dirname(found.containerd), 'docker-init');
  const script = 'ip link set lo up && exec "$@"';
  const daemon = spawn(
    'unshare',
    [
      '--mount',
      '--net',
      '--propagation',
      'private',
      'sh',
      '-c',
      script,
      'sh',
      init,
      '-s',
      '--',
      engine.dockerd,
      ...flags,
    ],
    {
      env: {
        ...process.env,
        PATH: path,
        ...(engine.libraryPath.length > 0 && { LD_LIBRARY_PATH: engine.libraryPath.join(':') }),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let log = '';
  daemon.stderr.setEncoding('utf8').on('data', (text) => (log = (log + text).slice(-20_000)));
  const ended = new Promise((done) => daemon.on('close', done));
  try {
    const began = Date.now();
    while ((await ask(socket, 'GET', '/_ping').catch(() => undefined))?.status !== 200) {
      if (daemon.exitCode !== null || Date.now() - began > 60_000) {
        throw new Error(`did not answer; its last words: ${log.trim().split('\n').slice(-3).join(' | ')}`);
      }
      await sleep(50);
    }
    const up = Date.now() - began;
    return `answers after ${up} ms, ${await tryContainer(socket, found.busybox, work)}`;
  } finally {
    daemon.kill('SIGTERM');
    const timer = setTimeout(() => daemon.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(timer);
    await rm(work, { recursive: true, force: true, maxRetries: 5 });
    for (const hierarchy of ['', ...(await readdir('/sys/fs/cgroup'))]) {
      // Not every hierarchy has one.
      await rmdir(join('/sys/fs/cgroup', hierarchy, basename(work))).catch(() => undefined);
    }
  }
}

/** @param {string} socket @param {string} busybox @param {string} work */
async function tryContainer(socket, busybox, work) {
  const root = join(work, 'image');
  await mkdir(join(root, 'bin'), { recursive: true });
  await cp(busybox, join(root, 'bin/busybox'));
  await chmod(join(root, 'bin/busybox'), 0o755);
  await run('tar', ['-cf', join(work, 'image.tar'), '-C', root, '.']);
  await expect(
    ask(
      socket,
      'POST',
      '/images/create?fromSrc=-&repo=afloat-verify',
      await readFile(join(work, 'image.tar')),
      'application/x-tar',
    ),
    200,
  );
  const wanted = { Image: 'afloat-verify', Cmd: ['/bin/busybox', 'sh', '-c', 'exit 42'] };
  const made = await expect(
    ask(socket, 'POST', '/containers/create', Buffer.from(JSON.stringify(wanted)), 'application/json'),
    201,
  );
  await expect(ask(socket, 'POST', `/containers/${made.Id}/start`), 204);
  const waited = await expect(ask(socket, 'POST', `/containers/${made.Id}/wait`), 200);
  if (waited.StatusCode !== 42) throw new Error(`a container ended with ${waited.StatusCode} instead of 42`);
  await expect(ask(socket, 'DELETE', `/containers/${made.Id}`), 204);
  const info = await expect(ask(socket, 'GET', '/info'), 200);
  return `runs a container (${info.Driver}, cgroup ${info.CgroupVersion ?? '?'} ${info.CgroupDriver})`;
}

/** @param {Promise<{ status: number, body: string }>} asked @param {number} status */
async function expect(asked, status) {
  const answer = await asked;
  if (answer.status !== status) throw new Error(`answered ${answer.status}: ${answer.body.trim()}`);
  return answer.body.startsWith('{') && !answer.body.trim().includes('\n') ? JSON.parse(answer.body) : {};
}

/**
 * @param {string} socketPath @param {string} method @param {string} path @param {Buffer} [body] @param {string} [type]
 * @returns {Promise<{ status: number, body: string }>}
 */
function ask(socketPath, method, path, body, type) {
  return new Promise((done, fail) => {
    const asking = request(
      { socketPath, method, path, headers: type ? { 'content-type': type, 'content-length': body?.length ?? 0 } : {} },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part) => (text += part));
        answer.on('end', () => done({ status: answer.statusCode ?? 0, body: text }));
      },
    );
    asking.on('error', fail);
    asking.end(body);
  });
}
