# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT

# Checks that every source is as .clang-format says. Run by CTest: cmake -DROOT=… -DCLANG_FORMAT=… -P CheckFormat.cmake
cmake_minimum_required(VERSION 3.25)

set(patterns)
foreach(folder app engine examples models tests)
    list(APPEND patterns ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp)
endforeach()
file(GLOB_RECURSE sources ${patterns})
execute_process(COMMAND ${CLANG_FORMAT} --dry-run --Werror ${sources} ERROR_VARIABLE findings RESULT_VARIABLE code)
if(NOT code EQUAL 0)
    message(FATAL_ERROR "${findings}")
endif()
