// The doctor on machines whose own network is ill: rules that are flushed, a port that is still held, a bridge made anew.
import { afterAll, afterEach, expect, test } from 'vitest';
import type { EngineView } from '@contract/snapshot.ts';
import { forgetEngineProgram, openEngineInside } from '../host/engine-inside.ts';
import { upHost, type TestHost } from '../host/test-host.ts';

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end();
});
afterAll(forgetEngineProgram);

const web = {
  name: 'web',
  command: ['httpd', '-f', '-p', '80', '-h', '/www'],
  config: { ExposedPorts: { '80/tcp': {} } },
  hostConfig: { PortBindings: { '80/tcp': [{ HostPort: '8080' }] } },
};
/** Someone outside, at 192.0.2.2, who says `there` and knows no way to the addresses of containers. */
const outside = `
unshare --net /opt/node -e 'require("net").createServer((one) => one.end("there")).listen(7)' >/dev/null 2>&1 & them=$!
until [ "$(readlink /proc/$them/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do :; done
ip link add out type veth peer name in netns $them
ip addr add 192.0.2.1/24 dev out; ip link set out up
nsenter -t $them -n sh -c 'ip addr add 192.0.2.2/24 dev in; ip link set in up'
echo $them`;

const checksIn = (view: EngineView): readonly string[] =>
  view.findings.flatMap(({ about }) => (about.kind === 'doctor' ? [about.check] : []));

/** What the container hears of whoever is outside. */
async function heard(host: TestHost): Promise<string> {
  const inside = ['docker', 'exec', 'web', 'nc', '-w', '1', '192.0.2.2', '7'];
  return (await host.exec(inside)).stdout.trim();
}

/** What somebody outside reads at the published port. */
const read = (host: TestHost, them: string): Promise<string> => {
  const ask = 'fetch("http://192.0.2.1:8080/").then((answer) => answer.text()).then(console.log)';
  return host.say('nsenter', '-t', them, '-n', '/opt/node', '-e', ask);
};

const enabled = `
echo 'flush ruleset' >/etc/nftables.conf
mkdir -p /etc/systemd/system/sysinit.target.wants
ln -s /lib/systemd/system/nftables.service /etc/systemd/system/sysinit.target.wants/`;

/** What `flush ruleset` does to the rules that iptables keeps there. */
async function flush(host: TestHost): Promise<void> {
  for (const words of ['-P FORWARD ACCEPT', '-F', '-t nat -F']) await host.say('iptables', ...words.split(' '));
}

test('a firewall that flushes everything is told of before; afterwards the containers are cut off', async () => {
  const host = await upHost({ containers: [web] });
  ending.push(() => host.down());
  const them = await host.say('sh', '-c', outside);
  const engine = await openEngineInside(host);
  ending.push(() => engine.close());
  expect(checksIn(engine.get())).toEqual([]);
  await host.say('sh', '-c', enabled);
  await engine.refresh();
  await engine.until((view) => checksIn(view).join() === 'nftables-flush');
  await expect.poll(() => heard(host)).toBe('there');
  expect(await read(host, them)).toBe('afloat');

  await flush(host);
  // docker-proxy serves the port in place of the rules; the way out is gone.
  expect([await heard(host), await read(host, them)]).toEqual(['', 'afloat']);
  await engine.refresh();
  await engine.until((view) => checksIn(view).join() === 'port-rules,nftables-flush');

  await host.say('systemctl', 'restart', 'docker.service');
  await expect.poll(() => heard(host)).toBe('there');
  await engine.until((view) => view.engine.state === 'running' && checksIn(view).join() === 'nftables-flush');
});

test('a docker-proxy without its daemon holds a port until it is ended; a bridge made anew holds nobody', async () => {
  const host = await upHost({ containers: [web] });
  ending.push(() => host.down());
  const engine = await openEngineInside(host);
  ending.push(() => engine.close());
  const port = '-proto tcp -host-ip 0.0.0.0 -host-port 8081 -container-ip 172.17.0.9 -container-port 80';
  // It says at its third descriptor that it has begun.
  const proxy = `exec /usr/sbin/docker-proxy ${port} 3>/dev/null`;
  await host.say('systemd-run', '--quiet', '--unit=left', 'sh', '-c', proxy);
  const listening = `until grep -q :1F91 /proc/net/tcp; do sleep 0.05; done`;
  await host.say('sh', '-c', listening);
  const pid = Number(await host.say('systemctl', 'show', 'left', '--value', '--property', 'MainPID'));
  await engine.refresh();
  const { findings } = await engine.until((view) => checksIn(view).length > 0);
  expect(findings.map(({ about }) => about)).toEqual([
    { kind: 'doctor', check: 'proxy-left', pid, port: '8081/tcp', target: '172.17.0.9' },
  ]);
  const image = ['--publish', '8081:80', 'afloat/sandbox:1', 'sleep', '2147483647'];
  const start = ['docker', 'run', '--detach', '--rm', '--name', 'late', ...image];
  expect((await host.exec(start)).stderr).toContain('address already in use');
  await host.say('kill', String(pid));
  await host.say(...start);
  await engine.refresh();
  await engine.until((view) => checksIn(view).length === 0);

  // Somebody takes the bridge away; the daemon makes another, and leaves the running containers as they are.
  await host.say('ip', 'link', 'delete', 'docker0');
  await host.say('systemctl', 'restart', 'docker.service');
  await engine.until((view) => checksIn(view).join() === 'bridge-detached');
  await host.say('docker', 'restart', '--time=0', 'web', 'late');
  await engine.refresh();
  await engine.until((view) => checksIn(view).length === 0);
});
