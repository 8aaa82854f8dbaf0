# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT

# Checks every #include against the layers: app -> models -> engine, never back; engine and models know no Gui or
# Widgets; of the store only jobqueue.cpp names an implementation. Run by CTest: cmake -DROOT=… -P CheckLayers.cmake
cmake_minimum_required(VERSION 3.25)

set(gui_headers "QtGui|QtWidgets|QWidget|QApplication|QGuiApplication|QColor|QIcon|QPixmap|QImage|QFont|QPainter|QPalette|QBrush|QAction|QTableView|QStyle")

# forbid(<files under folder> <regular expression of includes that they may not have> <why>)
function(forbid folder pattern why)
    file(GLOB_RECURSE sources ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp)
    foreach(source IN LISTS sources)
        file(STRINGS ${source} includes REGEX "^#include [<\"](${pattern})")
        foreach(include IN LISTS includes)
            file(RELATIVE_PATH name ${ROOT} ${source})
            message(SEND_ERROR "${name}: ${include}: ${why}")
        endforeach()
    endforeach()
endfunction()

forbid(engine "models/|app/|tests/" "the engine knows nothing above it")
forbid(engine "${gui_headers}" "the engine has no user interface")
forbid(models "app/|tests/" "models know nothing above them")
forbid(models "${gui_headers}" "models are Core only")
forbid(models "engine/(running|store/postgres|store/sqlite|maintenance|scheduling|commands)/" "models use the engine's public headers")
forbid(app/cli "models/|app/console/" "the command line uses the engine only")
forbid(app "engine/(running|store/postgres|store/sqlite|maintenance|scheduling)/" "programs use the engine's public headers")
forbid(engine/store/postgres "engine/store/sqlite/" "stores know nothing of each other")
forbid(engine/store/sqlite "engine/store/postgres/" "stores know nothing of each other")

file(GLOB_RECURSE sources ${ROOT}/engine/*.h ${ROOT}/engine/*.cpp)
foreach(source IN LISTS sources)
    file(RELATIVE_PATH name ${ROOT} ${source})
    if(name MATCHES "^engine/store/(postgres|sqlite)/" OR name STREQUAL "engine/jobqueue.cpp")
        continue()
    endif()
    file(STRINGS ${source} includes REGEX "^#include \"engine/store/(postgres|sqlite)/")
    if(includes)
        message(SEND_ERROR "${name}: ${includes}: only jobqueue.cpp names a concrete store")
    endif()
endforeach()
