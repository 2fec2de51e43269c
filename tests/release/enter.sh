#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Sparekey developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# enter.sh RELEASE COMMAND…
#
# Runs COMMAND in a root of another Debian release, such as trixie. The root lies in
# build/releases/RELEASE and is made by mmdebstrap when there is none. In it this project has the
# same path as outside, so that git finds its way, but a `build` folder of its own. Runs as root.

set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."

release=$1
shift
project=$PWD
place=$project/build/releases/$release
root=$place/root
mkdir -p "$place/build" "$place/ccache"

if [[ ! -d $root ]]; then
    echo "Making a root of Debian $release" >&2
    rm -rf --one-file-system "$root.part"
    # Without a chroot of its own it could not install packages; services are not to be started.
    mmdebstrap --variant=minbase --include=ca-certificates "$release" "$root.part"
    printf '#!/bin/sh\nexit 101\n' >"$root.part/usr/sbin/policy-rc.d"
    chmod 0755 "$root.part/usr/sbin/policy-rc.d"
    mv "$root.part" "$root"
fi

# The mounts are seen by the command alone and end with it.
if [[ ${SPAREKEY_RELEASE_MOUNTS:-} != own ]]; then
    SPAREKEY_RELEASE_MOUNTS=own exec unshare --mount --pid --fork --kill-child \
        "$project/tests/release/enter.sh" "$release" "$@"
fi

# mount_at SOURCE: the same folder in the root.
mount_at() {
    mkdir -p "$root$1"
    mount --bind "$1" "$root$1"
}
mount_at "$project"
mount --bind "$place/build" "$root$project/build"
# A worktree keeps its history elsewhere.
history=$(realpath "$(git rev-parse --git-common-dir)")
[[ $history == "$project"/* ]] || mount_at "$history"
mkdir -p "$root/ccache"
mount --bind "$place/ccache" "$root/ccache"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
for folder in tmp run dev/shm; do
    mount -t tmpfs tmpfs "$root/$folder"
done
cp --dereference /etc/resolv.conf "$root/etc/resolv.conf"
# The root trusts the same authorities, such as that of a proxy. npm reads them only if told to.
authorities=/etc/ssl/certs/ca-certificates.crt
cp --dereference "$authorities" "$root$authorities"

exec chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    HOME=/root LANG=C.UTF-8 CCACHE_DIR=/ccache NODE_EXTRA_CA_CERTS="$authorities" \
    sh -c 'cd "$1" && shift && exec "$@"' sh "$project" "$@"
