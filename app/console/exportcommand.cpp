// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/exportcommand.h"

#include "app/console/connection.h"
#include "app/console/exportoperation.h"
#include "app/console/journal.h"
#include "app/console/operationsstrip.h"
#include "app/console/pages/jobspage.h"

#include <QFileDialog>

namespace stint {

ExportCommand::ExportCommand(Connection &connection, const Journal &journal, OperationsStrip *strip, QWidget *window)
    : m_connection(connection)
    , m_strip(strip)
    , m_window(window)
{
    connect(m_strip, &OperationsStrip::exported, this, [this, &journal](const QString &fileName, qint64 rows) {
        journal.record(QStringLiteral("export"), m_connection.location(), fileName, QStringLiteral("%1 rows").arg(rows));
    });
}

void ExportCommand::run(const JobsPage &page)
{
    if (!m_connection.isAttached())
        return;
    const QString fileName = QFileDialog::getSaveFileName(m_window, tr("Export every job that matches"), page.key() + QStringLiteral(".csv"),
                                                          tr("CSV files (*.csv)"));
    if (fileName.isEmpty())
        return;
    JobExport what;
    what.pane = page.pane();
    what.month = page.query().month;
    what.filter = page.query().filter;
    m_strip->add(new ExportOperation(m_connection.store(), what, fileName));
}

} // namespace stint
