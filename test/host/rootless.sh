#!/bin/sh
# What Docker's tool for rootless daemons sets up, for the user who runs this: a script that starts dockerd inside
# rootlesskit, and a unit of that user's with KillMode=mixed (as of Docker 28).
#   rootless.sh install | rootless.sh run ARGUMENT...
set -eu
case $1 in
install)
  mkdir -p "$HOME/.config/systemd/user"
  cat >"$HOME/.config/systemd/user/docker.service" <<UNIT
[Unit]
Description=Docker Application Container Engine (Rootless)
[Service]
Environment=PATH=/usr/sbin:/usr/bin:/sbin:/bin
ExecStart=$(readlink -f "$0") run --iptables=false --ip6tables=false
ExecReload=/bin/kill -s HUP \$MAINPID
TimeoutSec=0
RestartSec=2
Restart=always
StartLimitBurst=3
StartLimitInterval=60s
Delegate=yes
Type=notify
NotifyAccess=all
KillMode=mixed
[Install]
WantedBy=default.target
UNIT
  systemctl --user daemon-reload
  ;;
run)
  shift
  exec rootlesskit --net=slirp4netns --mtu=65520 --slirp4netns-sandbox=auto --slirp4netns-seccomp=auto \
    --disable-host-loopback --port-driver=builtin --copy-up=/etc --copy-up=/run --propagation=rslave \
    "$0" child "$@"
  ;;
child)
  shift
  rm -f /run/docker /run/containerd /run/xtables.lock
  exec /usr/sbin/dockerd "$@"
  ;;
esac
