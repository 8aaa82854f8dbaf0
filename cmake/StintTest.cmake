# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT

# stint_add_test(tst_name SOURCES file... LIBRARIES lib... [TIMEOUT seconds] [LABELS label...] [GUI])
# One executable, one CTest test. GUI tests run under Xvfb with a home of their own.
function(stint_add_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "GUI" "TIMEOUT" "SOURCES;LIBRARIES;LABELS")
    add_executable(${name} ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_link_libraries(${name} PRIVATE stint_flags stint_test_support Qt6::Test ${arg_LIBRARIES})
    target_compile_definitions(${name} PRIVATE
        STINT_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data" STINT_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
    if(arg_GUI)
        add_test(NAME ${name} COMMAND ${CMAKE_SOURCE_DIR}/packaging/with-display.sh $<TARGET_FILE:${name}>)
    else()
        add_test(NAME ${name} COMMAND ${name})
    endif()
    if(NOT "StintConsole" IN_LIST arg_LIBRARIES)
        target_compile_options(${name} PRIVATE $<TARGET_PROPERTY:stint_test_headers,INTERFACE_COMPILE_OPTIONS>)
        target_precompile_headers(${name} REUSE_FROM stint_test_headers)
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
        ENVIRONMENT "TZ=UTC;LC_ALL=C.UTF-8")
endfunction()
