// Which options stand as fields on which page, and how each is shown; what dockerd makes of them is in the catalogue.
import type { Messages } from '@contract/messages/page.ts';
import { optionFor, type Option } from '@contract/options.ts';

export type FieldName = keyof Messages['window']['options'];
export type GroupName = keyof Messages['window']['groups'];

/** How an option is shown. */
export type Control =
  /** `on` is written out, or the key removed where writing it out does harm. */
  | { readonly kind: 'switch'; readonly on: 'written' | 'removed' }
  | { readonly kind: 'number'; readonly least: number; readonly most: number; readonly written: 'number' | 'text' }
  | { readonly kind: 'text'; readonly valid: RegExp }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'list'; readonly valid: RegExp; readonly emptied: 'written' | 'removed' }
  | { readonly kind: 'count' };

export type Field = { readonly name: FieldName; readonly path: readonly string[]; readonly control: Control };
export type Group = { readonly name: GroupName; readonly fields: readonly Field[] };

const field = (name: FieldName, control: Control): Field => ({ name, path: name.split('.'), control });

const address = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+(%\w+)?)$/i;
const logDrivers = [
  'json-file',
  'local',
  'journald',
  'syslog',
  'fluentd',
  'gelf',
  'awslogs',
  'gcplogs',
  'splunk',
  'none',
];

export const basicGroups: readonly Group[] = [
  {
    name: 'registries',
    fields: [
      // A removed key would stay in the running daemon, so that the emptied list is written out.
      field('registry-mirrors', { kind: 'list', valid: /^https?:\/\/[^\s/?#]+[^\s?#]*$/, emptied: 'written' }),
      field('insecure-registries', {
        kind: 'list',
        valid: /^(?!-)[\w.-]+(:\d+)?$|^\[[0-9a-f:]+\](:\d+)?$|^[0-9a-f.:]+\/\d+$/i,
        emptied: 'written',
      }),
    ],
  },
  {
    name: 'logging',
    fields: [
      field('log-driver', { kind: 'choice', choices: logDrivers }),
      field('log-opts.max-size', { kind: 'text', valid: /^\d+[kmg]?b?$/i }),
      field('log-opts.max-file', { kind: 'number', least: 1, most: 1000, written: 'text' }),
    ],
  },
  { name: 'names', fields: [field('dns', { kind: 'list', valid: address, emptied: 'removed' })] },
  { name: 'daemon', fields: [field('debug', { kind: 'switch', on: 'written' })] },
];

export const advancedGroups: readonly Group[] = [
  {
    name: 'networking',
    fields: [
      field('mtu', { kind: 'number', least: 68, most: 65_535, written: 'number' }),
      // Written out as true, every reload fails (measured on 26.1 and 28.5).
      field('userland-proxy', { kind: 'switch', on: 'removed' }),
      field('default-address-pools', { kind: 'count' }),
    ],
  },
  {
    name: 'limits',
    fields: [
      field('shutdown-timeout', { kind: 'number', least: -1, most: 86_400, written: 'number' }),
      field('max-concurrent-downloads', { kind: 'number', least: 1, most: 1000, written: 'number' }),
      field('max-concurrent-uploads', { kind: 'number', least: 1, most: 1000, written: 'number' }),
    ],
  },
];

/** The catalogue's row behind a field: its own, or that of the object it stands in. */
export function optionOf({ name, path }: Field): Option {
  const option = optionFor(name) ?? optionFor(path[0] ?? '');
  if (option === undefined) throw new Error(`There is no option ${name}.`);
  return option;
}
