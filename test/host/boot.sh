#!/bin/sh
# The first process of a test machine: builds a private root from a copy-on-write view of this system and becomes its init.
#   boot.sh FOLDER systemd|sysv NODE ENGINE TOOLS
# Runs in fresh mount, pid, uts, ipc, net and cgroup namespaces. Nothing is written through a path below the new root
# before that root is entered: an absolute link such as /var/run would lead back to this system's own folders.
set -eu
folder=$1 init=$2 node=$3 engine=$4 tools=$5
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# /proc is still the outer one, and so tells our pid as it is known outside.
read -r outside rest </proc/self/stat
echo "$outside" >"$folder/pid"

mount --make-rprivate /
root=$folder/mnt
mount -t tmpfs -o mode=755 tmpfs "$root"
mkdir "$root/upper" "$root/work" "$root/root"
mount -t overlay -o "lowerdir=/,upperdir=$root/upper,workdir=$root/work" overlay "$root/root"
root=$root/root
for place in proc sys dev run tmp; do [ -d "$root/$place" ] && [ ! -L "$root/$place" ] || mkdir "$root/$place"; done
mkdir "$root/.old"
cd "$root"
pivot_root . .old
cd /

mount -t proc -o nosuid,nodev,noexec proc /proc
# Read-only, so that nothing here reaches the devices, and nothing of the kernel that is everybody's.
mount -t sysfs -o ro,nosuid,nodev,noexec sysfs /sys
for part in kernel fs vm; do
  mount --bind "/proc/sys/$part" "/proc/sys/$part"
  mount -o remount,bind,ro "/proc/sys/$part"
done
mount -t tmpfs -o mode=755,nosuid tmpfs /dev
for device in null:1:3 zero:1:5 full:1:7 random:1:8 urandom:1:9 tty:5:0; do
  numbers=${device#*:}
  mknod -m 666 "/dev/${device%%:*}" c "${numbers%:*}" "${numbers#*:}"
done
mkdir /dev/pts /dev/shm /dev/mqueue
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts /dev/pts
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs /dev/shm
ln -s pts/ptmx /dev/ptmx
ln -s /proc/self/fd /dev/fd
for number in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${number%:*}" "/dev/${number#*:}"; done
mount -t tmpfs -o mode=755,nosuid,nodev tmpfs /run
mkdir /run/lock
mount -t tmpfs -o mode=1777 tmpfs /tmp
mount -t tmpfs -o mode=1777 tmpfs /var/tmp

# The same control groups as outside, each rooted at the one that was made for this machine.
if [ -e /.old/sys/fs/cgroup/cgroup.procs ]; then
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
else
  mount -t tmpfs -o mode=755 tmpfs /sys/fs/cgroup
  while IFS=: read -r number kinds path; do
    place=/sys/fs/cgroup/${kinds#name=}
    case $kinds in
    '')
      mkdir /sys/fs/cgroup/unified
      mount -t cgroup2 cgroup2 /sys/fs/cgroup/unified
      ;;
    name=*) mkdir "$place" && mount -t cgroup -o "none,$kinds" cgroup "$place" ;;
    *) mkdir "$place" && mount -t cgroup -o "$kinds" cgroup "$place" ;;
    esac
  done </proc/self/cgroup
  mount -o remount,ro /sys/fs/cgroup
fi

# The daemon's storage driver wants a file system that is no overlay.
for place in docker containerd; do
  rm -rf "/var/lib/$place"
  mkdir -p "/var/lib/$place"
  mount -t tmpfs -o mode=711 tmpfs "/var/lib/$place"
done

# Programs: bound to where their packages put them, so that /proc tells the usual paths.
bound() { # SOURCE TARGET
  mkdir -p "$(dirname "$2")"
  rm -f "$2"
  : >"$2"
  mount --bind "/.old$1" "$2"
}
bound "$engine/dockerd" /usr/sbin/dockerd
bound "$engine/docker-proxy" /usr/sbin/docker-proxy
bound "$tools/runc" /usr/sbin/runc
for program in containerd containerd-shim-runc-v2 docker docker-init busybox; do bound "$tools/$program" "/usr/bin/$program"; done
mkdir -p /opt/afloat
mount --bind "/.old$folder/shared" /opt/afloat
bound "$node" /opt/node

# What the packages would install.
grep -q ^docker: /etc/group || echo docker:x:64997: >>/etc/group
rm -rf /etc/docker /etc/init.d/docker /etc/default/docker /etc/systemd/system/docker.* /etc/systemd/system/containerd.*
mkdir -p /lib/systemd/system
for service in "/.old$engine/service" "/.old$tools/service"; do
  [ ! -d "$service/etc" ] || cp -R "$service/etc/." /etc/
  cp "$service"/lib/systemd/system/* /lib/systemd/system/
done
mkdir /etc/docker
[ ! -e /opt/afloat/daemon.json ] || cp /opt/afloat/daemon.json /etc/docker/daemon.json

# A machine of its own: name, identity, network, and no file system to mount.
hostname afloat-host
echo afloat-host >/etc/hostname
echo '127.0.0.1 localhost afloat-host' >/etc/hosts
tr -d - </proc/sys/kernel/random/uuid >/etc/machine-id
: >/etc/fstab
ip link set lo up

[ ! -e /opt/afloat/user.sh ] || . /opt/afloat/user.sh
. "/opt/afloat/$init.sh"

umount -l /.old
exec env -i container=afloat-host PATH="$PATH" "$@"
