// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/matchcounter.h"

#include <QElapsedTimer>
#include <QTimer>

#include <map>

namespace stint {

class Connection;

/// How many rows each pane has, for the side bar. Counts anew when the store changes, but so seldom that counting
/// is a small share of the time. GUI thread.
class PaneCounts final : public QObject
{
    Q_OBJECT

public:
    explicit PaneCounts(Connection &connection, QObject *parent = nullptr);

    /// For people; empty while it is not known. `key` names the pane.
    [[nodiscard]] QString text(const QString &key) const;

    [[nodiscard]] bool isSettled() const { return m_open == 0 && !m_lists.isBusy(); }

    /// Counting stops here; the number is then marked as an estimate.
    static constexpr std::int64_t limit = 10'000;

Q_SIGNALS:
    void changed();

private:
    void restart();
    void countAll();
    void accept(Pane pane);
    void readLists();

    Connection &m_connection;
    std::map<Pane, MatchCounter> m_counters;
    std::map<QString, QString> m_texts;
    QElapsedTimer m_took;
    int m_open = 0; ///< counters that still run
    bool m_due = false;
    QTimer m_pause;
    StoreReader m_lists;
};

} // namespace stint
