// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLoggingCategory>

namespace stint {

Q_DECLARE_LOGGING_CATEGORY(logStore) ///< `stint.store`: files, commits, recovery
Q_DECLARE_LOGGING_CATEGORY(logHost)  ///< `stint.host`: what a host decides
Q_DECLARE_LOGGING_CATEGORY(logJob)   ///< `stint.job`: the log lines of jobs

} // namespace stint
