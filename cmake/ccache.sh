#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT
# Compiles through ccache: ccache.sh CCACHE COMPILER ARGUMENT...
# Precompiled headers are known by a checksum written once, beside them: hashing their 140 MB anew for every file would take a
# quarter of the build. The sloppiness is what ccache asks for with precompiled headers.
export CCACHE_DEPEND=1 CCACHE_PCH_EXTSUM=1 CCACHE_SLOPPINESS=pch_defines,time_macros
"$@" || exit
for argument; do
    case $argument in *.gch) sha1sum <"$argument" >"$argument.sum" ;; esac
done
