// What `/info` tells of the options that a daemon runs with. Most it does not tell; those are left out, not guessed.
import { isJsonObject, type Json, type JsonObject } from '../contract/json.ts';

/** By key. All of these are in 20.10 and later (measured on 20.10, 26.1, 28.5). */
export function runningOptions(info: JsonObject): JsonObject {
  const text = (name: string): Json | undefined => (typeof info[name] === 'string' ? info[name] : undefined);
  const flag = (name: string): Json | undefined => (typeof info[name] === 'boolean' ? info[name] : undefined);
  const registries = isJsonObject(info['RegistryConfig']) ? info['RegistryConfig'] : {};
  const found: Readonly<Record<string, Json | undefined>> = {
    'live-restore': flag('LiveRestoreEnabled'),
    debug: flag('Debug'),
    experimental: flag('ExperimentalBuild'),
    'data-root': text('DockerRootDir'),
    // With the containerd image store this names a snapshotter, which is no storage driver.
    'storage-driver': usesSnapshotter(info) ? undefined : text('Driver'),
    'log-driver': text('LoggingDriver'),
    'default-runtime': text('DefaultRuntime'),
    labels: info['Labels'] === null ? [] : lines(info['Labels']),
    'registry-mirrors': registries['Mirrors'] === null ? [] : lines(registries['Mirrors'])?.map(withoutSlash),
    'insecure-registries': insecure(registries),
    'proxies.http-proxy': text('HttpProxy'),
    'proxies.https-proxy': text('HttpsProxy'),
    'proxies.no-proxy': text('NoProxy'),
  };
  return Object.fromEntries(Object.entries(found).filter((pair): pair is [string, Json] => pair[1] !== undefined));
}

const lines = (value: Json | undefined): readonly string[] | undefined =>
  Array.isArray(value) ? value.filter((one: Json): one is string => typeof one === 'string') : undefined;

/** dockerd puts a slash behind each mirror. */
export const withoutSlash = (url: string): string => url.replace(/\/$/, '');

const usesSnapshotter = (info: JsonObject): boolean =>
  JSON.stringify(info['DriverStatus'] ?? null).includes('io.containerd.snapshotter');

/** Loopback is insecure always, without being set. */
const always = new Set(['127.0.0.0/8', '::1/128']);

function insecure(registries: JsonObject): readonly string[] | undefined {
  const indexes = registries['IndexConfigs'];
  if (!isJsonObject(indexes)) return undefined;
  const hosts = Object.entries(indexes).flatMap(([name, index]) =>
    isJsonObject(index) && index['Secure'] === false ? [name] : [],
  );
  return [...hosts, ...(lines(registries['InsecureRegistryCIDRs']) ?? []).filter((range) => !always.has(range))];
}
