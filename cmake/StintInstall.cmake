# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT

# The installable package: find_package(Stint) gives Stint::Engine.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

configure_package_config_file(${CMAKE_SOURCE_DIR}/cmake/StintConfig.cmake.in ${CMAKE_BINARY_DIR}/StintConfig.cmake
    INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Stint)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/StintConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/StintConfig.cmake ${CMAKE_BINARY_DIR}/StintConfigVersion.cmake
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Stint)
install(EXPORT StintTargets NAMESPACE Stint:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Stint)
