// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/operationsstrip.h"

#include "app/console/exportoperation.h"
#include "models/displaytext.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace stint {

OperationsStrip::OperationsStrip(QWidget *parent)
    : QFrame(parent)
    , m_lines(new QVBoxLayout(this))
{
    m_lines->setContentsMargins(8, 4, 8, 4);
    m_lines->setSpacing(4);
    hide();
}

void OperationsStrip::add(ExportOperation *operation)
{
    auto *line = new QWidget(this);
    operation->setParent(line);
    const QString name = QFileInfo(operation->fileName()).fileName();
    auto *text = new QLabel(tr("Export to %1…").arg(name), line);
    text->setObjectName(QStringLiteral("operationText"));
    auto *bar = new QProgressBar(line);
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    bar->setFixedSize(140, 12);
    auto *button = new QPushButton(tr("Stop"), line);
    button->setAutoDefault(false);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(text, 1);
    layout->addWidget(bar);
    layout->addWidget(button);
    m_lines->addWidget(line);
    ++m_count;
    show();

    auto remove = [this, line] {
        line->deleteLater();
        setVisible(--m_count > 0);
    };
    connect(button, &QPushButton::clicked, operation, [operation, button, text, name] {
        operation->cancel();
        button->setEnabled(false);
        text->setText(tr("Stopping the export to %1…").arg(name));
    });
    connect(operation, &ExportOperation::progressed, text, [text, button, name](qint64 rows) {
        if (button->isEnabled())
            text->setText(tr("Export to %1: %2 rows").arg(name, displaytext::count(rows)));
    });
    connect(operation, &ExportOperation::finished, this, [this, operation, text, bar, button, name, remove](const Result<std::int64_t> &rows) {
        bar->hide();
        button->setEnabled(true);
        button->setText(tr("Close"));
        button->disconnect();
        connect(button, &QPushButton::clicked, this, remove);
        if (rows) {
            text->setText(tr("%1: %2 rows, complete").arg(name, displaytext::count(*rows)));
            Q_EMIT exported(operation->fileName(), *rows);
        } else if (rows.error().code == ErrorCode::Cancelled) {
            text->setText(tr("Export to %1 stopped; no file was left.").arg(name));
        } else {
            text->setText(tr("Export to %1 failed: %2 No file was left.").arg(name, rows.error().message));
        }
    });
    operation->start();
}

} // namespace stint
