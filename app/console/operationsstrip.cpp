// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/operationsstrip.h"

#include "app/console/operationline.h"

#include <QVBoxLayout>

namespace stint {

OperationsStrip::OperationsStrip(QWidget *parent)
    : QFrame(parent)
    , m_lines(new QVBoxLayout(this))
{
    setAccessibleName(tr("Operations"));
    m_lines->setContentsMargins(8, 4, 8, 4);
    m_lines->setSpacing(4);
    hide();
}

OperationLine *OperationsStrip::add(QObject *operation, const QString &text)
{
    auto *line = new OperationLine(text, this);
    operation->setParent(line);
    m_lines->addWidget(line);
    ++m_count;
    show();
    connect(line, &OperationLine::closed, this, [this, line] {
        line->deleteLater();
        setVisible(--m_count > 0);
    });
    return line;
}

} // namespace stint
