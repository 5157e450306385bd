// With systemd's control groups, `systemctl daemon-reload` takes the GPUs away from running containers.
import { anyVersion, check } from './check.ts';

export const gpuDaemonReload = check({
  id: 'gpu-daemon-reload',
  source: 'nvidia-container-toolkit#1227, gpu-operator#503',
  versions: anyVersion,
  severity: 'info',
  find({ cgroupDriver, containers }) {
    if (cgroupDriver !== 'systemd') return [];
    const names = containers
      .filter(({ pid, details }) => pid > 0 && details?.devices === 'gpu')
      .map(({ name }) => name);
    return names.length === 0 ? [] : [{ check: 'gpu-daemon-reload', containers: names }];
  },
});
