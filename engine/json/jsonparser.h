// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <simdjson.h>

namespace stint::jsoncodec {

/// Parses strictly. An integer beyond 64 bits, which simdjson refuses, becomes the double nearest to it.
[[nodiscard]] simdjson::error_code parse(simdjson::dom::parser &parser, const QByteArray &json, simdjson::dom::element &root);

} // namespace stint::jsoncodec
