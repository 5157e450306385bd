// Owns a sandbox until it is killed: shows what is left when its owner has no chance to clean up.
import { createSandbox } from '../../../electron/platform/sandbox-daemon.ts';
import { programsFor, type Version } from '../../integration/real-daemon.ts';

const [version = '28.5', parent = '/tmp'] = process.argv.slice(2);
const made = await createSandbox({ programs: programsFor(version as Version), parent });
process.stdout.write(`${JSON.stringify(made.ok ? { folder: made.value.folder } : made.problem)}\n`);
setInterval(() => undefined, 60_000);
