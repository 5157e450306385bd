import { describe, expect, test } from 'vitest';
import { optionForms } from '../../../electron/contract/options-form.ts';
import { isSize, isText, type TextForm } from '../../../electron/contract/value-forms.ts';
import {
  effectOf,
  isAtLeast,
  isGroup,
  knownOn,
  optionFor,
  options,
  singularOf,
} from '../../../electron/contract/options.ts';

describe('the catalogue against itself', () => {
  test('every key stands there once', () => {
    expect(new Set(options.map(({ key }) => key)).size).toBe(options.length);
    expect(options.length).toBeGreaterThanOrEqual(125);
  });

  test.each(options)('$key is sound', (option) => {
    expect(option.key).toMatch(/^[a-z0-9-]+(\.[A-Za-z-]+)*$/);
    expect(option.path.join('.')).toBe(option.key);
    expect(option.since).toMatch(/^\d+\.\d+$/);
    for (const [i, flag] of option.flags.entries()) expect(flag).toMatch(i === 0 ? /^--[a-z0-9-]+$/ : /^-[A-Za-z]$/);
    expect(isAtLeast(option.flagsSince, option.flags.length === 0 ? '0' : '20.10')).toBe(true);
    // What is proven or sticks must first be taken by a reload.
    if (option.sticks || option.seenIn !== null) expect(option.reload).not.toBeNull();
    if (option.choices !== null && typeof option.default === 'string') expect(option.choices).toContain(option.default);
    expect(optionFor(option.key)).toBe(option);
  });

  test.each(options.filter((option) => option.default !== null))('the default of $key is of its kind', (option) => {
    const kinds = {
      boolean: typeof option.default === 'boolean',
      integer: Number.isInteger(option.default),
      string: typeof option.default === 'string',
      size: typeof option.default === 'string',
      path: typeof option.default === 'string',
      'string[]': Array.isArray(option.default),
      'object[]': Array.isArray(option.default),
      'string-map': typeof option.default === 'object',
      object: typeof option.default === 'object',
    };
    expect(kinds[option.kind]).toBe(true);
  });

  test('no two options share a short flag', () => {
    const shorts = options.flatMap(({ flags }) => flags.slice(1));
    expect(new Set(shorts).size).toBe(shorts.length);
  });

  test('reload applies exactly what was measured', () => {
    const reloadable = options.filter(({ reload }) => reload !== null).map(({ key }) => key);
    expect(reloadable.toSorted()).toEqual(
      [
        'allow-nondistributable-artifacts authorization-plugins debug default-cgroupns-mode default-ipc-mode',
        'default-runtime default-shm-size default-stop-timeout features.buildkit insecure-registries labels',
        'live-restore max-concurrent-downloads max-concurrent-uploads max-download-attempts network-diagnostic-port',
        'nri-opts.enable nri-opts.plugin-config-path nri-opts.plugin-path nri-opts.socket-path registry-mirrors',
        'runtimes shutdown-timeout',
      ]
        .join(' ')
        .split(' '),
    );
  });

  test('the dangerous ones are named', () => {
    const keysOf = (risk: string): readonly string[] =>
      options.filter((one) => one.risk === risk).map(({ key }) => key);
    expect(keysOf('loses')).toEqual([
      'containerd',
      'containerd-namespace',
      'exec-root',
      'features.embedded-containerd',
    ]);
    expect(keysOf('hides')).toEqual([
      'data-root',
      'features.containerd-snapshotter',
      'graph',
      'storage-driver',
      'userns-remap',
    ]);
    expect(keysOf('ends-daemon')).toEqual(['authorization-plugins']);
  });
});

describe('effectOf', () => {
  test.each([
    ['live-restore', 'set', '28.5.2', 'reload'],
    ['live-restore', 'set', '20.10.24+dfsg1', 'reload'],
    ['live-restore', 'remove', '28.5.2', 'restart'],
    ['debug', 'remove', '26.1.5', 'restart'],
    ['labels', 'remove', '26.1.5', 'restart'],
    ['max-concurrent-downloads', 'remove', '28.5.2', 'reload'],
    ['authorization-plugins', 'remove', '28.5.2', 'reload'],
    ['mtu', 'set', '28.5.2', 'restart'],
    ['mtu', 'remove', '28.5.2', 'restart'],
    ['features.buildkit', 'set', '28.5.2', 'reload'],
    ['features.containerd-snapshotter', 'set', '28.5.2', 'restart'],
    ['features.containerd-snapshotter', 'set', '20.10.24', 'none'],
    ['allow-nondistributable-artifacts', 'set', '26.1.5', 'reload'],
    ['allow-nondistributable-artifacts', 'set', '28.0.1', 'restart'],
    ['allow-nondistributable-artifacts', 'set', '28.5.2', 'none'],
    ['deprecated-key-path', 'set', '20.10.24', 'restart'],
    ['deprecated-key-path', 'set', '26.1.5', 'none'],
    ['no-such-option', 'set', '28.5.2', 'restart'],
    ['live-restore', 'set', null, 'reload'],
  ] as const)('%s, %s on %s: %s', (key, act, version, effect) => {
    expect(effectOf(key, act, version)).toBe(effect);
  });
});

