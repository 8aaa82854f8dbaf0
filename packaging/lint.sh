#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT
# Runs clang-tidy over the sources of a configured build: bash packaging/lint.sh [preset, default dev]
set -euo pipefail
cd "$(dirname "$0")/.."
bash packaging/setup.sh
preset=${1:-dev}
[ -f "build/$preset/compile_commands.json" ] || cmake --preset "$preset"
# The precompiled header is GCC's: clang-tidy goes without.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sed -E 's/-Winvalid-pch -include [^ ]+cmake_pch.hxx//' "build/$preset/compile_commands.json" > "$work/compile_commands.json"
git ls-files "engine/*.cpp" "models/*.cpp" "app/*.cpp" | xargs -P 2 -n 4 clang-tidy -quiet -p "$work"
