// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/details/attemptstab.h"

#include "app/console/delegates/rowdelegate.h"
#include "app/console/pages/tablelooks.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace stint {

AttemptsTab::AttemptsTab(QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget(this))
    , m_table(new QTableView(this))
    , m_text(new QPlainTextEdit(this))
{
    auto *delegate = new RowDelegate(this);
    delegate->setStateColumn(static_cast<int>(AttemptModel::Column::Outcome));
    m_table->setModel(&m_model);
    setUpTable(m_table, delegate);
    m_table->setAccessibleName(tr("Earlier attempts"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setColumnWidth(static_cast<int>(AttemptModel::Column::Attempt), 40);
    m_table->setColumnWidth(static_cast<int>(AttemptModel::Column::Outcome), 92);
    m_table->setColumnWidth(static_cast<int>(AttemptModel::Column::Started), 76);
    m_table->setColumnWidth(static_cast<int>(AttemptModel::Column::Duration), 64);
    m_table->setColumnHidden(static_cast<int>(AttemptModel::Column::ErrorCode), true);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setAccessibleName(tr("Error and log of the attempt"));
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    auto *nothing = new QLabel(tr("There was no earlier attempt."), m_stack);
    nothing->setAlignment(Qt::AlignCenter);
    nothing->setAutoFillBackground(true);
    nothing->setBackgroundRole(QPalette::Base);
    nothing->setForegroundRole(QPalette::PlaceholderText);
    auto *halves = new QSplitter(Qt::Vertical, m_stack);
    halves->addWidget(m_table);
    halves->addWidget(m_text);
    halves->setSizes({150, 400});
    m_stack->addWidget(nothing);
    m_stack->addWidget(halves);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AttemptsTab::showAttempt);
}

AttemptsTab::~AttemptsTab()
{
    delete m_table; // before its model
}

void AttemptsTab::setAttempts(const QList<JobAttempt> &attempts)
{
    m_model.setRows(attempts);
    m_stack->setCurrentIndex(attempts.isEmpty() ? 0 : 1);
    if (!m_table->currentIndex().isValid() && !attempts.isEmpty())
        m_table->selectRow(static_cast<int>(attempts.size()) - 1);
    showAttempt();
}

void AttemptsTab::showAttempt()
{
    const int row = m_table->currentIndex().row();
    QString text;
    if (row >= 0) {
        const JobAttempt &attempt = m_model.at(row);
        QStringList parts;
        if (attempt.error)
            parts << attempt.error->errorCode + QStringLiteral(": ") + attempt.error->message << attempt.error->stackTrace;
        if (!attempt.discarded.isEmpty())
            parts << tr("Jobs that it had enqueued, discarded with it: %1").arg(attempt.discarded.size());
        parts << attempt.logs;
        parts.removeAll(QString());
        text = parts.join(QStringLiteral("\n\n"));
    }
    if (m_text->toPlainText() != text)
        m_text->setPlainText(text);
}

} // namespace stint
