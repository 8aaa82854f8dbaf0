// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/pages/welcomepage.h"

#include "app/console/connection.h"
#include "app/console/messagestrip.h"
#include "app/console/plainbutton.h"
#include "app/console/settings.h"
#include "app/console/theme.h"
#include "models/displaytext.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

namespace stint {

WelcomePage::WelcomePage(Connection &connection, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_connection(connection)
    , m_settings(settings)
    , m_strip(new MessageStrip(this))
    , m_opening(new QLabel(this))
    , m_recentTitle(new QLabel(tr("Recent"), this))
    , m_recents(new QListWidget(this))
{
    setObjectName(QStringLiteral("welcomePage"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *logo = new QLabel(this);
    logo->setPixmap(QIcon(QStringLiteral(":/icons/stint-console.svg")).pixmap(64));
    auto *headline = new QLabel(tr("Which jobs do you want to see?"), this);
    QFont large = headline->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.5);
    headline->setFont(large);
    auto *text = new QLabel(tr("A store of jobs is a folder with a file jobs.db, made by Stint or by a ServiceStack application. "
                               "Looking at it changes nothing."),
                            this);
    text->setWordWrap(true);
    text->setForegroundRole(QPalette::PlaceholderText);
    auto *attach = new PlainButton(tr("Attach a folder…"), this);
    attach->setIcon(theme::icon(QStringLiteral("folder")));
    attach->setObjectName(QStringLiteral("attach"));
    attach->setDefault(true);
    auto *host = new PlainButton(tr("Start a local host in a folder…"), this);
    host->setIcon(theme::icon(QStringLiteral("start")));
    host->setToolTip(tr("Makes a store in the folder if there is none, and runs its jobs while this window is open"));
    for (PlainButton *button : {attach, host}) {
        button->setMinimumHeight(34);
        button->setIconSize(theme::buttonIconSize);
    }
    m_opening->setForegroundRole(QPalette::PlaceholderText);
    m_recentTitle->setForegroundRole(QPalette::PlaceholderText);
    m_recents->setAccessibleName(tr("Recent stores"));
    m_recents->setFrameShape(QFrame::NoFrame);
    m_recents->setIconSize(QSize(16, 16));
    m_recents->setMaximumHeight(220);

    auto *column = new QVBoxLayout;
    column->setSpacing(12);
    column->addWidget(logo);
    column->addWidget(headline);
    column->addWidget(text);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(attach);
    buttons->addWidget(host);
    buttons->addStretch(1);
    column->addLayout(buttons);
    column->addWidget(m_opening);
    column->addSpacing(10);
    column->addWidget(m_recentTitle);
    column->addWidget(m_recents);
    auto *middle = new QHBoxLayout;
    middle->addStretch(1);
    auto *box = new QWidget(this);
    box->setFixedWidth(560);
    box->setLayout(column);
    middle->addWidget(box);
    middle->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_strip);
    layout->addStretch(1);
    layout->addLayout(middle);
    layout->addStretch(2);

    connect(attach, &QPushButton::clicked, this, &WelcomePage::attachWanted);
    connect(host, &QPushButton::clicked, this, &WelcomePage::hostWanted);
    connect(m_recents, &QListWidget::itemActivated, this, [this](const QListWidgetItem *item) { Q_EMIT recentChosen(item->text()); });
    connect(m_recents, &QListWidget::itemClicked, this, [this](const QListWidgetItem *item) { Q_EMIT recentChosen(item->text()); });
    connect(&m_connection, &Connection::changed, this, &WelcomePage::showState);
    showState();
}

bool WelcomePage::isSettled() const
{
    return !m_connection.isAttaching();
}

void WelcomePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showState();
}

void WelcomePage::showState()
{
    m_opening->setText(m_connection.isAttaching() ? tr("Opening %1…").arg(m_connection.location()) : QString());
    m_recents->clear();
    for (const QString &location : m_settings.recents()) {
        auto *item = new QListWidgetItem(theme::icon(QStringLiteral("folder")), location, m_recents);
        item->setSizeHint(QSize(0, 26));
    }
    m_recentTitle->setVisible(m_recents->count() > 0);
    m_recents->setVisible(m_recents->count() > 0);
    if (const auto &error = m_connection.error()) {
        m_strip->say(MessageStrip::Kind::Error, displaytext::errorText(*error),
                     {{tr("Retry"), [this] { Q_EMIT recentChosen(m_connection.location()); }}});
    } else {
        m_strip->hide();
    }
}

} // namespace stint
