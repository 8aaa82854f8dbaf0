#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT
# Real work for Stint on a fresh Debian 12: sets up, builds, enqueues jobs over the files of a folder, hosts them and opens
# the console on them. Without a display the same is shown by `stint`, and pictures of each pane are written to files.
#   bash packaging/demo.sh [--dir STORE] [--files FOLDER] [--no-window]
set -euo pipefail
project=$(realpath "$(dirname "$0")/..")
source "$project/packaging/demo/request.sh"

store=
files=$project
window=auto
while [[ $# -gt 0 ]]; do
    case $1 in
    --dir | --files)
        [[ $# -ge 2 ]] || { echo "demo.sh: $1 needs a folder" >&2; exit 2; }
        if [[ $1 == --dir ]]; then store=$2; else files=$2; fi
        shift 2
        ;;
    --no-window)
        window=no
        shift
        ;;
    *)
        echo "usage: demo.sh [--dir STORE] [--files FOLDER] [--no-window]" >&2
        exit 2
        ;;
    esac
done
store=${store:-${XDG_DATA_HOME:-$HOME/.local/share}/stint-demo/$(date +%Y%m%d-%H%M%S)}
store=$(realpath -m "$store")
files=$(realpath -m "$files")
[[ -d $files ]] || { echo "demo.sh: $files is not a folder" >&2; exit 2; }
if [[ -e $store/jobs.db ]]; then
    echo "demo.sh: there are jobs in $store already" >&2
    exit 2
fi
if [[ $window == auto && -z ${DISPLAY:-} ]]; then
    window=no
fi

title() { printf '\n== %s\n' "$*"; }

bash "$project/packaging/setup.sh" build
cd "$project"
bin=$project/build/release/bin
title "Building (a few minutes the first time)"
[[ -f build/release/build.ninja ]] || cmake --preset release
cmake --build --preset release --target stint stint-console

mkdir -p "$store/results"
stint() { "$bin/stint" --db "$store" "$@"; }
background=()
tidy() {
    for process in "${background[@]}"; do
        kill "$process" 2>/dev/null && wait "$process" || true
    done
}
trap tidy EXIT

exec {server}< <(exec perl "$project/packaging/demo/webserver.pl")
background+=($!)
read -r port <&"$server"

title "Enqueuing work over the files of $files"
bash "$project/packaging/demo/jobs.sh" "$files" "$store/results" "$port" | stint enqueue --from-file - >"$store/results/enqueued.jsonl"
enqueue() { # OPTIONS…, then -- PROGRAM ARGUMENTS…; prints the id
    local options=(--created-by demo)
    while [[ $1 != -- ]]; do
        options+=("$1")
        shift
    done
    stint enqueue RunProcess "$(run_request "${@:2}")" "${options[@]}" | sed -E 's/^\{"id":([0-9]+).*/\1/'
}
# The last job of the serial worker ends when all of them have; the report waits for it.
verify=$(enqueue --worker tape --tag verify -- tar -t -f "$store/results/all.tar")
report=$(enqueue --depends-on "$verify" --tag report -- "$bin/stint" --db "$store" list --pane all --limit 500)
# This one can never be restored, so nothing that depends on it is run.
restore=$(enqueue --tag restore --retry-limit 1 --backoff fixed:1s -- gzip -t "$store/results/lost.gz")
enqueue --tag restore --depends-on "$restore" -- echo "restored" >/dev/null
nightly=$(enqueue --tag nightly --run-after +8h -- sha256sum "$store/results/all.tar")
enqueue --tag nightly --depends-on "$nightly" -- echo "the nightly check is done" >/dev/null
echo "$(($(wc -l <"$store/results/enqueued.jsonl") + 6)) jobs in $store"
stint schedule add "Check the server" --command CheckUrls "{\"urls\":[\"http://127.0.0.1:$port/\"]}" --every 1m --no-overlap
stint schedule add "Archive check" --command RunProcess "$(run_request sha256sum "$store/results/all.tar")" \
    --cron '30 2 * * MON-FRI' --zone Europe/Berlin --tag nightly

if [[ $window != no ]]; then
    title "Hosting them; close the window to end"
    "$bin/stint" --db "$store" host >"$store/host.log" 2>&1 &
    background+=($!)
    "$bin/stint-console" "$store"
    exit 0
fi

title "Hosting them until nothing is due"
stint host --drain | tee "$store/host.log" | tail -n 12

title "stint list --pane failed"
stint list --pane failed
title "stint list --pane queue"
stint list
title "stint show $nightly: why it waits"
stint show "$nightly"
title "stint show $report: the report, after what it depends on"
stint show "$report" | tail -n 25
title "stint check"
stint check

title "Pictures of each pane"
mkdir -p "$store/pictures"
declare -A chosen=([queue]=$nightly [all]=$report [completed]=$verify [failed]=$restore)
for theme in light dark; do
    for pane in queue all completed failed scheduled log workers; do
        picture=$store/pictures/$pane-$theme.png
        "$project/packaging/with-display.sh" "$bin/stint-console" "$store" --read-only --view "$pane" ${chosen[$pane]:+--job "${chosen[$pane]}"} \
            --theme "$theme" --screenshot "$picture"
        echo "$picture"
    done
done
