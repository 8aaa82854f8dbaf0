// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/exportoperation.h"

#include <chrono>

namespace stint {

ExportOperation::ExportOperation(std::shared_ptr<JobStore> store, JobExport what, QString fileName, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_what(std::move(what))
    , m_fileName(std::move(fileName))
{
}

ExportOperation::~ExportOperation() = default;

void ExportOperation::start()
{
    m_thread = std::jthread([this, store = m_store](const std::stop_token &stop) {
        std::chrono::steady_clock::time_point told;
        auto tell = [this, told](std::int64_t rows) mutable {
            // A few times a second is enough for eyes.
            const auto now = std::chrono::steady_clock::now();
            if (now - told < std::chrono::milliseconds{100})
                return;
            told = now;
            QMetaObject::invokeMethod(
                this, [this, rows] { Q_EMIT progressed(rows); }, Qt::QueuedConnection);
        };
        const auto rows = exportToFile(*store, m_what, m_fileName, tell, stop);
        QMetaObject::invokeMethod(
            this, [this, rows] { Q_EMIT finished(rows); }, Qt::QueuedConnection);
    });
}

void ExportOperation::cancel()
{
    m_thread.request_stop();
}

} // namespace stint
