// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/jobfinder.h"

#include "app/console/connection.h"

#include <QInputDialog>

namespace stint {

JobFinder::JobFinder(Connection &connection, QWidget *window)
    : m_connection(connection)
    , m_window(window)
{
}

void JobFinder::ask()
{
    const QString text = QInputDialog::getText(m_window, tr("Go to a job"), tr("Id or RefId:")).trimmed();
    bool isId = false;
    const qlonglong id = text.toLongLong(&isId);
    if (isId)
        Q_EMIT found(id);
    else if (!text.isEmpty() && m_connection.isAttached())
        findRefId(text);
}

void JobFinder::findRefId(const QString &refId)
{
    m_reader.read(
        StoreReader::Running::Stop, [store = m_connection.store(), refId](const std::stop_token &) { return store->find(refId); },
        [this, refId](const Result<std::optional<JobResult>> &job) {
            if (job && *job)
                Q_EMIT found((*job)->summary.id);
            else
                Q_EMIT notFound(job ? tr("There is no job with the RefId %1.").arg(refId) : job.error().message);
        });
}

} // namespace stint
