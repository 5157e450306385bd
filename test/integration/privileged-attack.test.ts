// An ordinary user against the step with root's rights, everything allowed to her by polkit: she can have a daemon
// reloaded and its file changed, and nothing else.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PrivilegedLine, StatusDocument } from '@contract/privileged.ts';
import { bundled } from '../fakes/program.ts';
import { upHost, type TestHost } from '../host/test-host.ts';

const config = '/etc/docker/daemon.json';
const marker = '/tmp/executed';
/** polkit reads rules in an old JavaScript. */
const rule = `polkit.addRule(function (action) { if (action.id.indexOf("app.afloat.") === 0) return polkit.Result.YES; });\n`;
const apply = { version: 1, verb: 'apply', accept: [], etag: 'unseen' } as const;
const debug = { kind: 'patch', patch: [{ path: ['debug'], set: true }] } as const;

let host: TestHost;
const shell = async (script: string): Promise<string> => host.say('/bin/bash', '-c', script);
const notes = (name: string): string => join(host.folder, 'shared', 'notes', name);

/** Runs a script as alice, with what it needs in /opt/afloat/notes; resolves with what it wrote. */
function asUser(script: string): Promise<string> {
  writeFileSync(notes('script.sh'), script);
  const child = host.startAsUser(['/bin/bash', '/opt/afloat/notes/script.sh']);
  let text = '';
  child.stdout.on('data', (part: Buffer) => (text += part.toString('utf8')));
  child.stderr.on('data', (part: Buffer) => (text += part.toString('utf8')));
  child.stdin.end();
  return new Promise((resolve) => child.on('close', () => resolve(text)));
}

const documentIn = (text: string): StatusDocument | null => {
  const line = text
    .split('\n')
    .map((one) => (one.startsWith('{"document"') ? (JSON.parse(one) as PrivilegedLine) : null))
    .find((one) => one !== null);
  return line && 'document' in line ? line.document : null;
};

/** One request through pkexec. */
async function ask(request: object, program = 'afloat-control'): Promise<StatusDocument | null> {
  writeFileSync(notes('request'), `${JSON.stringify(request)}\n`);
  return documentIn(
    await asUser(`pkexec --disable-internal-agent /usr/lib/afloat/${program} </opt/afloat/notes/request`),
  );
}

/** What a successful attack would have changed. */
const state = async () =>
  shell(
    `cat ${config}; systemctl show -p MainPID docker.service; [ ! -e ${marker} ] && echo untouched; md5sum /etc/passwd /etc/shadow`,
  );

beforeAll(async () => {
  const containers = [{ name: 'web', command: ['sleep', '2147483647'] }];
  host = await upHost({ user: {}, daemonJson: '{ "live-restore": true }\n', containers });
  await shell(`mkdir -p /etc/polkit-1/rules.d; cat >/etc/polkit-1/rules.d/10-test.rules <<'RULE'\n${rule}RULE`);
  await shell(`chmod 755 /etc/polkit-1/rules.d; systemctl restart polkit`);
}, 120_000);
afterAll(() => host?.down());

