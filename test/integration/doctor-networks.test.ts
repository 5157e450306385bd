// The doctor on real daemons whose networks are ill.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDoctor, sleeper } from './open-doctor.ts';

test('20.10: its store of networks is lost: none is left, and one address is given twice', async () => {
  const own = { Name: 'own', IPAM: { Config: [{ Subnet: '10.77.0.0/24' }] } };
  const visit = await openDoctor({ version: '20.10' });
  const { daemon, said } = visit;
  await daemon.api('POST', '/networks/create', own);
  await daemon.runContainer(sleeper('first', { hostConfig: { NetworkMode: 'own' } }));
  expect(await said()).toEqual([]);

  await daemon.kill('SIGKILL');
  rmSync(join(daemon.folder, 'data', 'network', 'files', 'local-kv.db'));
  await daemon.start();
  await expect.poll(() => said('standard-networks')).toMatchObject([{ missing: ['host', 'none'] }]);
  // The network is made again, and its list of addresses begins from the start.
  await daemon.api('POST', '/networks/create', own);
  await daemon.runContainer(sleeper('second', { hostConfig: { NetworkMode: 'own' } }));
  await expect
    .poll(() => said('duplicate-address'))
    .toMatchObject([{ network: 'own', address: '10.77.0.2', containers: ['second', 'first'] }]);

  // While a container runs, no restart makes them again; without any, one does.
  await visit.restart();
  await expect.poll(() => said('standard-networks')).toHaveLength(1);
  for (const name of ['first', 'second']) await daemon.api('DELETE', `/containers/${name}?force=1`);
  await visit.restart();
  await expect.poll(() => said()).toEqual([]);
});
