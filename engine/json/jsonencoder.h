// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/json/jsonwriter.h"

#include <QMetaObject>
#include <QMetaType>

namespace stint::jsoncodec {

/// Any value of a type that has a jsontype::Kind; a null text, an invalid date and the like are null.
void writeValue(JsonWriter &json, QMetaType type, const void *data);
/// All readable properties, in the order of their declaration.
void writeGadget(JsonWriter &json, const QMetaObject &type, const void *gadget);

} // namespace stint::jsoncodec
