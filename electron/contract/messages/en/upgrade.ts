// English: what an upgrade of the engine's package means for its containers.
import type { ByItself, UpgradeFate, UpgradeStep, UpgradeVerdict } from '../../upgrade.ts';
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
  snapd: 'snapd upgrades it without asking',
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
  removed: (names: readonly string[]): string =>
    `A stop removes ${list(names)} (--rm): nothing starts ${names.length === 1 ? 'it' : 'them'} again.`,
};
