# Sourced by boot.sh: leaves of this system's units only those that a Docker machine needs, and names systemd as init.
# Everything that touches clock, devices, kernel settings or file systems of the outer machine is thereby gone.
rm -rf /lib/systemd/system-generators /etc/systemd/system-generators /lib/systemd/system/*.wants /etc/systemd/system/*.wants
mkdir -p /etc/systemd/system/sockets.target.wants /etc/systemd/system/multi-user.target.wants
for unit in systemd-journald.socket systemd-journald-dev-log.socket dbus.socket docker.socket; do
  ln -s "/lib/systemd/system/$unit" /etc/systemd/system/sockets.target.wants/
done

mkdir -p /etc/systemd/journald.conf.d
printf '[Journal]\nStorage=volatile\nRateLimitIntervalSec=0\n' >/etc/systemd/journald.conf.d/afloat-host.conf

cat >/etc/systemd/system/afloat-ready.service <<'UNIT'
[Unit]
Description=Tell the owner of this machine that it is up
Wants=docker.service
After=docker.service systemd-logind.service polkit.service
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c 'echo ready >/opt/afloat/ready'
UNIT
for unit in /lib/systemd/system/containerd.service /lib/systemd/system/docker.service /etc/systemd/system/afloat-ready.service; do
  ln -s "$unit" /etc/systemd/system/multi-user.target.wants/
done

# A user's session needs whoever keeps sessions before it begins, and somebody to ask about rights.
if [ -e /opt/afloat/user ]; then
  for unit in systemd-logind polkit; do ln -s "/lib/systemd/system/$unit.service" /etc/systemd/system/multi-user.target.wants/; done
fi

set -- /lib/systemd/systemd --system --unit=multi-user.target --log-target=journal --show-status=no
