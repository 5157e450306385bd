// Takes a lock, says so in a shared file and either gives it back or is killed with it: argv is folder, name, log, rounds, kills.
import { appendFileSync, closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { takeLock } from '../../../electron/engine/lock.ts';

const [folder = '', name = '', log = '', rounds = '1', dies = ''] = process.argv.slice(2);
const inside = `${log}.inside`;

for (let round = 0; round < Number(rounds);) {
  const lock = await takeLock(folder, name);
  if (!lock.ok) {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
    continue;
  }
  round += 1;
  // Whoever is inside alone can make this file; it is not there when the one before was killed after removing it.
  try {
    closeSync(openSync(inside, 'wx'));
  } catch {
    // Somebody else is inside: the very thing that the test looks for.
    appendFileSync(log, `two ${process.pid}\n`);
    process.exit(1);
  }
  writeFileSync(`${log}.last`, String(process.pid));
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 2));
  rmSync(inside);
  appendFileSync(log, `one ${process.pid}\n`);
  // Dies holding the lock: the next one has to take it over.
  if (dies === 'dies' && round === Number(rounds)) process.kill(process.pid, 'SIGKILL');
  await lock.value.release();
}
