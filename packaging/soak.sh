#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT
# Mixed work for so many minutes: a host, and two processes that enqueue. Fails if the host's memory or its open files grow,
# if it or an enqueuing process dies, or if the store is not in order after it.
#   bash packaging/soak.sh [minutes, default 30] [preset whose build is used, default release]
# Another program in the place of stint: STINT=path. The asan preset has its findings end the host; its memory is not judged,
# for the sanitizer holds on to what was freed.
set -euo pipefail
cd "$(dirname "$0")/.."
minutes=${1:-30}
preset=${2:-release}
stint=${STINT:-build/$preset/bin/stint}
[[ -x $stint ]] || {
    cmake --preset "$preset"
    cmake --build --preset "$preset" --target stint
}
export ASAN_OPTIONS=abort_on_error=1 UBSAN_OPTIONS=halt_on_error=1
work=$(mktemp -d)
host=
enqueuers=()
trap 'kill "${enqueuers[@]}" $host 2>/dev/null || true; wait; rm -rf "$work"' EXIT

sh='{"command":"RunProcess","request":{"program":"sh","arguments":["-c","SCRIPT"]},"retryLimit":1}'
{
    for n in 1 2 3 4 5 6 7 8; do
        echo "${sh/SCRIPT/true}"
        echo '{"command":"RunProcess","request":{"program":"echo","arguments":["'$n'"]},"worker":"serial"}'
    done
    echo "${sh/SCRIPT/exit 3}"
    echo "${sh/SCRIPT/seq 200}"
} >"$work/lines"

"$stint" --db "$work/jobs" enqueue --from-file "$work/lines" >/dev/null
"$stint" --db "$work/jobs" host --quiet >"$work/host.log" 2>&1 &
host=$!
enqueue() {
    while "$stint" --db "$work/jobs" enqueue --from-file "$work/lines" >/dev/null && sleep 0.5; do :; done
}
for _ in 1 2; do
    enqueue &
    enqueuers+=($!)
done

samples=30
echo "minute  RSS KiB  open files"
for ((sample = 1; sample <= samples; ++sample)); do
    sleep "$(awk "BEGIN { print $minutes * 60 / $samples }")"
    kill -0 $host || { cat "$work/host.log" >&2; echo "soak.sh: the host died" >&2; exit 1; }
    for enqueuer in "${enqueuers[@]}"; do
        kill -0 "$enqueuer" || { echo "soak.sh: an enqueuing process failed" >&2; exit 1; }
    done
    awk -v minute="$(awk "BEGIN { print $minutes * $sample / $samples }")" -v files="$(find /proc/$host/fd -type l | wc -l)" \
        '/^VmRSS/ { printf "%6.1f %8d %11d\n", minute, $2, files }' /proc/$host/status | tee -a "$work/samples"
done
kill "${enqueuers[@]}" 2>/dev/null || true
kill -TERM $host
wait $host || { cat "$work/host.log" >&2; echo "soak.sh: the host ended with an error" >&2; exit 1; }
host=
"$stint" --db "$work/jobs" check
"$stint" --db "$work/jobs" list --pane all --limit 1 --fields id --json | tr -d '\n'
echo

# The first third warms caches up; after it, the means of the middle and of the last third.
awk -v preset="$preset" '
    NR > 10 && NR <= 20 { memory += $2; files += $3 }
    NR > 20 { laterMemory += $2; laterFiles += $3 }
    END {
        printf "RSS %d -> %d KiB, open files %.1f -> %.1f\n", memory / 10, laterMemory / 10, files / 10, laterFiles / 10
        if (preset != "asan" && laterMemory > memory * 1.1 + 20480) { print "soak.sh: memory grows"; exit 1 }
        if (laterFiles > files * 1.1 + 40) { print "soak.sh: open files grow"; exit 1 }
    }' "$work/samples"
