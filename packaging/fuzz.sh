#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT

# Builds the fuzz targets and runs each for so many seconds (default 60). Fails on the first finding, which it
# leaves in build/fuzz/findings.
set -eu
seconds=${1:-60}
cd "$(dirname "$0")/.."

bash packaging/setup.sh fuzz
cmake --preset fuzz
cmake --build --preset fuzz --target fuzzers
mkdir -p build/fuzz/findings

for source in tests/fuzz/fuzz_*.cpp; do
    target=$(basename "$source" .cpp)
    mkdir -p "build/fuzz/corpus/$target"
    log=build/fuzz/$target.log
    if ! "build/fuzz/bin/$target" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 -close_fd_mask=1 \
        -print_final_stats=1 -artifact_prefix="build/fuzz/findings/$target-" \
        "build/fuzz/corpus/$target" "tests/fuzz/corpus/$target" >"$log" 2>&1; then
        tail -n 40 "$log"
        echo "$target: a finding, see build/fuzz/findings" >&2
        exit 1
    fi
    echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") executions without a finding"
done
