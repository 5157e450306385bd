// English: what is wrong with a value, with two options together, or with what a configuration expects of this computer.
import type { CheckKind, Clash, Hurt, MachineFault, ValueFault } from '../../check-kinds.ts';

type Said = { readonly sentence: string; readonly remedy: string };

/** What comes of it, as a sentence of its own. */
const hurts: Readonly<Record<Exclude<Hurt, 'nothing'>, string>> = {
  always: 'Docker refuses it, at a start as at a reload.',
  start: 'A reload does not notice, but the daemon will not start with it.',
  reload: 'The daemon starts with it, but refuses every reload.',
  containers: 'The daemon starts, but new containers will fail.',
  networks: 'The daemon starts, but no new network of this driver can be made.',
};

/** `“VALUE” in “KEY” …`, and what to do. */
const values: Readonly<Record<ValueFault, readonly [string, string]>> = {
  'not-a-cidr': ['is no address with a prefix length.', 'Write it like 10.20.0.1/16.'],
  'not-an-ip': ['is no IP address.', 'Write an IP address.'],
  'not-ipv4': ['is no IPv4 address.', 'Write an IPv4 address.'],
  'not-ipv6': ['is no IPv6 address.', 'Write an IPv6 address.'],
  'network-address': [
    'is the first or the last address of its network, which no host can have.',
    'Take an address between them.',
  ],
  'reserved-range': ['lies in a range that is reserved.', 'Take a private network, such as 10.20.0.1/16.'],
  'network-too-small': ['leaves no address for a container.', 'Take a shorter prefix, such as 24, or 64 for IPv6.'],
  'not-a-choice': ['is none of the values that this option takes.', 'Take one of the values that Docker documents.'],
  negative: ['is less than 0.', 'Write 0 or more.'],
  'too-small': ['is too small.', 'Write a larger number.'],
  'too-large': ['is too large.', 'Write a smaller number.'],
  'not-a-duration': ['is no duration.', 'Write it like 48h or 30m.'],
  'not-a-size': ['is no size.', 'Write a number with a unit, like 64M.'],
  'not-a-label': ['is no label.', 'Write it as name=value.'],
  'reserved-label': ['is in a namespace that Docker keeps for itself.', 'Take another name.'],
  'conflicting-labels': ['gives a label a second value.', 'Keep one of them.'],
  'not-a-domain': ['is no domain name.', 'Write a domain, like example.com.'],
  'not-a-resource': ['is no resource.', 'Write it as name=number or as name=value, the same way for one name.'],
  'not-an-option-pair': ['is no option with a value.', 'Write it as option=value.'],
  'unknown-exec-option': ['is no option that Docker knows here.', 'Remove it.'],
  'not-a-url': ['is no URL.', 'Write it like https://mirror.example.'],
  'url-scheme': ['begins with neither http:// nor https://.', 'Write the scheme in front of it.'],
  'url-with-query': ['has a query or a fragment.', 'Remove what begins with ? or #.'],
  'url-with-path': ['has a path, which this version does not take.', 'Remove the path.'],
  'url-with-user': ['has a user name or password in it.', 'Remove them; use docker login.'],
  'not-a-registry': ['is no registry.', 'Write host, host:port, or a network like 10.0.0.0/8.'],
  'scheme-is-dropped': ['has a scheme, which Docker cuts off.', 'Write it without http:// or https://.'],
  'not-a-host': ['is no address to listen at.', 'Write it like unix:///var/run/docker.sock or tcp://127.0.0.1:2375.'],
  'host-scheme': ['begins with a scheme that Docker cannot listen at here.', 'Use unix://, tcp:// or fd://.'],
  'not-a-port': ['has no valid port.', 'Take a port from 1 to 65535.'],
  'no-port': ['has no port.', 'Write it as address:port.'],
  'open-to-all': [
    'lets everybody who reaches this address act as root here: nobody is asked for a certificate.',
    'Set tlsverify and its certificates, or remove the entry.',
  ],
  twice: ['is one too many: Docker takes one of each kind.', 'Keep one IPv4 and one IPv6 address.'],
  'pool-without-base': ['is a pool without a base.', 'Write base and size, like {"base": "10.30.0.0/16", "size": 24}.'],
  'pool-smaller-than-base': [
    'makes networks larger than the pool that they come from.',
    'Take a size that is at least the prefix length of the base.',
  ],
  'reserved-runtime': ['is the name of Docker’s own runtime and cannot be defined again.', 'Take another name.'],
  'runtime-without-path': ['is a runtime without path and type.', 'Give it a path or a runtimeType.'],
  'runtime-path-and-type': ['is a runtime with both path and type.', 'Keep one of them.'],
  'runtime-arguments-with-type': [
    'is a runtime with arguments and a type, which do not go together.',
    'Use options instead of runtimeArgs.',
  ],
  'runtime-options': ['has options, which a runtime with a path does not take.', 'Use runtimeArgs, or a runtimeType.'],
  'unknown-runtime': ['is no runtime that is defined here.', 'Define it below “runtimes”, or take runc.'],
  'unknown-log-driver': [
    'is no log driver that is known here.',
    'Take json-file, local or journald, or install its plugin.',
  ],
  'unknown-log-option': ['is no option of this log driver.', 'Remove it, or correct its name.'],
  'bad-log-option': ['is no value that this option takes.', 'Correct the value.'],
  'missing-log-option': ['is missing: this log driver needs it.', 'Add it below “log-opts”.'],
  'log-option-needs-other': [
    'needs another option beside it.',
    'Write max-size beside max-file and compress, and mode=non-blocking beside max-buffer-size.',
  ],
  'unknown-storage-driver': [
    'is no storage driver that this version knows.',
    'Remove it: Docker chooses the right one.',
  ],
  'removed-storage-driver': [
    'is a storage driver that this version no longer has.',
    'Remove it: Docker chooses the right one.',
  ],
  'unknown-storage-option': ['is no option of this storage driver.', 'Remove it.'],
  'bad-storage-option': ['is no value that this option takes.', 'Correct the value.'],
  'not-absolute': ['is no absolute path.', 'Write the whole path, from / on.'],
  'not-a-user': ['is neither a user nor user:group.', 'Write a user, user:group, or default.'],
  deprecated: ['is deprecated, and this version refuses it.', 'Remove it.'],
  'soft-above-hard': ['sets the soft limit above the hard one.', 'Make Soft at most Hard.'],
  'limit-without-name': ['has no Name, so that Docker does not know which limit to set.', 'Add its Name.'],
  'too-many-files': ['is more open files than Linux allows a process.', 'Write a number, such as 1048576.'],
  'no-open-files': ['is the soft limit of open files, with which no program starts.', 'Write Soft as well as Hard.'],
  'not-on-swarm-node': [
    'cannot be used on a swarm node: the rules of its overlay networks are made by iptables.',
    'Write iptables.',
  ],
  'another-limit': ['is another limit than the one that it stands under.', 'Write the same name twice.'],
  'not-a-filter': ['is no filter that can be read.', 'Correct the filter.'],
};

