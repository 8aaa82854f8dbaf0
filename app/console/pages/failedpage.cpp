// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/pages/failedpage.h"

namespace stint {

FailedPage::FailedPage(Connection &connection, Settings &settings, QWidget *parent)
    : JobsPage(QStringLiteral("failed"), QStringLiteral("failed"), Pane::Failed,
               {tr("No job has failed"), tr("Jobs that fail for good or are cancelled come here, with their error."), tr("Show all jobs")},
               connection, settings, parent)
{
}

} // namespace stint