test('50 inputs that are no requests, through pkexec: nothing is begun', async () => {
  const before = await state();
  const etag = 'a'.repeat(64);
  const fixed = [
    '',
    '\n',
    '{}',
    'null',
    '[]',
    '"look"',
    '{"version":1}',
    '{"version":2,"verb":"look"}',
    '{"version":1,"verb":"exec","command":"touch /tmp/executed"}',
    '{"version":1,"verb":"look","path":"/etc/shadow"}',
    '{"version":1,"verb":"look","__proto__":{"verb":"stop"}}',
    '{"version":1,"verb":"stop","accept":["stops"],"socket":"unix:///tmp/x"}',
    '{"version":1,"verb":"restart","accept":"stops"}',
    '{"version":1,"verb":"restart","accept":["stops"]',
    '{"version":1,"verb":"restart","accept":["stops"]}x',
    JSON.stringify({ ...apply, change: { kind: 'file', path: '/etc/shadow' } }),
    JSON.stringify({ ...apply, change: { kind: 'text', text: '{}' } }),
    JSON.stringify({ ...apply, change: debug, configFile: '/etc/passwd' }),
    JSON.stringify({ ...apply, change: debug, etag: { seen: '../../etc/passwd' } }),
    JSON.stringify({ ...apply, change: { kind: 'patch', patch: [{ path: ['../../x'], set: 1, file: '/etc/x' }] } }),
    `${'['.repeat(200_000)}`,
    'x'.repeat(3_000_000),
    '\u0000',
    '\uFEFF{}',
    '$(touch /tmp/executed)',
    '`touch /tmp/executed`',
  ];
  // Each of them cut off somewhere, so that there are fifty.
  const whole = JSON.stringify({ ...apply, change: debug, etag: { seen: etag } });
  const cut = Array.from({ length: 50 - fixed.length }, (_, i) => whole.slice(0, 3 + i * 5));
  [...fixed, ...cut].forEach((text, i) => writeFileSync(notes(`bad-${i}`), `${text}\n`));
  const text = await asUser(
    `cd /opt/afloat/notes; ls bad-* | xargs -P 4 -I{} sh -c 'pkexec --disable-internal-agent /usr/lib/afloat/afloat-control <{} >{}.out 2>&1'`,
  );
  expect(text).toBe('');
  for (let i = 0; i < 50; i += 1) {
    const document = documentIn(readFileSync(notes(`bad-${i}.out`), 'utf8'));
    expect([i, document?.problem?.kind, document?.outcome]).toEqual([i, 'usage', null]);
  }
  expect(await state()).toEqual(before);
});

