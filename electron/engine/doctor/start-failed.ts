// A container that should always run does not: the last try to start it failed, and nobody tries again.
import { anyVersion, check } from './check.ts';

export const startFailed = check({
  id: 'start-failed',
  source: 'docker-library/docker#250, for-linux#1186; measured on 28.5',
  versions: anyVersion,
  severity: 'warning',
  find: ({ inspected, containers }) =>
    inspected.flatMap(({ id, error, restartPolicy }) => {
      const container = containers.find((one) => one.id === id);
      const wanted = restartPolicy === 'always' || restartPolicy === 'unless-stopped';
      if (container === undefined || !wanted || error === '') return [];
      return container.state === 'exited' || container.state === 'created'
        ? [{ check: 'start-failed' as const, container: container.name, error }]
        : [];
    }),
});
