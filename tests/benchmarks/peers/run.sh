#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT
# Compares Stint with job queues of Node.js on this machine: bash tests/benchmarks/peers/run.sh [jobs] [rounds]
# Needs Node.js 20.11 or newer, and its npm, which installs the peers into a folder of its own.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
jobs=${1:-20000}
rounds=${2:-5}
for tool in node npm; do
    command -v "$tool" >/dev/null || { echo "run.sh: $tool is needed: Node.js 20.11 or newer, which Debian 12 does not have" >&2; exit 1; }
done
node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 11) ? 0 : 1)' \
    || { echo "run.sh: Node.js $(node --version) is too old: 20.11 is needed" >&2; exit 1; }
[ -x "$root/build/release/bin/stint" ] || { cd "$root"; cmake --preset release; cmake --build --preset release --target stint; }

peers=$root/build/peers
mkdir -p "$peers"
cp "$here"/*.js "$here/package.json" "$peers"
(cd "$peers" && npm install --no-audit --no-fund --silent)
[ -f "$peers/node_modules/better-sqlite3/build/Release/better_sqlite3.node" ] || (cd "$peers" && npm rebuild --build-from-source better-sqlite3 --silent)
# sidequest needs Node.js 22, and its packages of one version were not all to be had when this was written.
echo "sidequest is left out: it needs Node.js 22 (here is $(node --version)) and is not scripted"
work=$(mktemp -d "$root/build/peers/work-XXXXXX")
trap 'rm -rf "$work"' EXIT
node "$peers/run.js" "$root/build/release/bin/stint" "$jobs" "$rounds" "$work"
