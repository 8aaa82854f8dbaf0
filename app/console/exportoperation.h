// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/jobexport.h"

#include <QObject>

#include <memory>
#include <thread>

namespace stint {

/// An export that runs on a thread of its own. Ends complete or leaves no file. GUI thread.
class ExportOperation final : public QObject
{
    Q_OBJECT

public:
    ExportOperation(std::shared_ptr<JobStore> store, JobExport what, QString fileName, QObject *parent = nullptr);
    ~ExportOperation() override;

    void start();
    void cancel();
    [[nodiscard]] const QString &fileName() const { return m_fileName; }

Q_SIGNALS:
    void progressed(qint64 rows);
    void finished(const stint::Result<std::int64_t> &rows);

private:
    std::shared_ptr<JobStore> m_store;
    JobExport m_what;
    QString m_fileName;
    std::jthread m_thread;
};

} // namespace stint
