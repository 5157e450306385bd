// English: what the doctor finds, what it means, and what to do.
import type { CheckId, DoctorAbout } from '../../doctor.ts';
import { formatsFor } from '../format.ts';

const { list, plural } = formatsFor('en');

type Said = { readonly sentence: string; readonly remedy: string };
const say = (sentence: string, remedy: string): Said => ({ sentence, remedy });

/** One function for every check: a new one does not compile without its sentences. */
const sentences: { readonly [K in CheckId]: (about: Extract<DoctorAbout, { check: K }>) => Said } = {
  'kill-mode': ({ killMode, unit }) =>
    say(
      `${unit} has KillMode=${killMode}: a stop or restart ends every container, although live restore is on.`,
      `Give it KillMode=process: systemctl edit ${unit}`,
    ),
  'never-ended': ({ unit }) =>
    say(
      `${unit} has KillMode=none: systemd does not end the daemon, so that a restart fails and a stop leaves it running.`,
      `Give it KillMode=process: systemctl edit ${unit}`,
    ),
  'mount-flags': ({ flags, unit }) =>
    say(
      `${unit} has ${flags}: containers that kept running through a restart cannot be removed, and where containerd is a service of its own no container can be started.`,
      `Remove that line: systemctl edit --full ${unit}`,
    ),
  'containerd-bound': ({ by, unit }) =>
    say(
      `${unit} has ${by}=containerd.service: when containerd is upgraded or stopped, the daemon goes down with it and may stay down.`,
      `Use Wants= and After= instead: systemctl edit --full ${unit}`,
    ),
  'start-limit': ({ unit, sockets }) =>
    say(
      `systemd starts ${unit} no more: it failed too often in a short time.`,
      `Remove the cause, then: systemctl reset-failed ${[unit, ...sockets].join(' ')}. Start daemon does that, too.`,
    ),
  'restart-loop': ({ unit, restarts }) =>
    say(
      `${unit} ended by itself and was started again ${plural(restarts, { one: '# time', other: '# times' })}.`,
      'Look at the daemon’s log for the reason.',
    ),
  'ports-not-restored': ({ container, ports }) =>
    say(
      `${container} runs, but ${list(ports)} ${ports.length === 1 ? 'is' : 'are'} not published any more: the port was taken when the daemon came back.`,
      `Free the port, then restart the container: docker restart ${container}`,
    ),
  'no-network': ({ container, network }) =>
    say(
      `${container} runs without its network ${network}.`,
      `Connect it again: docker network connect ${network} ${container}`,
    ),
  'duplicate-address': ({ network, address, containers }) =>
    say(
      `${list(containers)} have the same address ${address} in ${network}: only one of them is reached.`,
      `Restart all but one of them: docker restart ${containers.at(-1) ?? ''}`,
    ),
  'standard-networks': ({ missing }) =>
    say(
      `The standard ${missing.length === 1 ? 'network' : 'networks'} ${list(missing)} ${missing.length === 1 ? 'is' : 'are'} missing: containers that use ${missing.length === 1 ? 'it' : 'them'} cannot be started.`,
      'Stop all containers, then restart the daemon: it makes them again only while none runs.',
    ),
  'ghost-process': ({ container, pid }) =>
    say(
      `The daemon says that ${container} runs, but its process ${pid} is gone.`,
      `Restart it: docker restart ${container}. Where that hangs, restart the daemon.`,
    ),
  'shim-missing': ({ container }) =>
    say(
      `${container} lives without its shim: the daemon can neither stop it nor read its output.`,
      'End its process by hand, then start the container again.',
    ),
  'auto-remove': ({ containers, version }) =>
    say(
      `A restart of Docker ${version} ends and removes ${list(containers)}, although live restore is on: started with --rm.`,
      'Upgrade to 25.0 or newer, or run them without --rm.',
    ),
  'health-checks': ({ containers, version }) =>
    say(
      `After a restart of Docker ${version} the health checks of ${list(containers)} do not go on; their last state stays for ever.`,
      `Upgrade to 23.0 or newer, or set them going again afterwards: docker pause ${containers.join(' ')}; docker unpause ${containers.join(' ')}`,
    ),
  'overlay-networks': ({ networks }) =>
    say(
      `Running containers use ${plural(networks.length, { one: 'the overlay network', other: 'the overlay networks' })} ${list(networks)}, which live restore does not bring back after a restart.`,
      'Restart those containers after the daemon.',
    ),
  'volume-prune': ({ version }) =>
    say(
      `With live restore, docker volume prune of Docker ${version} can remove volumes that are in use.`,
      'Do not prune volumes before you have upgraded to 20.10.19 or newer.',
    ),
  'own-log-target': ({ container, target, address }) =>
    say(
      `${container} sends its log to ${address}, where ${target} of the same daemon listens: while that is down, ${container} does not start.`,
      'Send it to another machine, or give the log driver mode=non-blocking and its own retry options.',
    ),
  'sysbox-names': ({ containers }) =>
    say(
      `${list(containers)} run by sysbox and cannot resolve names after a restart of the daemon.`,
      'Restart those containers after the daemon.',
    ),
  'gpu-daemon-reload': ({ containers }) =>
    say(
      `systemctl daemon-reload takes the GPUs away from ${list(containers)} until they are restarted.`,
      'Use the control group driver cgroupfs ("exec-opts"), or name the GPU’s devices when you start them.',
    ),
  'unattended-upgrades': ({ packageName }) =>
    say(
      `This system upgrades ${packageName} by itself, which restarts the daemon: with live restore off, all containers stop then.`,
      'Turn live restore on, or hold the package.',
    ),
  'nftables-flush': ({ path }) =>
    say(
      `${path} has “flush ruleset”: whenever it is loaded again, containers reach nothing outside until the daemon is restarted, and published ports answer only through docker-proxy.`,
      'Flush only your own tables there.',
    ),
  'network-gone': ({ container, network }) =>
    say(
      `${container} runs in the network ${network}, which the daemon does not know any more: it cannot be reached by name, and its address may be given to another.`,
      `Make the network again, then restart the container: docker network create ${network}; docker restart ${container}`,
    ),
  'bridge-address': ({ network, subnet }) =>
    say(
      `The bridge of the network ${network} has no address in ${subnet}: its containers reach nothing outside of it.`,
      'Restart the daemon: it gives the bridge its address again. With live restore on, containers keep running.',
    ),
  'bridge-detached': ({ network, containers }) =>
    say(
      `Not all containers of the network ${network} are plugged into its bridge, which was made anew under them: ${list(containers)}.`,
      `Restart them: docker restart ${containers.join(' ')}`,
    ),
  'bridge-settings': ({ key, wanted, now }) =>
    say(
      `${key} is to be ${wanted}, and the default bridge has ${now}: a daemon that finds containers running at its start does not change it.`,
      'Stop all containers, then restart the daemon.',
    ),
  'port-rules': ({ containers }) =>
    say(
      `The firewall has no rules for the published ports of ${list(containers)} any more: somebody removed them. The way out of the containers may be gone, too.`,
      'Restart the daemon: it writes its rules again. With live restore on, containers keep running.',
    ),
  'proxy-left': ({ pid, port, target }) =>
    say(
      `A docker-proxy without a daemon (process ${pid}) holds the port ${port} for ${target}: no container that publishes it can be started.`,
      `End it: sudo kill ${pid}`,
    ),
  'start-failed': ({ container, error }) =>
    say(
      `${container} should always run, but its last start failed: ${error}`,
      `Remove that cause, then start it: docker start ${container}`,
    ),
  'volume-unmounted': ({ volumes, version }) =>
    say(
      `With live restore, a restart of Docker ${version} unmounts ${plural(volumes.length, { one: 'the volume', other: 'the volumes' })} ${list(volumes)}: containers that are started afterwards find ${plural(volumes.length, { one: 'it', other: 'them' })} empty.`,
      'Upgrade to 24.0.6 or newer, or restart the containers that use them after the daemon.',
    ),
  'restored-networks': ({ containers, version }) =>
    say(
      `After a restart of Docker ${version}, ${list(containers)} cannot resolve names of other containers.`,
      'Upgrade to 24.0.4 or newer, or restart those containers after the daemon.',
    ),
  'bind-mount-crash': ({ containers, version }) =>
    say(
      `Docker ${version} crashes at its start while ${list(containers)} ${containers.length === 1 ? 'runs' : 'run'} on: bind mounts.`,
      'Upgrade to 24.0.4 or newer before you restart it.',
    ),
  'host-gateway': ({ containers, version }) =>
    say(
      `After a restart of Docker ${version}, ${list(containers)} cannot be connected to another network: host-gateway is among their hosts.`,
      'Set host-gateway-ips, to the address of the default bridge for instance.',
    ),
};

