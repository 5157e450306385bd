# Sourced by boot.sh: an ordinary user `alice`, an administrator `root2` with a password, and the package's tree, so far
# as the one privileged step needs it.
for name in alice root2; do useradd --create-home --shell /bin/bash "$name"; done
usermod --append --groups sudo root2
printf 'alice:%s\nroot2:%s\n' alice-secret root2-secret | chpasswd
groups=$(cat /opt/afloat/user)
[ -z "$groups" ] || usermod --append --groups "$groups" alice

package=/usr/lib/afloat
mkdir -p "$package/resources/app.asar/out/privileged"
cp /opt/afloat/package/afloat-* "$package/"
cp /opt/afloat/package/privileged.cjs "$package/resources/app.asar/out/privileged/"
cp /opt/afloat/package/app.afloat.policy /usr/share/polkit-1/actions/
chown -R 0:0 "$package" /usr/share/polkit-1/actions/app.afloat.policy
chmod -R go-w "$package"
# Any Node does what the packaged program does when it is told to be one.
bound "$node" "$package/afloat"

# What this system's own root has kept is not of this machine. It may be written to while it is taken away.
tries=0
until rm -rf /var/lib/afloat; do [ $((tries += 1)) -lt 20 ]; done

# Where the user, his agent and the test leave each other notes.
mkdir -p /opt/afloat/notes
chmod 1777 /opt/afloat/notes