test('nothing comes from her environment, and no argument is more than the name of an option', async () => {
  const before = await state();
  await asUser(`
    mkdir -p bin; for name in sh env systemd-run systemctl journalctl cat dockerd node afloat setsid; do
      printf '#!/bin/sh\\ntouch ${marker}\\n' >bin/$name; chmod 755 bin/$name; done
    echo 'require("fs").writeFileSync("${marker}", "")' >evil.js; echo 'touch ${marker}' >evil.sh`);
  writeFileSync(notes('request'), '{"version":1,"verb":"look"}\n');
  const looked = await asUser(`
    export PATH=$HOME/bin:$PATH NODE_OPTIONS=--require=$HOME/evil.js LD_PRELOAD=$HOME/evil.so BASH_ENV=$HOME/evil.sh ENV=$HOME/evil.sh
    export DOCKER_HOST=unix:///home/alice/evil.sock DOCKER_CONFIG=$HOME XDG_STATE_HOME=$HOME HOME=$HOME ELECTRON_RUN_AS_NODE= IFS=/
    /usr/bin/pkexec --disable-internal-agent /usr/lib/afloat/afloat-look ../../etc/shadow --eval '1' </opt/afloat/notes/request`);
  expect(looked).toMatch(/^\{"document"/m);
  expect(documentIn(looked)?.view?.target.endpoint).toBe('unix:///var/run/docker.sock');
  const wrong = ['../../etc/passwd', '--eval=1', '-e', '"a b"', '"$(id)"', `${'k'.repeat(65)}`];
  const codes = await asUser(
    wrong
      .map((word) => `pkexec --disable-internal-agent /usr/lib/afloat/afloat-change ${word} </dev/null; echo "code $?"`)
      .join('\n'),
  );
  expect(codes.match(/code 64/g)).toHaveLength(wrong.length);
  expect(await state()).toEqual(before);
});

test('what was authorized is not stretched: not by the program, not by the names', async () => {
  const before = await state();
  const hosts = {
    kind: 'patch',
    patch: [{ path: ['runtimes'], set: { evil: { path: '/home/alice/bin/sh' } } }],
  } as const;
  expect((await ask({ version: 1, verb: 'restart', accept: ['stops'] }, 'afloat-look'))?.problem?.kind).toBe(
    'authorization.denied',
  );
  const change = { ...apply, change: hosts, accept: ['later-start-fails'] };
  for (const program of ['afloat-control', 'afloat-change hosts']) {
    expect((await ask(change, program))?.outcome?.problem).toEqual({
      kind: 'authorization.insufficient',
      keys: ['runtimes'],
    });
  }
  expect(await state()).toEqual(before);
});

describe('a text to go back to is the word of who asks', () => {
  const text = (more: object): string => JSON.stringify({ 'live-restore': true, ...more });
  const runtimes = { runtimes: { evil: { path: '/home/alice/bin/sh' } } };
  const goBack = async (given: string, more: object, program: string) => {
    const etag = createHash('sha256')
      .update(readFileSync(host.path(config)))
      .digest('hex');
    const request = { version: 1, verb: 'go-back', accept: ['later-start-fails'], etag, text: given, ...more };
    return (await ask(request, program))?.outcome;
  };
  const insufficient = (...keys: readonly string[]) => ({
    result: 'refused',
    file: 'unchanged',
    problem: { kind: 'authorization.insufficient', keys },
  });

  beforeAll(async () => {
    await shell(`cp -a ${config} /srv/kept.json; systemctl stop docker.socket docker.service`);
  });
  afterAll(async () => {
    await shell(
      `cp -a /srv/kept.json ${config}; systemctl reset-failed docker.service; systemctl start docker.service`,
    );
  });

  test('one with more in it than was authorized is not written', async () => {
    const before = await state();
    for (const program of ['afloat-control', 'afloat-change hosts'])
      expect(await goBack(text(runtimes), {}, program)).toMatchObject(insufficient('runtimes'));
    // dockerd takes of an object that stands twice more than the last one says.
    const twice = '{ "live-restore": true, "log-opts": { "a": "b" }, "log-opts": {} }';
    expect(await goBack(twice, {}, 'afloat-control')).toMatchObject(insufficient('unknown-option'));
    expect(await state()).toEqual(before);
  });

  test('over a file that cannot be read even everyday options are not for an answer that is kept', async () => {
    await shell(`printf '{,}' >${config}`);
    const before = await state();
    expect(await goBack(text({}), {}, 'afloat-control')).toMatchObject(insufficient('unknown-option'));
    expect(await goBack(text(runtimes), {}, 'afloat-change unknown-option')).toMatchObject(insufficient('runtimes'));
    expect(await state()).toEqual(before);
  });

  test('it goes over the file that was seen, and no other', async () => {
    const before = await state();
    const named = 'afloat-change unknown-option';
    expect(await goBack(text({}), { etag: 'a'.repeat(64) }, named)).toMatchObject({
      result: 'refused',
      problem: { kind: 'config.changed' },
    });
    for (const etag of ['unseen', { seen: null }, '../x']) expect(await goBack(text({}), { etag }, named)).toBeNull();
    expect(await state()).toEqual(before);
  });
});

describe('a file that others than root can decide about is not touched', () => {
  test.each([
    ['a link', 'mv DIR/daemon.json /srv/victim; ln -s /srv/victim DIR/daemon.json', /daemon\.json: link/],
    ['a second name', 'ln DIR/daemon.json DIR/second', /daemon\.json: hard-linked/],
    ['a folder that others may write to', 'chmod 777 DIR', /docker: others-write/],
    ['a folder of hers', 'chown alice DIR', /docker: not-root/],
    ['a folder that is a link', 'mv DIR /srv/hers; ln -s /srv/hers DIR', /docker: link/],
    ['a file of hers', 'chown alice DIR/daemon.json', /daemon\.json: not-root/],
  ])('%s', async (_what, prepare, detail) => {
    await shell('cp -a /etc/docker /srv/saved');
    try {
      await shell(prepare.replaceAll('DIR', '/etc/docker'));
      const before = await state();
      const document = await ask({ ...apply, change: debug });
      expect(document?.outcome).toMatchObject({
        result: 'refused',
        problem: { kind: 'target.read-only', reason: 'untrusted-path' },
      });
      expect(document?.outcome?.problem).toMatchObject({ detail: expect.stringMatching(detail) });
      expect(await state()).toEqual(before);
    } finally {
      await shell('rm -rf /etc/docker /srv/hers /srv/victim; mv /srv/saved /etc/docker');
    }
  });
});

test('1,000 races: whatever is swapped on the way, nothing outside is written', async () => {
  const made = await bundled('race-path');
  try {
    const program = host.bring(made.path);
    // Hers: a folder in which she swaps file, link, second name and folder. Root's: the same by a hand that nobody has.
    const swap = (folder: string): string => `
      cd ${folder}; while [ ! -e /opt/afloat/notes/stop ]; do
        ln -sfn /srv/victim daemon.json; rm -f daemon.json; ln /srv/victim daemon.json 2>/dev/null; rm -f daemon.json
        echo '{}' >new; mv new daemon.json; rm -f daemon.json; mkdir daemon.json 2>/dev/null; rmdir daemon.json; done 2>/dev/null`;
    await shell('mkdir -p /srv/open /srv/own; chmod 777 /srv/open; echo victim >/srv/victim; chmod 666 /srv/victim');
    const before = await shell('cat /srv/victim; stat -c "%i %u %a" /srv/victim');
    rmSync(notes('stop'), { force: true });
    const hers = asUser(swap('/srv/open'));
    const roots = host.exec(['/bin/bash', '-c', swap('/srv/own')]);
    const run = async (path: string) =>
      JSON.parse(await host.say('/opt/node', program, path)) as Record<string, number>;
    const [open, own] = await Promise.all([run('/srv/open/daemon.json'), run('/srv/own/daemon.json')]);
    writeFileSync(notes('stop'), '');
    await Promise.all([hers, roots]);
    expect(open).toEqual({ trusted: 0, refused: 1_000, replaced: 0 });
    // Here the races are real: some of what was trusted was something else by the time of writing.
    expect(own?.['refused']).toBeGreaterThan(0);
    expect(own?.['trusted']).toBeGreaterThan(0);
    expect(await shell('cat /srv/victim; stat -c "%i %u %a" /srv/victim')).toBe(before);
  } finally {
    rmSync(made.folder, { recursive: true, force: true });
  }
});

describe('what is no daemon of root’s own', () => {
  beforeAll(async () => {
    await host.say('systemctl', 'stop', 'docker.socket', 'docker.service');
  });
  afterAll(async () => {
    await host.say('systemctl', 'start', 'docker.socket', 'docker.service');
  });

  test('a setuid program dressed as dockerd is not taken for it', async () => {
    const child = host.startAsUser(['/bin/bash', '-c', 'ln -sf /usr/bin/passwd dockerd; exec ./dockerd']);
    try {
      // Real, effective, saved and file system user: root's rights in all but the first, which is hers.
      const dressed = 'grep -lx dockerd /proc/[0-9]*/comm | while read f; do grep ^Uid: "${f%comm}status"; done; :';
      await expect.poll(() => shell(dressed)).toBe('Uid:\t1001\t0\t0\t0');
      const document = await ask({ version: 1, verb: 'look' }, 'afloat-look');
      expect(document?.view?.target.pid ?? null).toBeNull();
      expect(['stopped', 'armed']).toContain(document?.view?.engine.state);
      expect((await ask({ version: 1, verb: 'reload', accept: [] }))?.outcome?.result).toBe('refused');
      expect(await shell(dressed)).toBe('Uid:\t1001\t0\t0\t0');
    } finally {
      child.kill();
      await shell(
        'for p in /proc/[0-9]*; do [ "$(cat $p/comm 2>/dev/null)" = dockerd ] && kill -9 ${p#/proc/}; done; :',
      );
    }
  });

  test('a dockerd in a container is looked at, and left alone', async () => {
    const child = host.start([
      'unshare',
      '--pid',
      '--fork',
      '--mount-proc',
      '--kill-child',
      'dockerd',
      '-H',
      'unix:///var/run/docker.sock',
      '--pidfile',
      '/run/inner.pid',
    ]);
    child.stdin.end();
    try {
      await expect.poll(() => host.api('GET', '/_ping').catch(() => ''), { timeout: 30_000 }).toBe('OK');
      const document = await ask({ ...apply, change: debug });
      expect(document?.outcome).toMatchObject({ result: 'refused', problem: { kind: 'target.read-only' } });
      expect((await ask({ version: 1, verb: 'restart', accept: ['stops'] }))?.outcome).toMatchObject({
        result: 'refused',
        problem: { kind: 'target.read-only' },
      });
      expect(JSON.parse(readFileSync(host.path(config), 'utf8'))).toEqual({ 'live-restore': true });
      expect(await host.api('GET', '/_ping')).toBe('OK');
    } finally {
      await shell(
        'for p in /proc/[0-9]*; do [ "$(cat $p/comm 2>/dev/null)" = dockerd ] && kill -9 ${p#/proc/}; done; rm -f /run/docker.sock; :',
      );
    }
  });
});

test('a process of hers that calls itself a shim leads root nowhere', async () => {
  const id = 'ef'.repeat(32);
  const flags = `-namespace moby -id ${id} -address /run/containerd/containerd.sock`;
  // A pipe holds its reader for ever; a file by the name of a log pipe is what would be opened for writing.
  const script = `cd "$(mktemp -d)" && cp /bin/sh containerd-shim-runc-v2 && mkfifo init.pid && touch ${id}-stdout
    ./containerd-shim-runc-v2 -c 'sleep 600 & wait' ${flags} 5<>${id}-stdout >/dev/null 2>&1 & echo ready; cat >/dev/null; kill $!`;
  const hers = host.startAsUser(['/bin/bash', '-c', script]);
  const ended = once(hers, 'close');
  try {
    await once(hers.stdout, 'data');
    const shims = (): Promise<string> => shell('cat /proc/[0-9]*/comm | grep -c "^containerd-shim"');
    await expect.poll(shims).toBe('2');
    const document = await ask({ version: 1, verb: 'pipes', enlargeTo: null }, 'afloat-look');
    expect(document?.pipes?.containers.map(({ name }) => name)).toEqual(['web']);
    expect((await ask({ version: 1, verb: 'look' }, 'afloat-look'))?.view?.orphans).toEqual([]);
  } finally {
    hers.stdin.end();
    await ended;
  }
});

test('log pipes are made larger under an authorization to control, and only looked at under one to look', async () => {
  const larger = { version: 1, verb: 'pipes', enlargeTo: 524_288 } as const;
  expect((await ask(larger, 'afloat-look'))?.problem?.kind).toBe('authorization.denied');
  const capacityIn = (document: StatusDocument | null): number => document?.pipes?.containers[0]?.pipes?.capacity ?? 0;
  const before = capacityIn(await ask({ version: 1, verb: 'pipes', enlargeTo: null }, 'afloat-look'));
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(524_288);
  expect(capacityIn(await ask(larger))).toBeGreaterThanOrEqual(524_288);
});

test('root’s own things are for root alone', async () => {
  expect(await ask({ ...apply, change: debug })).toMatchObject({ outcome: { result: 'applied' } });
  expect(statSync(host.path('/var/lib/afloat')).mode & 0o777).toBe(0o700);
  const loose = await shell('find /var/lib/afloat \\( -perm /077 -o ! -user root \\) -print');
  expect(loose).toBe('');
  expect(await asUser('cat /var/lib/afloat/last-outcome.json')).toMatch(/Permission denied/);
});
