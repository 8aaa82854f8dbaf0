// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/dialogs/questiondialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace stint {

namespace {
constexpr int consequenceWidth = 460;
} // namespace

QuestionDialog::QuestionDialog(const QString &question, const QString &consequence, const QString &act, const QString &keep,
                               QWidget *parent)
    : QDialog(parent)
    , m_layout(new QVBoxLayout(this))
    , m_act(new QPushButton(act, this))
{
    setObjectName(QStringLiteral("questionDialog"));
    setWindowTitle(question);
    auto *headline = new QLabel(question, this);
    headline->setTextFormat(Qt::PlainText);
    headline->setWordWrap(true);
    QFont large = headline->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.15);
    headline->setFont(large);
    auto *text = new QLabel(consequence, this);
    text->setObjectName(QStringLiteral("questionConsequence"));
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setFixedWidth(consequenceWidth);
    text->setMinimumHeight(text->heightForWidth(consequenceWidth));
    auto *buttons = new QDialogButtonBox(this);
    QPushButton *stay = buttons->addButton(keep, QDialogButtonBox::RejectRole);
    stay->setObjectName(QStringLiteral("questionKeep"));
    m_act->setObjectName(QStringLiteral("questionAct"));
    buttons->addButton(m_act, QDialogButtonBox::AcceptRole);
    m_act->setAutoDefault(false);
    stay->setDefault(true);
    stay->setFocus();
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_layout->setSpacing(12);
    m_layout->addWidget(headline);
    m_layout->addWidget(text);
    m_layout->addWidget(buttons);
    m_layout->setSizeConstraint(QLayout::SetFixedSize);
}

void QuestionDialog::addDetail(QLabel *text)
{
    text->setTextFormat(Qt::PlainText);
    m_layout->insertWidget(m_layout->count() - 1, text);
}

} // namespace stint