test.each([
  ['label', '28.5.2', 'labels'],
  ['host', '20.10.24', 'hosts'],
  ['add-runtime', '28.5.2', 'runtimes'],
  ['http-proxy', '26.1.5', 'proxies.http-proxy'],
  ['http-proxy', '20.10.24', null],
  ['cdi-spec-dir', '20.10.24', null],
  ['feature', '28.5.2', 'features'],
  ['feature', '26.1.5', null],
  ['containerd-plugins-namespace', '28.5.2', null],
  ['host-gateway-ip', '28.5.2', null],
  ['labels', '28.5.2', null],
  ['debug', null, null],
] as const)('%s on %s means %s', (name, version, key) => {
  expect(singularOf(name, version)).toBe(key);
});

test.each([
  ['28.5.2', '28.5', true],
  ['28.4.9', '28.5', false],
  ['20.10.24+dfsg1', '20.10', true],
  ['24.0.9', '24.0.9', true],
  ['24.0.8', '24.0.9', false],
  ['v29.1.0', '28.5', true],
  ['dev', '29.7', true],
] as const)('%s is at least %s: %s', (version, wanted, answer) => {
  expect(isAtLeast(version, wanted)).toBe(answer);
});

test('versions know their own options only', () => {
  const knows = (key: string, version: string | null): boolean => knownOn(optionFor(key)!, version);
  expect(knows('bip6', '26.1.5')).toBe(false);
  expect(knows('bip6', '28.5.2')).toBe(true);
  expect(knows('graph', '20.10.24')).toBe(true);
  expect(knows('graph', '26.1.5')).toBe(false);
  expect(knows('graph', null)).toBe(true);
  expect(knows('disable-legacy-registry', null)).toBe(false);
});

test('keys below builder are found whatever their case, others are not', () => {
  expect(optionFor('builder.gc.enabled')?.key).toBe('builder.GC.Enabled');
  expect(optionFor('Live-Restore')).toBeUndefined();
  expect(['builder', 'builder.gc', 'builder.GC', 'features', 'proxies', 'nri-opts'].every(isGroup)).toBe(true);
  expect(['live-restore', 'runtimes', 'Features', 'log-opts'].some(isGroup)).toBe(false);
});

describe('forms', () => {
  test.each(options)('$key is filled in by a control that makes its kind', ({ key, kind, choices }) => {
    const { form } = optionForms[key];
    const made = {
      switch: ['boolean'],
      number: ['integer'],
      text: ['string', 'path'],
      choice: ['string'],
      size: ['size'],
      list: ['string[]'],
      map: ['string-map'],
      maps: ['object'],
      fields: ['object'],
      records: ['object', 'object[]'],
    }[form.kind];
    expect(made).toContain(kind);
    // An empty choice is offered as what it is: the default.
    if (choices !== null && form.kind === 'choice') {
      expect([...form.choices].toSorted()).toEqual(choices.filter((one) => one !== '').toSorted());
    }
  });

  test.each(options.filter(({ key }) => optionForms[key].example !== ''))('the example of $key fits', ({ key }) => {
    const { form, example } = optionForms[key];
    if (form.kind === 'text' || form.kind === 'list') expect(isText(form.of, example)).toBe(true);
    if (form.kind === 'size') expect(isSize(example)).toBe(true);
    if (form.kind === 'number') expect(Number(example)).toBeGreaterThanOrEqual(form.least);
  });

  test('the Basic page has an order', () => {
    const places = Object.values(optionForms).flatMap(({ basic }) => basic ?? []);
    expect(places.toSorted((a, b) => a - b)).toEqual(places.map((_, i) => i));
  });
});

test.each([
  ['ip', '192.168.1.1', true],
  ['ip', '256.1.1.1', false],
  ['ip', 'fd00::1', true],
  ['ip', '::ffff:10.0.0.1', true],
  ['ip', '1:2:3:4:5:6:7:8', true],
  ['ip', '1:2:3:4:5:6:7', false],
  ['ip', '1::2::3', false],
  ['cidr', '10.0.0.0/8', true],
  ['cidr', '10.0.0.0/33', false],
  ['cidr', '10.0.0.0', false],
  ['cidr', 'fd00::/64', true],
  ['mirror', 'mirror.example.org', false],
  ['registry', '-foo', false],
  ['registry', '[::1]:5000', true],
  ['endpoint', '/var/run/docker.sock', false],
  ['address', '9323', false],
  ['address', '[::1]:9323', true],
  ['pair', 'region', false],
  ['duration', '48h', true],
  ['duration', 'two days', false],
] as const satisfies readonly (readonly [TextForm, string, boolean])[])('%s %s: %s', (form, text, answer) => {
  expect(isText(form, text)).toBe(answer);
});
