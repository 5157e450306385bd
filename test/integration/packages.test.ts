// Asks this computer's own dpkg and apt about a program that every Debian has, and that asking wrote no cache.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Identification } from '../../electron/engine/ports.ts';
import { packageFacts } from '../../electron/platform/packages.ts';

const program = { pid: null, executable: '/usr/bin/perl', managerKind: 'systemd' } as const;
const folder = '/var/cache/apt';
const caches = () => readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mtimeMs]);

test.runIf(existsSync(folder))('the package of a program, installed and held, without a trace', async () => {
  const before = caches();
  const facts = await packageFacts(program as unknown as Identification, { store: false });
  const installed = execFileSync('dpkg-query', ['-W', '-f', '${Version}', 'perl-base'], { encoding: 'utf8' });
  expect(facts).toMatchObject({ manager: 'apt', name: 'perl-base', installed, held: false });
  expect(facts.candidate).not.toBeNull();
  expect(caches()).toEqual(before);
});
