// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/logging.h"

namespace stint {

Q_LOGGING_CATEGORY(logStore, "stint.store", QtInfoMsg)
Q_LOGGING_CATEGORY(logHost, "stint.host", QtInfoMsg)
Q_LOGGING_CATEGORY(logJob, "stint.job", QtInfoMsg)

} // namespace stint
