// Owns a test machine until it is killed: shows what is left when its owner has no chance to clean up.
import { upHost } from '../../host/test-host.ts';

const host = await upHost({ daemonJson: null });
process.stdout.write(`${JSON.stringify({ pid: host.pid, folder: host.folder })}\n`);
setInterval(() => undefined, 60_000);
