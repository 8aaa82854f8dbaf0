// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/exportcommand.h"

#include "app/console/connection.h"
#include "app/console/exportoperation.h"
#include "app/console/journal.h"
#include "app/console/operationline.h"
#include "app/console/operationsstrip.h"
#include "app/console/pages/page.h"
#include "models/displaytext.h"

#include <QFileDialog>
#include <QFileInfo>

namespace stint {

ExportCommand::ExportCommand(Connection &connection, const Journal &journal, OperationsStrip *operations, QWidget *window)
    : m_connection(connection)
    , m_journal(journal)
    , m_operations(operations)
    , m_window(window)
{
}

void ExportCommand::run(const Page &page)
{
    auto what = page.exported();
    if (!m_connection.isAttached() || !what)
        return;
    const QString jsonLines = tr("JSON lines (*.jsonl)");
    QString kind;
    const QString fileName
        = QFileDialog::getSaveFileName(m_window, tr("Export every row that matches"), page.key() + QStringLiteral(".csv"),
                                       tr("CSV (*.csv)") + QStringLiteral(";;") + jsonLines, &kind);
    if (fileName.isEmpty())
        return;
    if (kind == jsonLines || fileName.endsWith(QLatin1StringView(".jsonl"), Qt::CaseInsensitive))
        what->format = ExportFormat::JsonLines;
    start(new ExportOperation(m_connection.store(), *what, fileName));
}

void ExportCommand::start(ExportOperation *operation)
{
    const QString name = QFileInfo(operation->fileName()).fileName();
    OperationLine *line = m_operations->add(operation, tr("Export to %1…").arg(name));
    connect(line, &OperationLine::stopWanted, operation, &ExportOperation::cancel);
    connect(operation, &ExportOperation::progressed, line,
            [line, name](qint64 rows) { line->setText(tr("Export to %1: %2 rows").arg(name, displaytext::count(rows))); });
    connect(operation, &ExportOperation::finished, line,
            [this, line, operation, name, location = m_connection.location()](const Result<std::int64_t> &rows) {
                if (rows) {
                    line->end(tr("%1: %2 rows, complete").arg(name, displaytext::count(*rows)));
                    m_journal.record(QStringLiteral("export"), location, operation->fileName(), QStringLiteral("%1 rows").arg(*rows));
                } else if (rows.error().code == ErrorCode::Cancelled) {
                    line->end(tr("Export to %1 stopped; no file was left.").arg(name));
                } else {
                    line->end(tr("Export to %1 failed: %2 No file was left.").arg(name, rows.error().message));
                }
            });
    operation->start();
}

} // namespace stint
