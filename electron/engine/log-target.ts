// A container whose log goes to another container of the same daemon: where a daemon starts, neither is there before the other.
import { isJsonObject, type JsonObject } from '../contract/json.ts';
import type { Container } from '../contract/snapshot.ts';
import { runs } from './audit.ts';

/**
 * Where a daemon has to reach something before it reads the output of a container, by `HostConfig.LogConfig`; undefined:
 * nowhere. UDP needs nobody at the other end, and fluentd none at first where it is told so.
 */
export function neededLogAddress(config: JsonObject): string | undefined {
  const options = isJsonObject(config['Config']) ? config['Config'] : {};
  const text = (key: string): string => (typeof options[key] === 'string' ? options[key] : '');
  const address = addressOf(config['Type'], text);
  return address === '' || /^(udp|unix|unixgram):/.test(address) ? undefined : address;
}

function addressOf(driver: unknown, text: (key: string) => string): string {
  switch (driver) {
    case 'syslog':
      return text('syslog-address');
    case 'gelf':
      return text('gelf-address');
    case 'splunk':
      return text('splunk-verify-connection') === 'false' ? '' : text('splunk-url');
    case 'fluentd': {
      const isLater = text('fluentd-async') === 'true' || text('fluentd-async-connect') === 'true';
      return isLater ? '' : text('fluentd-address') || 'tcp://127.0.0.1:24224';
    }
    default:
      return '';
  }
}

/** The container that serves that address; null where it is not one of these, or not on this computer. */
export function logTargetOf({ id, details }: Container, containers: readonly Container[]): string | null {
  const port = /(?:localhost|127\.[\d.]+|0\.0\.0\.0|\[::1?\]):(\d+)/.exec(details?.logAddress ?? '')?.[1];
  if (port === undefined) return null;
  const serves = (one: Container): boolean => one.ports.some((published) => published.includes(`:${port}->`));
  return containers.find((one) => one.id !== id && runs(one) && serves(one))?.name ?? null;
}
