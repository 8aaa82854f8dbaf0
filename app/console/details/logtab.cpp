// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/details/logtab.h"

#include "app/console/delegates/rowdelegate.h"
#include "app/console/details/fulltext.h"
#include "app/console/pages/tablelooks.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace stint {

LogTab::LogTab(QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget(this))
    , m_table(new QTableView(m_stack))
    , m_nothing(new QLabel(tr("This job has logged nothing."), m_stack))
{
    m_table->setModel(&m_model);
    setUpTable(m_table, new RowDelegate(this));
    m_table->setAccessibleName(tr("Log of the job"));
    m_table->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_table->setColumnHidden(static_cast<int>(LogModel::Column::Job), true);
    m_table->setColumnWidth(static_cast<int>(LogModel::Column::Time), 70);
    m_table->setColumnWidth(static_cast<int>(LogModel::Column::Level), 62);
    m_table->horizontalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setAutoFillBackground(true);
    m_nothing->setBackgroundRole(QPalette::Base);
    m_nothing->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(1);
    layout->addWidget(m_stack, 1);
    layout->addWidget(new FullText(m_table, static_cast<int>(LogModel::Column::Message), this));
    connect(&m_model, &LogModel::statusChanged, this, &LogTab::fill);
}

void LogTab::setJob(std::shared_ptr<JobStore> store, std::int64_t id, const QString &text)
{
    m_text = text;
    if (id == m_id) {
        if (text.isEmpty())
            m_model.refresh();
        return;
    }
    m_id = id;
    m_model.setSource(std::move(store), id);
}

void LogTab::clear()
{
    m_id = 0;
    m_text.clear();
    m_model.setSource({});
    m_stack->setCurrentWidget(m_nothing);
}

void LogTab::fill()
{
    if (m_model.isLoading())
        return;
    const bool hasLines = m_model.rowCount() > 0 && m_model.line(0).id > 0;
    if (!hasLines && m_model.rowCount() == 0 && !m_text.isEmpty()) {
        QList<LogLine> lines;
        for (const QString &line : m_text.split(QLatin1Char('\n')))
            lines.append({.id = 0, .jobId = m_id, .attempt = 1, .level = LogLevel::Info, .date = {}, .message = line});
        m_model.append(std::move(lines));
    }
    // The joined text has neither times nor levels.
    const bool isText = m_model.rowCount() > 0 && m_model.line(0).id == 0;
    m_table->setColumnHidden(static_cast<int>(LogModel::Column::Time), isText);
    m_table->setColumnHidden(static_cast<int>(LogModel::Column::Level), isText);
    const bool atEnd = m_table->verticalScrollBar()->value() >= m_table->verticalScrollBar()->maximum();
    m_stack->setCurrentWidget(m_model.rowCount() > 0 ? static_cast<QWidget *>(m_table) : m_nothing);
    if (atEnd)
        QMetaObject::invokeMethod(m_table, &QTableView::scrollToBottom, Qt::QueuedConnection);
}

} // namespace stint
