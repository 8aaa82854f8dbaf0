// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/jobhost.h"

#include <QObject>
#include <QTimer>

#include <array>
#include <map>

namespace stint::cli {

/// Keeps a file with a host's figures in Prometheus' text format, for the text-file collector of its node exporter.
/// Each version replaces the one before in one step. Main thread.
class MetricsFile final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds interval{5};

    /// Follows `host`; it and `store` must outlive this.
    MetricsFile(JobHost &host, const JobStore &store, QString path, QObject *parent = nullptr);

    /// Writes it now.
    [[nodiscard]] Result<void> write();

Q_SIGNALS:
    void problem(const QString &message);

private:
    /// Upper bounds, in seconds, of the duration histogram.
    static constexpr std::array<double, 11> bounds{0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300, 1800, 7200};
    struct Durations {
        std::array<std::int64_t, bounds.size()> upTo{}; ///< not cumulated
        std::int64_t runs = 0;
        double seconds = 0;
    };
    using Outcome = std::pair<QString, QLatin1StringView>; ///< command and how it ended

    void takeStarted(const QList<JobEvent> &jobs);
    void takeEnded(const QList<JobEvent> &jobs);
    [[nodiscard]] Result<QByteArray> toText() const;

    const JobStore &m_store;
    QString m_path;
    QTimer m_timer;
    bool m_failed = false; ///< the last time, so that a full disk is told once
    std::map<QString, std::int64_t> m_started;
    std::map<Outcome, std::int64_t> m_ended;
    std::map<QString, Durations> m_durations;
};

} // namespace stint::cli
