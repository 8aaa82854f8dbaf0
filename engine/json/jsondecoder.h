// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMetaObject>
#include <QString>

#include <simdjson.h>

#include <optional>

namespace stint::jsoncodec {

/// What is wrong in a JSON text, and where.
struct Fault {
    QString path; ///< e.g. `lines[2].price`; empty: the whole
    QString what; ///< e.g. `expected a number`
};

/// Sets the properties that the object has, in any case of their names; the others keep what they hold.
[[nodiscard]] std::optional<Fault> readGadget(simdjson::dom::element json, const QMetaObject &type, void *gadget);

} // namespace stint::jsoncodec