export const doctor = {
  finding: (about: DoctorAbout): Said =>
    // The table has the right function for every check; TypeScript cannot follow that through the index.
    (sentences[about.check] as (about: DoctorAbout) => Said)(about),
  healthy: 'Nothing was found that could hurt.',
  mute: 'Do not tell this again',
  muted: 'Checks that are not told',
  unmute: 'Tell it again',
  names: {
    'kill-mode': 'KillMode of the unit',
    'never-ended': 'Unit that does not end its daemon',
    'mount-flags': 'Mounts of the unit',
    'containerd-bound': 'Unit bound to containerd',
    'start-limit': 'Start limit of systemd',
    'restart-loop': 'Daemon that ends again and again',
    'ports-not-restored': 'Ports that were not restored',
    'no-network': 'Containers without network',
    'duplicate-address': 'Addresses given twice',
    'standard-networks': 'Standard networks',
    'ghost-process': 'Containers without process',
    'shim-missing': 'Containers without shim',
    'auto-remove': '--rm on old engines',
    'health-checks': 'Health checks on old engines',
    'overlay-networks': 'Overlay networks',
    'volume-prune': 'volume prune on old engines',
    'own-log-target': 'Logs to an own container',
    'sysbox-names': 'Names in sysbox',
    'gpu-daemon-reload': 'GPUs and daemon-reload',
    'unattended-upgrades': 'Unattended upgrades',
    'nftables-flush': 'Firewall that flushes all rules',
    'network-gone': 'Networks that are not known any more',
    'bridge-address': 'Bridges without address',
    'bridge-detached': 'Bridges that containers hang on no more',
    'bridge-settings': 'Settings of the default bridge',
    'port-rules': 'Firewall rules of published ports',
    'proxy-left': 'docker-proxy without daemon',
    'start-failed': 'Containers that failed to start',
    'volume-unmounted': 'Mounted volumes on old engines',
    'restored-networks': 'Networks after a restart of 24.0',
    'bind-mount-crash': 'Bind mounts on 24.0.3',
    'host-gateway': 'host-gateway after a restart',
  } satisfies Record<CheckId, string> as Readonly<Record<CheckId, string>>,
};
