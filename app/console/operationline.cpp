// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/operationline.h"

#include "app/console/plainbutton.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>

namespace stint {

namespace {
constexpr int barSteps = 1'000; // a count of jobs may not fit into an int
} // namespace

OperationLine::OperationLine(const QString &text, QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(text, this))
    , m_bar(new QProgressBar(this))
    , m_buttons(new QHBoxLayout)
    , m_stop(new PlainButton(tr("Stop"), this))
{
    m_text->setObjectName(QStringLiteral("operationText"));
    m_bar->setRange(0, 0);
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(180, 10);
    m_bar->setAccessibleName(tr("How far it is"));
    m_buttons->addWidget(m_stop);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_bar);
    layout->addLayout(m_buttons);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        m_stop->setEnabled(false);
        setText(tr("Stopping…"));
        m_isStopping = true;
        Q_EMIT stopWanted();
    });
}

void OperationLine::setText(const QString &text)
{
    if (!m_isStopping)
        m_text->setText(text);
}

void OperationLine::setProgress(std::int64_t done, std::int64_t total)
{
    m_bar->setRange(0, total > 0 ? barSteps : 0);
    if (total > 0)
        m_bar->setValue(static_cast<int>(std::min(done, total) * barSteps / total));
}

void OperationLine::end(const QString &text, const QList<Choice> &choices)
{
    m_text->setText(text);
    m_bar->hide();
    m_stop->hide();
    for (const Choice &choice : choices)
        addButton(choice.label, choice.act);
    addButton(tr("Close"), [this] { Q_EMIT closed(); });
}

QString OperationLine::text() const
{
    return m_text->text();
}

void OperationLine::addButton(const QString &label, std::function<void()> act)
{
    auto *button = new PlainButton(label, this);
    connect(button, &QPushButton::clicked, this, std::move(act));
    m_buttons->addWidget(button);
    button->show();
}

} // namespace stint
