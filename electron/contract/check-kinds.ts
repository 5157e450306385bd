// What the checks of a configuration can find, beyond its keys and types; sentences stand in the catalogs.

/** What comes of it: when does dockerd stumble? */
export type Hurt =
  /** It is refused whenever the file is read: at a start and at a reload, and by `--validate`. */
  | 'always'
  /** A reload lets it pass, and `--validate` often does, too; the next start fails. */
  | 'start'
  /** A start is fine; every reload fails. */
  | 'reload'
  /** The daemon starts; new containers fail. */
  | 'containers'
  /** The daemon starts; new networks cannot be made. */
  | 'networks'
  /** It is taken without a word and does nothing, or something else than it seems to say. */
  | 'nothing';

/** What is wrong with a value in itself. */
export type ValueFault =
  | 'not-a-cidr'
  | 'not-an-ip'
  | 'not-ipv4'
  | 'not-ipv6'
  | 'network-address'
  | 'reserved-range'
  | 'network-too-small'
  | 'not-a-choice'
  | 'negative'
  | 'too-small'
  | 'too-large'
  | 'not-a-size'
  | 'not-a-duration'
  | 'not-a-label'
  | 'reserved-label'
  | 'conflicting-labels'
  | 'not-a-domain'
  | 'not-a-resource'
  | 'not-an-option-pair'
  | 'unknown-exec-option'
  | 'not-a-url'
  | 'url-scheme'
  | 'url-with-query'
  | 'url-with-path'
  | 'url-with-user'
  | 'not-a-registry'
  | 'scheme-is-dropped'
  | 'not-a-host'
  | 'host-scheme'
  | 'not-a-port'
  | 'no-port'
  | 'open-to-all'
  | 'twice'
  | 'pool-without-base'
  | 'pool-smaller-than-base'
  | 'reserved-runtime'
  | 'runtime-without-path'
  | 'runtime-path-and-type'
  | 'runtime-arguments-with-type'
  | 'runtime-options'
  | 'unknown-runtime'
  | 'unknown-log-driver'
  | 'unknown-log-option'
  | 'bad-log-option'
  | 'missing-log-option'
  | 'log-option-needs-other'
  | 'unknown-storage-driver'
  | 'removed-storage-driver'
  | 'unknown-storage-option'
  | 'bad-storage-option'
  | 'not-absolute'
  | 'not-a-user'
  | 'deprecated'
  | 'soft-above-hard'
  | 'limit-without-name'
  | 'another-limit'
  | 'too-many-files'
  | 'no-open-files'
  | 'not-on-swarm-node'
  | 'not-a-filter';

/** What a value names that this computer does not have, or has in another way. */
export type MachineFault =
  | 'no-file'
  | 'no-folder'
  | 'not-a-folder'
  | 'not-a-file'
  | 'not-executable'
  | 'not-json'
  | 'no-program'
  | 'no-user'
  | 'no-group'
  | 'no-subordinate-ids'
  | 'no-interface'
  | 'not-a-bridge'
  | 'no-plugin'
  | 'no-socket'
  | 'no-address'
  | 'port-taken'
  | 'no-systemd'
  | 'not-in-kernel'
  | 'bad-certificate'
  | 'pools-taken';

/** Two options that do not go together. */
export type Clash = 'exclude-each-other' | 'needs-other' | 'outside-of' | 'same-as' | 'same-port' | 'not-with';

export type CheckKind =
  | {
      readonly kind: 'bad-value';
      readonly key: string;
      readonly value: string;
      readonly why: ValueFault;
      readonly hurts: Hurt;
    }
  | {
      readonly kind: 'not-on-machine';
      readonly key: string;
      readonly value: string;
      readonly why: MachineFault;
      readonly hurts: Hurt;
    }
  | {
      readonly kind: 'clash';
      readonly key: string;
      readonly other: string;
      readonly why: Clash;
      readonly hurts: Hurt;
    }
  | {
      readonly kind: 'overlap';
      readonly key: string;
      readonly range: string;
      /** What is there already: an interface, a route, a network of Docker's, or another option. */
      readonly with: 'interface' | 'route' | 'network' | 'option';
      readonly name: string;
      readonly other: string;
      readonly hurts: Hurt;
    };
