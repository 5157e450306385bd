// The doctor on real daemons whose networks are ill.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
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
  expect(await said('network-gone')).toMatchObject([{ container: 'first', network: 'own' }]);
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

test('28.5: bridges lose their addresses; settings of the default one wait for a start without containers', async () => {
  const visit = await openDoctor({ version: '28.5' });
  const { daemon, said } = visit;
  await daemon.api('POST', '/networks/create', { Name: 'own', Options: { 'com.docker.network.bridge.name': 'own0' } });
  await daemon.runContainer(sleeper('usual'));
  await daemon.runContainer(sleeper('mine', { hostConfig: { NetworkMode: 'own' } }));
  expect(await said()).toEqual([]);
  for (const bridge of ['docker0', 'own0'])
    execFileSync('nsenter', [`--net=/proc/${daemon.networkPid}/ns/net`, '--', 'ip', 'address', 'flush', bridge]);
  const without = (await said('bridge-address')).map((about) =>
    about.check === 'bridge-address' ? about.network : '',
  );
  expect(new Set(without)).toEqual(new Set(['bridge', 'own']));

  writeFileSync(daemon.configPath, '{"live-restore": true, "bip": "10.9.0.1/24", "mtu": 1400}\n');
  await visit.restart();
  await expect
    .poll(() => said('bridge-settings'))
    .toMatchObject([
      { key: 'bip', wanted: '10.9.0.1/24', now: '172.17.0.0/16' },
      { key: 'mtu', wanted: '1400', now: '1500' },
    ]);
  // The same start gave the bridges their addresses again.
  expect(await said('bridge-address')).toEqual([]);
  for (const name of ['usual', 'mine']) await daemon.api('DELETE', `/containers/${name}?force=1`);
  await visit.restart();
  await daemon.runContainer(sleeper('usual'));
  await expect.poll(() => said()).toEqual([]);
});
