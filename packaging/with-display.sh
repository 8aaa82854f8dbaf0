#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT
# Runs a program under a display of its own and with a home of its own, so that a test touches neither the user's
# screen nor the user's settings. STINT_USE_DISPLAY=1 uses the display that is there.
set -euo pipefail
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME=$home XDG_CONFIG_HOME=$home/.config XDG_DATA_HOME=$home/.local/share XDG_CACHE_HOME=$home/.cache
export XDG_RUNTIME_DIR=$home/run QT_QPA_PLATFORM=xcb QT_QPA_PLATFORMTHEME= QT_STYLE_OVERRIDE=
mkdir -m 700 "$XDG_RUNTIME_DIR"
if [ "${STINT_USE_DISPLAY:-0}" = 1 ]; then
    "$@"
else
    xvfb-run --auto-servernum --server-args="-screen 0 1920x1200x24 -nolisten tcp" "$@"
fi
