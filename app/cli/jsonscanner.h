// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

namespace stint::cli {

/// Checks JSON without turning it into anything, so that what passes is passed on byte for byte: numbers of any length,
/// duplicate keys and white space as they are. Strict RFC 8259. Errors say the position, from 1. Any thread.
namespace jsonscanner {

/// A member of an object: its key decoded, its value as it stands in the text.
struct Member {
    QString key;
    QByteArrayView value;
};

/// InvalidArgument unless `text` is exactly one JSON value in valid UTF-8.
[[nodiscard]] Result<void> check(QByteArrayView text);
/// The members of the object that `text` is, in its order, duplicates included.
[[nodiscard]] Result<QList<Member>> members(QByteArrayView text);

} // namespace jsonscanner

} // namespace stint::cli
