// English: the presets by name, why one is not for a daemon, and what is wrong with a patch file.
import type { ExportForm } from '../../export-form.ts';
import type { PatchFileFault } from '../../patch-file.ts';
import type { PresetLack, PresetName } from '../../preset.ts';

const names: Readonly<Record<PresetName, readonly [title: string, help: string]>> = {
  'log-rotation': [
    'Log rotation',
    'New containers keep three log files of 10 MB each, instead of one that grows for ever.',
  ],
  'system-proxy': ['Proxy of this system', 'The daemon uses the proxy that the variables of this system name.'],
  'registry-mirror': ['Registry mirror', 'A mirror is asked before Docker Hub.'],
  'address-pools': ['Address pools', 'New networks stay clear of the networks and VPN routes of this computer.'],
  'ci-host': ['Build host', 'More transfers at a time, a build cache of 20 GB, and log rotation.'],
  'cis-hints': ['CIS hints', 'What the CIS Docker Benchmark asks of the daemon and that is safe for most.'],
  policy: ['Policy of this computer', 'What the administrator’s policy wants otherwise than the file.'],
};

const lacks: Readonly<Record<PresetLack, string>> = {
  'other-log-driver': 'Not with this log driver: it takes other options.',
  'no-proxy-here': 'No proxy is named in http_proxy or https_proxy.',
  'too-old': 'This engine version does not know the options.',
  'no-free-range': 'No private range is free on this computer.',
  'routes-unknown': 'The routes of this computer cannot be seen.',
  windows: 'Not for Windows containers.',
  'no-policy': 'This computer has no policy.',
  'needs-value': 'Name the address of the mirror.',
  done: 'The file says so already.',
};

const faults: Readonly<Record<PatchFileFault, (where: string) => string>> = {
  'not-json': (where) => `It is not valid JSON, at ${where}.`,
  format: () => '“format” must be “afloat-patch”.',
  version: () => '“version” must be 1.',
  'unknown-member': (where) => `“${where}” does not belong in a patch.`,
  'wrong-type': (where) => `“${where}” is of the wrong kind.`,
  empty: () => 'It holds no edit.',
  'same-place': (where) => `“${where}” is the place of another edit, or in it.`,
  'set-or-remove': (where) => `“${where}” needs either “set” or “remove”.`,
};

export const preset = {
  section: 'Presets',
  mirror: 'Address of the mirror',
  look: 'Look…',
  import: 'Import a patch',
  importHelp: 'A change from a file, shown before it joins yours.',
  choose: 'Choose a file…',
  export: 'Export the open change',
  exportHelp: 'The same change for other hosts, with the same checks and proof.',
  form: 'Form of the file',
  save: 'Save…',
  take: 'Add to the draft',
  imported: 'Imported patch',
  lookAt: (title: string): string => `Look at ${title}`,
  forms: {
    patch: 'Patch file',
    shell: 'Shell script',
    ansible: 'Ansible tasks',
    'cloud-init': 'cloud-init',
  } as Readonly<Record<ExportForm, string>>,
  title: (name: PresetName): string => names[name][0],
  help: (name: PresetName): string => names[name][1],
  lack: (lack: PresetLack): string => lacks[lack],
  fault: (fault: PatchFileFault, where: string): string => faults[fault](where),
};
