// The commands to copy: right in a real shell, whatever the text holds.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeByHand, joinByHand, rescueByHand, unmarkByHand, verbByHand } from '@contract/by-hand.ts';
import { target } from '../../fakes/snapshot.ts';

const systemd = target();

describe('a verb by hand', () => {
  test.each([
    ['reload', 'sudo systemctl reload docker.service'],
    ['restart', 'sudo systemctl reset-failed docker.service && sudo systemctl restart docker.service'],
    // Its socket would start it again with the next question.
    ['stop', 'sudo systemctl stop docker.service docker.socket'],
  ] as const)('%s of a unit', (verb, command) => {
    expect(verbByHand(verb, systemd)).toBe(command);
  });

  test('of an init script, which has no reload', () => {
    const script = { ...systemd, manager: 'init-script', unit: '/etc/init.d/docker', pid: 7 } as const;
    expect(verbByHand('restart', script)).toBe('sudo /etc/init.d/docker restart');
    expect(verbByHand('reload', script)).toBe('sudo kill -HUP 7');
  });

  test('of what only its own program can drive is none', () => {
    expect(verbByHand('restart', { ...systemd, manager: 'docker-desktop' })).toBeNull();
  });
});

describe('the way in', () => {
  const closed = { step: 'missing', control: null, unit: null, group: false } as const;
  test.each([
    ['the system’s socket', systemd, closed, 'sudo usermod -aG docker "$USER"'],
    ['in the group already', systemd, { ...closed, group: true }, null],
    ['no other’s group', systemd, { ...closed, step: 'unneeded' }, null],
    ['another machine', { endpoint: 'tcp://10.0.0.5:2376' }, closed, null],
  ] as const)('%s', (_, of, rights, command) => expect(joinByHand(of, rights)).toBe(command));
});

describe('a rescue by hand', () => {
  const text = { before: '{}', after: '{"live-restore":true}' };
  const denied = { kind: 'config.not-writable', path: '/etc/docker/daemon.json', block: 'denied' } as const;
  test('starts only what was written', () => {
    expect(rescueByHand({ text, blocked: denied }, systemd)).toBe(
      `printf %s '{"live-restore":true}' | sudo tee /etc/docker/daemon.json >/dev/null && sudo systemctl start docker.service`,
    );
  });
  test.each([
    ['that can be clicked', { text, blocked: null }, systemd],
    ['of a file that root cannot write either', { text, blocked: { ...denied, block: 'immutable' } }, systemd],
    ['without a text', { text: null, blocked: denied }, systemd],
    ['of a daemon that nobody starts', { text, blocked: denied }, { ...systemd, manager: 'bare-process' }],
  ] as const)('%s is none', (_, rescue, of) => expect(rescueByHand(rescue, of)).toBeNull());
});

test('a mark is taken from the file and its folder', () => {
  expect(unmarkByHand('immutable', '/etc/docker/daemon.json')).toBe(
    'sudo chattr -i /etc/docker /etc/docker/daemon.json',
  );
  expect(unmarkByHand('append-only', "/d'.json")).toBe(String.raw`sudo chattr -a / '/d'\''.json'`);
});

describe('a change by hand', () => {
  test('writes the text of the plan into the file that is there, then tells the daemon', () => {
    const plan = { text: { before: '{}', after: '{}\n' }, effect: 'reload-then-restart' } as const;
    expect(changeByHand(plan, systemd)).toBe(
      "printf %s '{}\n' | sudo tee /etc/docker/daemon.json >/dev/null && sudo systemctl reload docker.service && " +
        'sudo systemctl reset-failed docker.service && sudo systemctl restart docker.service',
    );
  });

  test('puts exactly these bytes there, whatever they are', () => {
    const folder = mkdtempSync(join(tmpdir(), 'afloat-by-hand-'));
    try {
      const path = join(folder, "it's a file.json");
      // Stands in for sudo, which tests have no business with.
      writeFileSync(join(folder, 'sudo'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
      fc.assert(
        fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
          if (text.includes('\0')) return;
          const plan = { text: { before: '', after: text }, effect: 'none' } as const;
          const command = changeByHand(plan, { ...systemd, configPath: path }) ?? '';
          execFileSync('/bin/sh', ['-c', command], { env: { PATH: `${folder}:/usr/bin:/bin` } });
          expect(readFileSync(path, 'utf8')).toBe(text);
        }),
        { numRuns: 100, examples: [["'; touch /tmp/x; '"], ['%s\\n$(id)`id`'], ['-n'], ['']] },
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
