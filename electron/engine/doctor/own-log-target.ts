// A container sends its log to another container of the same daemon: neither starts before the other.
import { anyVersion, check } from './check.ts';

const network = /^(syslog|fluentd|gelf|splunk)$/;

export const ownLogTarget = check({
  id: 'own-log-target',
  source: 'moby#45002',
  versions: anyVersion,
  severity: 'warning',
  find: ({ inspected, containers }) =>
    inspected.flatMap(({ id, logDriver, logAddress }) => {
      const from = containers.find((one) => one.id === id);
      const port = /(?:localhost|127\.[\d.]+|0\.0\.0\.0|\[::1\]):(\d+)/.exec(logAddress)?.[1];
      if (!network.test(logDriver) || from === undefined || port === undefined) return [];
      const target = containers.find((one) => one.ports.some((published) => published.includes(`:${port}->`)));
      return target === undefined
        ? []
        : [{ check: 'own-log-target' as const, container: from.name, target: target.name, address: logAddress }];
    }),
});
