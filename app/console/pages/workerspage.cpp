// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/pages/workerspage.h"

#include "app/console/connection.h"
#include "app/console/delegates/rowdelegate.h"
#include "app/console/pages/tablelayout.h"
#include "app/console/plainbutton.h"
#include "app/console/theme.h"
#include "engine/clock.h"
#include "models/displaytext.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

namespace stint {

WorkersPage::WorkersPage(Connection &connection, Settings &settings, QWidget *parent)
    : ListPage(QStringLiteral("workers"), tr("Workers"), QStringLiteral("workers"), connection, parent)
    , m_hosts(new QLabel(this))
    , m_pause(new PlainButton(tr("Pause worker"), this))
    , m_queue(new PlainButton(tr("Show its queue"), this))
{
    setModel(&m_model);
    setEmptiness(tr("No worker yet"), tr("A worker appears here as soon as a job names it. Its jobs run one at a time."));
    setNoun(tr("1 worker"), tr("%1 workers"));
    using enum WorkerModel::Column;
    delegate()->setStateColumn(static_cast<int>(State));
    const QList<TableLayout::Column> columns{{static_cast<int>(State), QStringLiteral("state"), 106},
                                             {static_cast<int>(Name), QStringLiteral("name"), 240},
                                             {static_cast<int>(RunningJob), QStringLiteral("runningJob"), 92},
                                             {static_cast<int>(RunningFor), QStringLiteral("runningFor"), 92},
                                             {static_cast<int>(Queued), QStringLiteral("queued"), 80},
                                             {static_cast<int>(Received), QStringLiteral("received"), 80},
                                             {static_cast<int>(Completed), QStringLiteral("completed"), 84},
                                             {static_cast<int>(Retries), QStringLiteral("retries"), 72},
                                             {static_cast<int>(Failed), QStringLiteral("failed"), 72},
                                             {static_cast<int>(Cancelled), QStringLiteral("cancelled"), 80},
                                             {static_cast<int>(LastActivity), QStringLiteral("lastActivity"), 142}};
    new TableLayout(key(), table(), columns, static_cast<int>(LastActivity), settings);

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 5, 8, 5);
    bar->setSpacing(8);
    bar->addWidget(m_hosts, 1);
    bar->addWidget(m_queue);
    bar->addWidget(m_pause);
    body()->insertLayout(0, bar);
    m_pause->setObjectName(QStringLiteral("pauseWorker"));
    connect(m_pause, &QPushButton::clicked, this, [this] {
        const WorkerInfo &worker = m_model.at(table()->currentIndex().row());
        Q_EMIT pauseWanted(worker.name, !worker.paused);
    });
    connect(m_queue, &QPushButton::clicked, this, [this] { Q_EMIT queueWanted(m_model.at(table()->currentIndex().row()).name); });
    connect(table()->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &WorkersPage::showButtons);
    connect(&connection, &Connection::accessChanged, this, &WorkersPage::showButtons);
    connect(&connection, &Connection::countsChanged, this, &WorkersPage::showHosts);
    showButtons();
}

WorkersPage::~WorkersPage()
{
    delete table();
}

void WorkersPage::refresh()
{
    reader().read(
        StoreReader::Running::Keep, [store = connection().store()](const std::stop_token &) { return store->workers(); },
        [this](Result<QList<WorkerInfo>> workers) {
            if (workers)
                m_model.setRows(*workers);
            showButtons();
            showOutcome(workers ? std::nullopt : std::optional(workers.error()));
        });
}

void WorkersPage::clearRows()
{
    m_model.setRows({});
    m_hosts->clear();
    showButtons();
}

void WorkersPage::showButtons()
{
    const int row = table()->currentIndex().row();
    const bool paused = row >= 0 && m_model.at(row).paused;
    m_pause->setText(paused ? tr("Resume worker") : tr("Pause worker"));
    m_queue->setEnabled(row >= 0);
    m_pause->setEnabled(row >= 0 && connection().canWrite());
    m_pause->setToolTip(!connection().canWrite() ? connection().whyReadOnly()
                            : row < 0            ? tr("Choose a worker first.")
                                                 : tr("A paused worker starts no job; what runs goes on."));
}

void WorkersPage::showHosts()
{
    QStringList lines;
    const Timestamp now = SystemClock().now();
    for (const HostInfo &host : connection().hosts()) {
        if (!host.alive)
            lines.append(tr("Host %1 has ended, last seen %2").arg(host.name, displaytext::shortTime(host.heartbeatDate, now)));
        else if (host.concurrency > 0)
            lines.append(tr("Host %1 is running, %2 jobs at once, seen %3")
                             .arg(host.name)
                             .arg(host.concurrency)
                             .arg(displaytext::age(host.heartbeatDate, now)));
        else
            lines.append(tr("Host %1 is running, seen %2").arg(host.name, displaytext::age(host.heartbeatDate, now)));
    }
    m_hosts->setText(lines.isEmpty() ? tr("No host has recorded itself in this store.") : lines.join(QLatin1Char('\n')));
}

} // namespace stint
