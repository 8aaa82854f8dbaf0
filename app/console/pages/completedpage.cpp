// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/pages/completedpage.h"

namespace stint {

CompletedPage::CompletedPage(Connection &connection, Settings &settings, QWidget *parent)
    : JobsPage(QStringLiteral("completed"), QStringLiteral("completed"), Pane::Completed,
               {tr("No job has completed yet"), tr("Jobs come here when they have ended with success."), tr("Show the queue")}, connection,
               settings, parent)
{
}

} // namespace stint
