// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/pages/queuepage.h"

namespace stint {

QueuePage::QueuePage(Connection &connection, Settings &settings, QWidget *parent)
    : JobsPage(QStringLiteral("queue"), QStringLiteral("queue"), Pane::Queue,
               {tr("Nothing waits and nothing runs"), tr("Jobs that any process enqueues appear here at once."), tr("Show all jobs")},
               connection, settings, parent)
{
}

} // namespace stint
