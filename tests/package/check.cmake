# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT

# Installs the engine to a folder of its own, builds the consumer and the plug-in of the examples against it and runs them.
# cmake -DBUILD=<build tree> -DSOURCE=<this folder> -DWORK=<scratch folder> -DCOMPILER=<c++> -P check.cmake
cmake_minimum_required(VERSION 3.25)

function(run)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${ARGN}: ${output}")
    endif()
    set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/installed)
run(${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK}/build -G Ninja -DCMAKE_PREFIX_PATH=${WORK}/installed
    -DCMAKE_CXX_COMPILER=${COMPILER} "-DCMAKE_CXX_FLAGS=${FLAGS}")
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${WORK}/build/consumer ${WORK}/jobs)
if(NOT output MATCHES "{\"text\":\"Hello Ada\"}")
    message(FATAL_ERROR "the consumer said: ${output}")
endif()

if(PLUGIN)
    run(${CMAKE_COMMAND} -S ${PLUGIN} -B ${WORK}/plugin -G Ninja -DCMAKE_PREFIX_PATH=${WORK}/installed
        -DCMAKE_CXX_COMPILER=${COMPILER} "-DCMAKE_CXX_FLAGS=${FLAGS}")
    run(${CMAKE_COMMAND} --build ${WORK}/plugin)
    set(stint ${WORK}/installed/bin/stint --db ${WORK}/plugin-jobs)
    run(${stint} enqueue WordCount "{\"path\":\"${PLUGIN}/wordcount.cpp\"}")
    run(${stint} host --drain --plugin ${WORK}/plugin/libwordcount.so)
    run(${stint} show 1 --json)
    if(NOT output MATCHES "\"state\":\"Completed\"" OR NOT output MATCHES "words[^0-9]+[1-9][0-9]")
        message(FATAL_ERROR "the plug-in's job: ${output}")
    endif()
endif()