/** `“VALUE” in “KEY” …`, about this computer. */
const machine: Readonly<Record<MachineFault, readonly [string, string]>> = {
  'no-file': ['names a file that is not there.', 'Create the file, or correct the path.'],
  'no-folder': ['names a folder that is not there.', 'Create the folder, or correct the path.'],
  'not-a-folder': ['is a file where a folder has to be.', 'Take another path.'],
  'not-a-file': ['is a folder where a file has to be.', 'Take another path.'],
  'not-executable': ['names a file that cannot be run.', 'Make it executable, or correct the path.'],
  'not-json': ['names a file that is not valid JSON.', 'Correct that file.'],
  'no-program': ['names a program that is not installed here.', 'Install it, or remove the entry.'],
  'no-user': ['names a user that does not exist here.', 'Create the user, or name another.'],
  'no-group': ['names a group that does not exist here.', 'Create the group, or name another.'],
  'no-subordinate-ids': [
    'names a user without ranges in /etc/subuid and /etc/subgid.',
    'Add the ranges, or use default.',
  ],
  'no-interface': ['names a network interface that does not exist here.', 'Create the bridge, or remove the entry.'],
  'not-a-bridge': ['names an interface that is no bridge.', 'Name a bridge.'],
  'no-plugin': [
    'names a plugin that is not installed here. Docker waits 15 seconds for it, and then ends.',
    'Install the plugin, or remove the entry.',
  ],
  'no-socket': ['names a socket that is not there.', 'Start what listens there, or remove the entry.'],
  'no-address': ['is no address of this computer.', 'Take one that this computer has, or 127.0.0.1.'],
  'port-taken': ['is a port at which another program listens.', 'Take another port, or end that program.'],
  'no-systemd': ['needs systemd, which does not run here.', 'Take a value that does without it.'],
  'not-in-kernel': [
    'needs something that this computer’s kernel or file system does not offer.',
    'Take another driver.',
  ],
  'bad-certificate': ['names a file that holds no certificate or key.', 'Name a PEM file.'],
  'pools-taken': [
    'leaves no IPv4 network for the default bridge: all of it is in use here.',
    'Take a pool that is free, or set bip.',
  ],
};

/** About two options. */
const clashes: Readonly<Record<Clash, (key: string, other: string) => readonly [string, string]>> = {
  'exclude-each-other': (key, other) => [`“${key}” and “${other}” exclude each other.`, 'Keep one of them.'],
  'needs-other': (key, other) => [
    `“${key}” does not work with “${other}” as it is set.`,
    `Change “${key}” or “${other}”.`,
  ],
  'outside-of': (key, other) => [
    `“${key}” lies outside of the network that “${other}” gives the bridge.`,
    'Take one inside of it.',
  ],
  'same-as': (key, other) => [
    `“${key}” is the address that “${other}” gives the bridge itself.`,
    'Take another address of that network.',
  ],
  'same-port': (key, other) => [`“${key}” takes the same port as “${other}”.`, 'Take another port.'],
  'not-with': (key, other) => [
    `“${key}” does not go together with “${other}”.`,
    `Remove “${key}”, or change “${other}”.`,
  ],
};

const places = {
  interface: (name: string, other: string) => `the network ${other} of the interface ${name}`,
  route: (name: string, other: string) => `the route to ${other} through ${name}`,
  network: (name: string, other: string) => `the Docker network ${name} (${other})`,
  option: (name: string, other: string) => `${other} in “${name}”`,
} as const;

const said = (sentence: string, hurt: Hurt, remedy: string): Said => ({
  sentence: hurt === 'nothing' ? sentence : `${sentence} ${hurts[hurt]}`,
  remedy,
});

export function checkFinding(about: CheckKind): Said {
  switch (about.kind) {
    case 'bad-value':
    case 'not-on-machine': {
      const [says, remedy] = about.kind === 'bad-value' ? values[about.why] : machine[about.why];
      return said(`“${about.value}” in “${about.key}” ${says}`, about.hurts, remedy);
    }
    case 'clash': {
      const [says, remedy] = clashes[about.why](about.key, about.other);
      return said(says, about.hurts, remedy);
    }
    case 'overlap':
      return said(
        `“${about.range}” in “${about.key}” overlaps ${places[about.with](about.name, about.other)}. Containers could not reach what is there.`,
        about.hurts,
        'Take a network that is free.',
      );
  }
}
