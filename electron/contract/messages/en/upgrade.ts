// English: what an upgrade of the engine's package means for its containers.
import type {
  ByItself,
  KnownProblem,
  KnownProblemId,
  UpgradeFate,
  UpgradeStep,
  UpgradeVerdict,
} from '../../upgrade.ts';
import { formatsFor } from '../format.ts';

const { list } = formatsFor('en');

const verdicts: Readonly<Record<UpgradeVerdict, string>> = {
  patch: 'A patch release: live restore is supported across it. The daemon restarts.',
  unsupported:
    'Another release: Docker supports live restore across patch releases only. Containers may come through, but may be lost: stop them first.',
  skips:
    'This skips releases: Docker warns that the daemon may lose its connection to running containers. Stop them first.',
  downgrade:
    'An older version: Docker does not support live restore across a downgrade, and published ports may fail afterwards. Stop the containers first.',
  none: 'The newest version that is known here is the one that runs.',
  unknown: 'What an upgrade would bring is not known here.',
};
const fates: Readonly<Record<UpgradeFate['verdict'], string>> = {
  'keeps-running': 'keeps running',
  interrupted: 'keeps running, interrupted',
  stops: 'stops',
  hidden: 'hidden',
  lost: 'lost',
  'may-be-lost': 'may be lost: stop it first',
};
const steps: Readonly<Record<UpgradeStep['kind'], string>> = {
  record: 'Write down who runs, in the order of their start',
  stop: 'Stop them, the last one first',
  upgrade: 'Upgrade',
  restart: 'Restart the daemon: its package is upgraded already',
  start: 'Start the same containers in the same order',
};
const byItself: Readonly<Record<ByItself, string>> = {
  'unattended-upgrades': 'unattended-upgrades upgrades it without asking',
  needrestart: 'needrestart restarts it without asking',
  'dnf-automatic': 'dnf-automatic upgrades it without asking',
  snapd: 'snapd upgrades it without asking',
};

const problems: Readonly<Record<KnownProblemId, string>> = {
  'start-panics': 'With live restore this version crashes when it starts and finds containers with bind mounts.',
  'networks-not-restored':
    'With live restore this version does not restore the networks of running containers: names are not found any more.',
  'auto-remove-ends': 'With live restore this version still ends and removes --rm containers when it starts.',
  'health-checks-end': 'With live restore this version never resumes the health checks of running containers.',
  'volumes-unguarded':
    'With live restore this version lets volumes be removed that containers with a restart policy use, also by prune.',
  'volumes-kept-busy':
    'With live restore this version counts the users of volumes wrong: such a volume cannot be removed until the next restart.',
  'volumes-unmounted':
    'With live restore this version unmounts volumes with options of their own (NFS, tmpfs): new containers find them empty.',
  'host-gateway-connect':
    'With live restore, containers with host-gateway among their hosts cannot be connected to another network after a restart. Setting host-gateway-ips avoids it.',
  'ports-taken-no-network':
    'Where a published port is taken when this version starts a container again, it can run without any network.',
  'names-outside-fail': 'In user-defined networks this version does not find names outside of Docker.',
  'old-clients-refused':
    'This version refuses clients that speak an API older than 1.44 (Docker 25): older tools stop working.',
  'kernel-modules-wanted': 'This version needs the kernel modules ip_set and xt_set, and does not start without them.',
  'ipvlan-no-start': 'This version does not start where an older one has made ipvlan networks.',
};

export const upgrade = {
  title: 'Engine upgrade',
  labels: {
    package: 'Package',
    installed: 'Installed',
    running: 'Running',
    candidate: 'Candidate',
    held: 'Held',
    byItself: 'By itself',
  },
  change: (running: string, candidate: string): string => `${running} → ${candidate}`,
  held: 'It is held: nothing upgrades it until that is lifted.',
  notKept: 'But here not every container would outlive that restart: stop them first, and start them again afterwards.',
  steps: 'Steps, as commands to copy',
  unknown: 'not known here',
  down: 'the daemon is down',
  nobody: 'nobody upgrades or restarts it, as far as can be seen',
  yes: 'yes',
  no: 'no',
  verdict: (verdict: UpgradeVerdict): string => verdicts[verdict],
  fate: (verdict: UpgradeFate['verdict']): string => fates[verdict],
  step: (kind: UpgradeStep['kind']): string => steps[kind],
  byItselfSentence: (who: ByItself): string => `${byItself[who]}.`,
  byItself: (who: ByItself): string => byItself[who],
  problems: 'Known problems in this version',
  problem: ({ id, names }: KnownProblem): string =>
    names.length === 0 ? problems[id] : `${problems[id]} Here: ${list(names)}.`,
  /** `moby#45903`, of its address. */
  source: (address: string): string => address.replace(/^https:\/\/github\.com\/moby\/moby\/\w+\//, 'moby#'),
  removed: (names: readonly string[]): string =>
    `A stop removes ${list(names)} (--rm): nothing starts ${names.length === 1 ? 'it' : 'them'} again.`,
};
