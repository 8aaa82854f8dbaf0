# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# For the scripts of the demo: the JSON of a RunProcess request.

json_text() { # TEXT: as a JSON string
    local text=${1//\\/\\\\}
    text=${text//\"/\\\"}
    printf '"%s"' "${text//$'\n'/\\n}"
}

run_request() { # PROGRAM ARGUMENTS…
    local arguments=() argument
    for argument in "${@:2}"; do
        arguments+=("$(json_text "$argument")")
    done
    local IFS=,
    printf '{"program":%s,"arguments":[%s]}' "$(json_text "$1")" "${arguments[*]}"
}
