// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/statusline.h"

#include "app/console/connection.h"
#include "models/displaytext.h"

#include <QDateTime>
#include <QLabel>

namespace stint {

StatusLine::StatusLine(const Connection &connection, QWidget *parent)
    : QStatusBar(parent)
    , m_connection(connection)
    , m_pane(new QLabel(this))
    , m_store(new QLabel(this))
    , m_asOf(new QLabel(this))
{
    setSizeGripEnabled(false);
    setContentsMargins(6, 0, 6, 0);
    addWidget(m_pane, 1);
    addPermanentWidget(m_store);
    addPermanentWidget(m_asOf);
    const int offset = QDateTime::currentDateTime().offsetFromUtc() / 60;
    auto *zone = new QLabel(QStringLiteral("UTC%1%2:%3")
                                .arg(offset < 0 ? QLatin1Char('-') : QLatin1Char('+'))
                                .arg(std::abs(offset) / 60, 2, 10, QLatin1Char('0'))
                                .arg(std::abs(offset) % 60, 2, 10, QLatin1Char('0')),
                            this);
    zone->setToolTip(tr("Times are shown in this zone"));
    addPermanentWidget(zone);
}

void StatusLine::showStatus(const QString &text, bool paused)
{
    if (!m_connection.isAttached()) {
        for (QLabel *label : {m_pane, m_store, m_asOf})
            label->clear();
        return;
    }
    m_pane->setText(text);
    const auto &counts = m_connection.counts();
    if (counts) {
        m_store->setText(tr("%1 queued · %2 running")
                             .arg(displaytext::count(counts->queued, counts->queuedIsExact), displaytext::count(counts->running)));
    }
    if (!paused && counts)
        m_asOf->setText(tr("as of %1").arg(QTime::currentTime().toString(u"HH:mm:ss")));
}

} // namespace stint
