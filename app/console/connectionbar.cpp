// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/connectionbar.h"

#include "app/console/connection.h"
#include "app/console/theme.h"

#include <QDir>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QToolButton>

namespace stint {

ConnectionBar::ConnectionBar(Connection &connection, QMenu *places, QWidget *parent)
    : QWidget(parent)
    , m_connection(connection)
    , m_place(new QPushButton(this))
    , m_access(new QToolButton(this))
    , m_actions(new QHBoxLayout)
{
    m_place->setObjectName(QStringLiteral("place"));
    m_place->setMenu(places);
    m_place->setAutoDefault(false);
    m_place->setIconSize(theme::buttonIconSize);
    m_access->setObjectName(QStringLiteral("access"));
    m_access->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_access->setIconSize(theme::buttonIconSize);
    m_access->setAutoRaise(true); // it tells more than it does
    connect(m_access, &QToolButton::clicked, this, [this] {
        if (!m_connection.canUnlock())
            return;
        // Locking takes one click, unlocking two.
        if (m_connection.isLocked()
            && QMessageBox::question(this, tr("Unlock?"), tr("Allow changes to the jobs of %1 again?").arg(m_connection.location()),
                                     QMessageBox::Yes | QMessageBox::Cancel, QMessageBox::Cancel)
                != QMessageBox::Yes)
            return;
        m_connection.setLocked(!m_connection.isLocked());
    });
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 5, 6, 5);
    layout->setSpacing(6);
    layout->addWidget(m_place);
    layout->addWidget(m_access);
    layout->addStretch(1);
    layout->addLayout(m_actions);
    m_actions->setSpacing(4);
    connect(&m_connection, &Connection::changed, this, &ConnectionBar::showConnection);
    connect(&m_connection, &Connection::accessChanged, this, &ConnectionBar::showConnection);
    showConnection();
}

void ConnectionBar::addButton(QAction *action)
{
    auto *button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setIconSize(theme::buttonIconSize);
    m_actions->addWidget(button);
}

void ConnectionBar::addSeparator()
{
    auto *line = new QFrame(this);
    line->setFrameShape(QFrame::VLine);
    line->setForegroundRole(QPalette::Mid);
    m_actions->addSpacing(4);
    m_actions->addWidget(line);
    m_actions->addSpacing(4);
}

void ConnectionBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showConnection();
}

void ConnectionBar::showConnection()
{
    const QString location = m_connection.location();
    m_place->setIcon(theme::icon(QStringLiteral("folder")));
    m_place->setText(location.isEmpty() ? tr("No store")
                                        : fontMetrics().elidedText(QDir::toNativeSeparators(location), Qt::ElideMiddle, 380));
    m_place->setToolTip(location.isEmpty() ? tr("Choose a folder of jobs") : location);
    m_place->setAccessibleName(tr("Store: %1").arg(location));

    const bool canWrite = m_connection.canWrite();
    const QColor ink = canWrite ? theme::stateColor(JobState::Completed) : theme::stateColor(JobState::Cancelled);
    m_access->setVisible(m_connection.isAttached());
    m_access->setIcon(theme::icon(canWrite ? QStringLiteral("unlock") : QStringLiteral("lock"), ink));
    m_access->setText(canWrite ? tr("Changes allowed") : tr("Read-only"));
    m_access->setToolTip(canWrite ? tr("Click to make this window read-only") : m_connection.whyReadOnly());
    QPalette own = m_access->palette();
    own.setColor(QPalette::ButtonText, ink);
    m_access->setPalette(own);
}

} // namespace stint
