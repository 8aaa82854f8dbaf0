# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT

# Installs the engine to a folder of its own, builds the consumer against it and runs it.
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
