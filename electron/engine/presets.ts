// Makes the presets for one daemon: what each would change here, or why it is not for here.
import { valueAt, type Edit, type Patch } from '../contract/change.ts';
import { sameJson, type Json, type JsonObject } from '../contract/json.ts';
import { isAtLeast } from '../contract/options.ts';
import { policyDifferences, type Policy } from '../contract/policy.ts';
import { presetNames, type Preset, type PresetLack, type PresetName } from '../contract/preset.ts';
import { overlap, parseRange, type Range } from './ip-range.ts';

/** What presets depend on. */
export type PresetGrounds = {
  readonly values: JsonObject;
  readonly version: string | null;
  readonly windows: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Networks of this computer that are not Docker's own; null where they cannot be seen. */
  readonly networks: readonly string[] | null;
  readonly policy: Policy;
  /** Address of the mirror; null: none was named. */
  readonly mirror: string | null;
};

type Made = Patch | PresetLack;
const set = (path: string, value: Json): Edit => ({ path: path.split('.'), set: value });

const makers: Readonly<Record<PresetName, (grounds: PresetGrounds) => Made>> = {
  'log-rotation': rotation,
  'system-proxy': proxy,
  'registry-mirror': mirror,
  'address-pools': pools,
  'ci-host': ciHost,
  'cis-hints': cisHints,
  policy: ({ values, policy }) => {
    if (policy.state !== 'in-force') return 'no-policy';
    return policyDifferences(policy, values).flatMap(({ path, value }) =>
      value === undefined ? [] : [{ path, set: value }],
    );
  },
};

export const presetsFor = (grounds: PresetGrounds): readonly Preset[] =>
  presetNames.map((name) => presetFor(name, grounds));

/** Only what the file does not say already is part of it. */
export function presetFor(name: PresetName, grounds: PresetGrounds): Preset {
  const made = makers[name](grounds);
  if (typeof made === 'string') return { name, lack: made };
  const patch = made.filter((edit) => !('set' in edit) || !sameJson(valueAt(grounds.values, edit.path), edit.set));
  return patch.length === 0 ? { name, lack: 'done' } : { name, patch };
}

/** Both drivers that write files take these two options; every other one refuses them when a container is made. */
function rotation({ values }: PresetGrounds): Made {
  const driver = values['log-driver'] ?? 'json-file';
  if (driver !== 'json-file' && driver !== 'local') return 'other-log-driver';
  return [set('log-opts.max-size', '10m'), set('log-opts.max-file', '3')];
}

/** dockerd reads the variables itself, but its unit does not have those of the desktop. The key came with 23.0. */
function proxy({ environment, version }: PresetGrounds): Made {
  if (version !== null && !isAtLeast(version, '23.0')) return 'too-old';
  const named = ['http-proxy', 'https-proxy', 'no-proxy'].flatMap((name) => {
    const variable = name.replace('-', '_');
    const value = environment[variable] || environment[variable.toUpperCase()];
    return value ? [set(`proxies.${name}`, value)] : [];
  });
  return named.some(({ path }) => path[1] !== 'no-proxy') ? named : 'no-proxy-here';
}

function mirror({ values, mirror: address }: PresetGrounds): Made {
  if (address === null) return 'needs-value';
  const before = values['registry-mirrors'];
  const others = (Array.isArray(before) ? before : []).filter((one: Json) => one !== address);
  return [set('registry-mirrors', [address, ...others])];
}

/** Private ranges, those first that home networks and companies use least; two of 256 networks each. */
const offered = [30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20]
  .map((part) => `172.${part}.0.0/16`)
  .concat([213, 201, 187, 173, 149, 131].map((part) => `10.${part}.0.0/16`));
const wanted = 2;

function pools({ networks }: PresetGrounds): Made {
  if (networks === null) return 'routes-unknown';
  const used = networks.flatMap((text): readonly Range[] => {
    const range = parseRange(text);
    // The default route leads everywhere and takes nothing.
    return range && range.prefix > 0 ? [range] : [];
  });
  const free = offered.filter((text) => {
    const range = parseRange(text);
    return range !== null && !used.some((one) => overlap(one, range));
  });
  if (free.length < wanted) return 'no-free-range';
  return [
    set(
      'default-address-pools',
      free.slice(0, wanted).map((base) => ({ base, size: 24 })),
    ),
  ];
}

function ciHost(grounds: PresetGrounds): Made {
  if (grounds.windows) return 'windows';
  const logs = rotation(grounds);
  return [
    set('max-concurrent-downloads', 10),
    set('max-concurrent-uploads', 10),
    set('builder.gc.enabled', true),
    set('builder.gc.defaultKeepStorage', '20GB'),
    ...(typeof logs === 'string' ? [] : logs),
  ];
}

/** What the CIS Docker Benchmark asks of the daemon's configuration and that takes nothing from containers that run. */
function cisHints({ windows }: PresetGrounds): Made {
  if (windows) return 'windows';
  return [
    set('live-restore', true),
    set('icc', false),
    set('no-new-privileges', true),
    set('userland-proxy', false),
    set('log-level', 'info'),
  ];
}
