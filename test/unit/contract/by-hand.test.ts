// The commands to copy: right in a real shell, whatever the text holds.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeByHand, verbByHand } from '@contract/by-hand.ts';
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
