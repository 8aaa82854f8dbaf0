// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/pages/alljobspage.h"

namespace stint {

AllJobsPage::AllJobsPage(Connection &connection, Settings &settings, QWidget *parent)
    : JobsPage(QStringLiteral("all"), QStringLiteral("all"), Pane::All,
               {tr("No job yet"), tr("This store holds no job. Enqueue one from a program, or with “stint enqueue”."), {}}, connection,
               settings, parent)
{
}

} // namespace stint
