#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT
# Installs the Debian 12 packages that are missing; says and does nothing when none is.
#   bash packaging/setup.sh [build | test | fuzz]     test (the default) and fuzz include build
set -euo pipefail

packages=(
    build-essential ccache cmake ninja-build
    qt6-base-dev qt6-svg-dev libqt6svg6
    libcli11-dev libqt6sql6-psql libsimdjson-dev libsqlite3-dev
    fonts-dejavu-core xauth xvfb
)
case ${1:-test} in
build) ;;
test) packages+=(clang-format clang-tidy git openssl postgresql python3-croniter reuse sqlite3) ;;
fuzz) packages+=(clang libclang-rt-14-dev) ;;
*)
    echo "usage: setup.sh [build | test | fuzz]" >&2
    exit 2
    ;;
esac

missing=()
for package in "${packages[@]}"; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

as_root=()
if [[ $EUID -ne 0 ]]; then
    if ! command -v sudo >/dev/null; then
        echo "setup.sh: as root, please: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi
echo "installing ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt_get() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y "$@" >"$log" 2>&1 || {
        cat "$log" >&2
        return 1
    }
}
apt_get update || echo "setup.sh: going on with the package lists that are there" >&2
apt_get install --no-install-recommends "${missing[@]}"
