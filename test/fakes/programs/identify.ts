// Says what the platform finds behind an endpoint, for a user who is not the one that runs the tests.
import { createPlatform } from '../../../electron/platform/index.ts';

const endpoint = process.argv[2] ?? '';
const { pid, configPath, access } = await createPlatform().identify(
  { endpoint, source: 'flag', context: null },
  { configFile: null, manager: null },
);
process.stdout.write(JSON.stringify({ pid, configPath, access }));
