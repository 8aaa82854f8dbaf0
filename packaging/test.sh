#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT
# Sets up, builds and passes all tests on a fresh Debian 12: bash packaging/test.sh [preset, default ci]
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:-ci}
bash packaging/setup.sh
cmake --preset "$preset"
cmake --build --preset "$preset"
ctest --preset "$preset" --parallel 2
