// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// Nothing is here: this file lets CMake build the precompiled header that the tests share.
