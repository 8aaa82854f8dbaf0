#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT
# Compares Stint with job queues of Node.js on this machine: bash tests/benchmarks/peers/run.sh [jobs] [rounds]
# Needs node 20 and npm, which installs the peers into a folder of its own.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
jobs=${1:-20000}
rounds=${2:-5}
command -v node npm >/dev/null || { echo "run.sh: node and npm are needed (apt-get install nodejs npm)" >&2; exit 1; }
[ -x "$root/build/release/bin/stint" ] || { cd "$root"; cmake --preset release; cmake --build --preset release --target stint; }

peers=$root/build/peers
mkdir -p "$peers"
cp "$here"/*.js "$here/package.json" "$peers"
(cd "$peers" && npm install --no-audit --no-fund --silent)
[ -f "$peers/node_modules/better-sqlite3/build/Release/better_sqlite3.node" ] || (cd "$peers" && npm rebuild --build-from-source better-sqlite3 --silent)
# sidequest needs a newer Node.js than Debian's and this one's where node:sqlite is not there yet.
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 22 ? 0 : 1)' \
    || echo "sidequest is left out: it needs Node.js 22, here is $(node --version)"
work=$(mktemp -d "$root/build/peers/work-XXXXXX")
trap 'rm -rf "$work"' EXIT
node "$peers/run.js" "$root/build/release/bin/stint" "$jobs" "$rounds" "$work"
