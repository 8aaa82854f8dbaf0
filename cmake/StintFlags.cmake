# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT

# One INTERFACE target with the flags of every target of the project.
add_library(stint_flags INTERFACE)
target_compile_features(stint_flags INTERFACE cxx_std_20)
target_compile_definitions(stint_flags INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_KEYWORDS QT_STRICT_ITERATORS
    $<$<BOOL:${STINT_FAILPOINTS}>:STINT_FAILPOINTS>)
target_compile_options(stint_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Woverloaded-virtual -Wnon-virtual-dtor -Wno-missing-field-initializers
    $<$<BOOL:${STINT_WARNINGS_AS_ERRORS}>:-Werror>)
if(STINT_SANITIZE)
    target_compile_options(stint_flags INTERFACE -fsanitize=${STINT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(stint_flags INTERFACE -fsanitize=${STINT_SANITIZE})
endif()

find_program(STINT_CCACHE ccache)
if(STINT_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_CURRENT_LIST_DIR}/ccache.sh ${STINT_CCACHE})
endif()
