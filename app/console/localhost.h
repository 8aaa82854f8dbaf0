// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/job.h"

#include <QObject>
#include <QProcess>

namespace stint {

/// A job host as a child of this window, for the folder it shows. GUI thread.
class LocalHost final : public QObject
{
    Q_OBJECT

public:
    /// `program` is the `stint` command.
    explicit LocalHost(const QString &program, QObject *parent = nullptr);
    /// Asks it to end and waits for it.
    ~LocalHost() override;

    void start(const QString &folder);
    /// Asks it to end: running jobs are asked to stop and given back.
    void stop();
    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    [[nodiscard]] bool isStopping() const { return m_stopping; }
    [[nodiscard]] const QString &folder() const { return m_folder; }

Q_SIGNALS:
    void changed();
    /// Lines of its output.
    void wrote(const QList<stint::LogLine> &lines);
    /// It ended though nobody asked it to; `reason` says how.
    void died(const QString &reason);

private:
    void readOutput(QProcess::ProcessChannel channel);
    void end();

    QProcess m_process;
    QString m_folder;
    QString m_lastError; ///< the last line it wrote to its error output
    bool m_stopping = false;
};

} // namespace stint
