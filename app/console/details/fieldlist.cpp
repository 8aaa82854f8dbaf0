// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/details/fieldlist.h"

#include <QGridLayout>
#include <QLabel>

namespace stint {

FieldList::FieldList(QWidget *parent)
    : QScrollArea(parent)
    , m_body(new QWidget)
    , m_grid(new QGridLayout(m_body))
{
    setAccessibleName(tr("Fields"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_body->setBackgroundRole(QPalette::Base);
    m_grid->setContentsMargins(10, 8, 10, 8);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(5);
    m_grid->setColumnStretch(1, 1);
    setWidget(m_body);
}

void FieldList::setFields(const QList<Field> &fields)
{
    if (fields == m_fields)
        return;
    m_fields = fields;
    while (QLayoutItem *old = m_grid->takeAt(0)) {
        delete old->widget();
        delete old;
    }
    int row = 0;
    for (const Field &field : fields) {
        auto *name = new QLabel(field.name, m_body);
        name->setForegroundRole(QPalette::PlaceholderText);
        auto *value = new QLabel(m_body);
        value->setWordWrap(true);
        value->setToolTip(field.toolTip);
        value->setAccessibleName(field.name);
        if (field.jobId) {
            value->setTextFormat(Qt::RichText);
            value->setText(QStringLiteral("<a href=\"%1\">%2</a>").arg(*field.jobId).arg(field.value.toHtmlEscaped()));
            value->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
            connect(value, &QLabel::linkActivated, this, [this](const QString &id) { Q_EMIT openJob(id.toLongLong()); });
        } else {
            value->setTextFormat(Qt::PlainText);
            // A long word without a break would widen the list: let it break anywhere.
            QString breakable = field.value;
            if (!breakable.contains(QLatin1Char(' ')) && breakable.size() > 40) {
                for (qsizetype place = breakable.size() / 24 * 24; place > 0; place -= 24)
                    breakable.insert(place, QChar(0x200b));
            }
            value->setText(breakable);
            value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        }
        m_grid->addWidget(name, row, 0, Qt::AlignTop | Qt::AlignLeft);
        m_grid->addWidget(value, row, 1, Qt::AlignTop);
        ++row;
    }
    m_grid->addItem(new QSpacerItem(0, 0, QSizePolicy::Minimum, QSizePolicy::Expanding), row, 0);
    for (int line = 0; line < m_grid->rowCount(); ++line)
        m_grid->setRowStretch(line, line == row ? 1 : 0);
}

} // namespace stint
