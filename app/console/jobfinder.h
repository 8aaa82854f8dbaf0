// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/storereader.h"

#include <cstdint>

class QWidget;

namespace stint {

class Connection;

/// Asks for a job's id or RefId and finds the job. GUI thread.
class JobFinder final : public QObject
{
    Q_OBJECT

public:
    JobFinder(Connection &connection, QWidget *window);

    void ask();

Q_SIGNALS:
    void found(qint64 id);
    /// `why` says in words why nothing was found.
    void notFound(const QString &why);

private:
    void findRefId(const QString &refId);

    Connection &m_connection;
    QWidget *m_window;
    StoreReader m_reader;
};

} // namespace stint
