// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/store/jobstore.h"

#include <QCoreApplication>
#include <QPointer>

namespace stint {

/// Calls `then` with the outcome of a write on the GUI thread, if `receiver` still lives.
template <typename T, typename Then>
Completion<T> onGuiThread(QObject *receiver, Then then)
{
    return [guard = QPointer<QObject>(receiver), then](Result<T> outcome) {
        QMetaObject::invokeMethod(
            qApp,
            [guard, then, outcome] {
                if (guard)
                    then(outcome);
            },
            Qt::QueuedConnection);
    };
}

} // namespace stint
