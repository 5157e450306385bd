#!/bin/sh
# Owns one test machine: brings it up, and takes it down with everything it made when standard input ends, which is when
# its owner closes it or is gone. Says `ready` when the machine is up and `ended` when it ended by itself.
#   keeper.sh FOLDER INIT NODE ENGINE TOOLS
set -eu
folder=$1
here=$(dirname "$0")

# Below our own control group in every hierarchy, so that limits that hold for us hold for the machine.
groups=
while IFS=: read -r number kinds path; do
  place=/sys/fs/cgroup/${kinds#name=}
  [ -n "$kinds" ] || place=/sys/fs/cgroup/unified
  [ -d "$place" ] || place=/sys/fs/cgroup
  groups="$groups ${place%/}${path%/}/$(basename "$folder")"
done </proc/self/cgroup

# shellcheck disable=SC2329 # called by the trap
down() {
  trap '' INT TERM HUP
  # The first process takes its whole pid namespace with it. By its parent it is known to be the one, and reaped.
  first=$(cat "$folder/pid" 2>/dev/null || :)
  if [ -n "$machine" ] && grep -q "^PPid:[[:space:]]*$machine$" "/proc/${first:-none}/status" 2>/dev/null; then
    kill -KILL "$first" 2>/dev/null || :
  elif [ -n "$machine" ]; then
    kill -KILL "$machine" 2>/dev/null || :
  fi
  kill "$listening" "$watching" 2>/dev/null || :
  wait 2>/dev/null || :
  tries=0
  while [ "$tries" -lt 100 ]; do
    left=
    for group in $groups; do
      [ ! -d "$group" ] || find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || left=yes
    done
    [ -n "$left" ] || break
    sleep 0.05
    tries=$((tries + 1))
  done
  rm -rf --one-file-system "$folder"
  exit 0
}
machine= listening= watching=
# A key pressed at the terminal is for the owner, who ends us; a wish to end us alone is ours.
trap '' INT HUP
trap down TERM EXIT

for group in $groups; do
  mkdir -p "$group"
  if [ -e "$group/cpuset.cpus" ] && [ -z "$(cat "$group/cpuset.cpus")" ]; then
    # A new set of version 1 is empty, and nothing can be moved into an empty one.
    for what in cpus mems; do cat "$(dirname "$group")/cpuset.$what" >"$group/cpuset.$what"; done
    echo 1 >"$group/cgroup.clone_children"
  fi
done
echo "$groups" >"$folder/groups"
mkfifo "$folder/shared/ready"

sh -c '
  groups=$1; shift
  for group in $groups; do echo $$ >"$group/cgroup.procs"; done
  exec unshare --mount --pid --fork --kill-child --uts --ipc --cgroup --net --propagation private -- "$@"
' sh "$groups" sh "$here/boot.sh" "$@" </dev/null >"$folder/console.log" 2>&1 &
machine=$!

{ read -r word <"$folder/shared/ready" && echo "$word"; } &
listening=$!
{ tail --pid="$machine" -f /dev/null && echo ended; } </dev/null &
watching=$!
cat >/dev/null
