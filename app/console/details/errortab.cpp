// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/details/errortab.h"

#include "app/console/delegates/rowdelegate.h"
#include "app/console/theme.h"
#include "engine/jobjson.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace stint {

ErrorTab::ErrorTab(QWidget *parent)
    : QWidget(parent)
    , m_code(new QLabel(this))
    , m_message(new QLabel(this))
    , m_fields(new QTreeWidget(this))
    , m_traceTitle(new QLabel(this))
    , m_trace(new QPlainTextEdit(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    QFont bold = m_code->font();
    bold.setBold(true);
    m_code->setFont(bold);
    auto *copy = new QToolButton(this);
    copy->setText(tr("Copy"));
    copy->setToolTip(tr("Copies the whole error as JSON"));
    connect(copy, &QToolButton::clicked, this, [this] {
        if (m_error)
            QGuiApplication::clipboard()->setText(QString::fromUtf8(jobjson::toJson(*m_error)));
    });
    for (QLabel *label : {m_code, m_message}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setWordWrap(true);
    }
    m_fields->setAccessibleName(tr("Wrong fields"));
    m_fields->setHeaderLabels({tr("Field"), tr("Error"), tr("Message")});
    m_fields->setItemDelegate(new RowDelegate(this));
    m_fields->setRootIsDecorated(false);
    m_fields->setAlternatingRowColors(true);
    m_fields->setTextElideMode(Qt::ElideRight);
    m_trace->setReadOnly(true);
    m_trace->setAccessibleName(tr("Stack trace"));
    m_trace->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_trace->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_traceTitle->setText(tr("Stack trace"));
    m_traceTitle->setForegroundRole(QPalette::PlaceholderText);

    auto *head = new QHBoxLayout;
    head->addWidget(m_code, 1);
    head->addWidget(copy, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 6, 6, 6);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(m_message);
    layout->addWidget(m_fields);
    layout->addWidget(m_traceTitle);
    layout->addWidget(m_trace, 1);
    layout->addStretch(0);
}

void ErrorTab::setError(const std::optional<JobError> &error)
{
    if (error == m_error)
        return;
    m_error = error;
    const JobError shown = error.value_or(JobError{});
    m_code->setText(shown.errorCode);
    QPalette ink = palette();
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text})
        ink.setColor(role, theme::stateColor(JobState::Failed));
    m_code->setPalette(ink);
    m_message->setText(shown.message);
    m_fields->clear();
    for (const FieldError &field : shown.errors.value_or(QList<FieldError>())) {
        auto *item = new QTreeWidgetItem(m_fields, {field.fieldName, field.errorCode, field.message});
        item->setToolTip(2, field.message);
    }
    m_fields->setVisible(m_fields->topLevelItemCount() > 0);
    m_fields->setFixedHeight(m_fields->header()->sizeHint().height() + 6
                             + RowDelegate::rowHeight * std::clamp(m_fields->topLevelItemCount(), 1, 8));
    m_fields->resizeColumnToContents(0);
    m_fields->resizeColumnToContents(1);
    m_trace->setPlainText(shown.stackTrace);
    m_trace->setVisible(!shown.stackTrace.isEmpty());
    m_traceTitle->setVisible(!shown.stackTrace.isEmpty());
}

} // namespace stint
