// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <cstddef>
#include <cstdint>
#include <variant>

namespace stint {

/// Bytes that are no text.
struct SqlBlob {
    QByteArray bytes;
};

/// A value of a column as SQLite keeps it: NULL, number, UTF-8 text, bytes.
using SqlValue = std::variant<std::nullptr_t, std::int64_t, double, QByteArray, SqlBlob>;

} // namespace stint
