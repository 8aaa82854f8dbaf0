#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT
# Prints the job lines of the demo for `stint enqueue --from-file -`.
#   jobs.sh FILES RESULTS PORT     a folder to work over, one for the results, and the port of the web server
set -euo pipefail
source "$(dirname "$0")/request.sh"
files=$(realpath "$1")
results=$(realpath "$2")
port=$3
most=40

run() { # OPTIONS PROGRAM ARGUMENTS…: OPTIONS are the members of the line beside its request
    printf '{"name":"RunProcess","request":%s,"createdBy":"demo",%s}\n' "$(run_request "${@:2}")" "$1"
}

count=0
cd "$files"
while IFS= read -r -d '' path && [[ $count -lt $most ]]; do
    [[ $path != *[[:cntrl:]]* ]] || continue # file names with control characters
    path=${path#./}
    file=$files/$path
    count=$((count + 1))
    name=$(printf '%03d-%s' "$count" "${file##*/}")
    run '"tag":"checksum","batchId":"archive-files"' sha256sum -- "$file"
    # shellcheck disable=SC2016 # the shell of the job expands them
    run '"tag":"compress","batchId":"archive-files"' \
        sh -c 'gzip -9 -c -- "$1" > "$2" && gzip -l "$2"' compress "$file" "$results/$name.gz"
    # A tar file can have one writer only: these take turns on a worker.
    run '"tag":"archive","worker":"tape","batchId":"archive-files"' \
        tar -r -v -f "$results/all.tar" -C "$files" -- "$path"
done < <(find . -type f -size -1024k -not -path '*/.*' -not -path './build/*' -print0 | sort -z)

printf '{"name":"CheckUrls","request":{"urls":['
for path in / /docs /moved /slow /broken /missing; do
    printf '"http://127.0.0.1:%s%s",' "$port" "$path"
done
printf '"http://127.0.0.1:1/"]},"tag":"web","createdBy":"demo"}\n'
printf '{"name":"HttpRequest","request":{"url":"http://127.0.0.1:%s/docs"},"tag":"web","createdBy":"demo"}\n' "$port"

# shellcheck disable=SC2016
flaky='attempt=$(($(cat "$1" 2>/dev/null || echo 0) + 1)); echo $attempt > "$1"
echo "attempt $attempt"; [ $attempt -ge 3 ] || { echo "the link is down" >&2; exit 75; }; echo "uploaded"'
run '"tag":"upload","retryLimit":4,"backoff":"fixed:1s"' sh -c "$flaky" upload "$results/upload.attempts"
