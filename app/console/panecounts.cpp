// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/panecounts.h"

#include "app/console/connection.h"
#include "models/displaytext.h"

namespace stint {

namespace {
constexpr qint64 shareOfTime = 20; ///< the pause is this many times as long as the count took
constexpr qint64 shortestPause = 500;
} // namespace

PaneCounts::PaneCounts(Connection &connection, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
{
    for (const Pane pane : {Pane::Queue, Pane::All, Pane::Completed, Pane::Failed})
        connect(&m_counters[pane], &MatchCounter::changed, this, [this, pane] { accept(pane); });
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (m_due)
            countAll();
    });
    connect(&m_connection, &Connection::changed, this, &PaneCounts::restart);
    connect(&m_connection, &Connection::storeChanged, this, [this] {
        m_due = true;
        if (!m_pause.isActive() && m_open == 0)
            countAll();
    });
}

QString PaneCounts::text(const QString &key) const
{
    const auto found = m_texts.find(key);
    return found == m_texts.end() ? QString() : found->second;
}

void PaneCounts::restart()
{
    for (auto &[pane, counter] : m_counters)
        counter.cancel();
    m_lists.cancel();
    m_pause.stop();
    m_open = 0;
    m_texts.clear();
    if (m_connection.isAttached())
        countAll();
    Q_EMIT changed();
}

void PaneCounts::countAll()
{
    m_due = false;
    m_took.start();
    m_open = static_cast<int>(m_counters.size());
    for (auto &[pane, counter] : m_counters)
        counter.start(m_connection.store(), {.pane = pane, .month = {}, .filter = {}, .beforeId = {}, .afterId = {}}, limit);
    readLists();
}

void PaneCounts::accept(Pane pane)
{
    const MatchCounter &counter = m_counters[pane];
    if (!counter.isFinished())
        return;
    static const QMap<Pane, QString> keys{{Pane::Queue, QStringLiteral("queue")},
                                          {Pane::All, QStringLiteral("all")},
                                          {Pane::Completed, QStringLiteral("completed")},
                                          {Pane::Failed, QStringLiteral("failed")}};
    // What was counted last stays while the store cannot be read.
    if (!counter.hasFailed())
        m_texts[keys[pane]] = displaytext::count(counter.count().total, counter.count().exact);
    if (--m_open == 0)
        m_pause.start(static_cast<int>(std::max(shortestPause, m_took.elapsed() * shareOfTime)));
    Q_EMIT changed();
}

void PaneCounts::readLists()
{
    struct Found {
        Result<QList<ScheduledTask>> tasks;
        Result<QList<WorkerInfo>> workers;
    };
    m_lists.read(
        StoreReader::Running::Keep,
        [store = m_connection.store()](const std::stop_token &) {
            return Found{store->scheduledTasks(), store->workers()};
        },
        [this](const Found &found) {
            if (found.tasks)
                m_texts[QStringLiteral("scheduled")] = displaytext::count(found.tasks->size());
            if (found.workers)
                m_texts[QStringLiteral("workers")] = displaytext::count(found.workers->size());
            Q_EMIT changed();
        });
}

} // namespace stint
